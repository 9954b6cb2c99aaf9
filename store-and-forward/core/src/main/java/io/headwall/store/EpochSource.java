package io.headwall.store;

/** Gives out epochs. */
@FunctionalInterface
public interface EpochSource {

  /** A new epoch, higher than any that was ever used with this store; durable on return. */
  EpochRow next() throws StoreException;
}
