package io.headwall.store;

import io.headwall.spi.reading.Reading.RemovalKind;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A store's file that is looked at and never written: of a running box, of one that stands still,
 * or on a card of another. Owned by one thread.
 */
public interface StoreView extends AutoCloseable {

  /** Reads what is in it. */
  OutboxReader reader();

  /** What of the store cannot be seen in this way, in words; empty where all of it can. */
  String unseen();

  FileFigures figures() throws StoreException;

  /** Names of all uplinks that were ever done with a reading. */
  List<String> uplinks() throws StoreException;

  /** What lanes have given up. */
  List<Removed> removed() throws StoreException;

  /** The ids of all rows of the dictionary. */
  List<Long> metricIds() throws StoreException;

  /**
   * Looks at every page of the file.
   *
   * @param busy told now and then how often it was told before
   * @return what is wrong; empty for nothing
   */
  List<String> checkPages(LongConsumer busy) throws StoreException;

  @Override
  void close();

  /**
   * What a lane of an epoch has given up in one way.
   *
   * @param lastSeq the last number among them
   */
  record Removed(int epoch, Lane lane, RemovalKind kind, long lastSeq, long readings) {}

  /**
   * The file and what lies beside it.
   *
   * @param pageBytes size of a page
   * @param pages in the file, those that are free included
   * @param freePages to be used again
   * @param logBytes commits not yet taken into the file, and room for more
   * @param reserved whether room is held back for the day when the disk is full
   */
  record FileFigures(int pageBytes, long pages, long freePages, long logBytes, boolean reserved) {}
}
