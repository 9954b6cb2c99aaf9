package io.headwall.simulation;

import io.headwall.edge.Machine;
import io.headwall.store.Association;
import io.headwall.store.Commit;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Origin;
import io.headwall.store.Outbox;
import io.headwall.store.OutboxReader;
import io.headwall.store.Place;
import io.headwall.store.Salvaged;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ways to build the box or its receiver wrongly; each must be found out. */
enum Mutant {
  /** The forwarders may send what is not on the card yet. */
  SEND_BEFORE_COMMIT(SendsBeforeCommit::new),
  /** Where the file had to be set aside, the old epoch goes on. */
  EPOCH_NOT_RAISED(EpochNotRaised::new),
  /** The receiver takes lane and number for an identity. */
  KEY_WITHOUT_EPOCH(KeyWithoutEpoch::new),
  /** What was delivered is noted under the running epoch. */
  DELIVERED_OF_ANOTHER_EPOCH(DeliveredOfAnotherEpoch::new),
  /** All that leaves the box is said to be of the bed at which it hangs now. */
  BED_AT_FORWARD_TIME(BedAtForwardTime::new),
  /** The receiver goes by the wall clock. */
  ORDER_BY_WALL_CLOCK(OrderByWallClock::new),
  /** A write that fails is taken for one that did not. */
  SWALLOWED_WRITE_ERROR(SwallowedWriteError::new),
  /** A number of the dictionary is given to another parameter. */
  DICTIONARY_ID_REUSED(DictionaryIdReused::new);

  private final Supplier<Tampering> make;

  Mutant(Supplier<Tampering> make) {
    this.make = make;
  }

  /** For one run. */
  Tampering tampering() {
    return make.get();
  }

  /** An outbox like another, but for what a mutant changes. */
  private static class Changed implements Outbox {
    final Outbox real;

    Changed(Outbox real) {
      this.real = real;
    }

    @Override
    public Map<Lane, Long> open(EpochRow epoch) throws StoreException {
      return real.open(epoch);
    }

    @Override
    public void commit(Commit commit) throws StoreException {
      real.commit(commit);
    }

    @Override
    public StoreSize size() throws StoreException {
      return real.size();
    }

    @Override
    public void setAside() throws StoreException {
      real.setAside();
    }

    @Override
    public Salvaged salvage(List<String> uplinks, long bytesMax) throws StoreException {
      return real.salvage(uplinks, bytesMax);
    }

    @Override
    public OutboxReader newReader() throws StoreException {
      return real.newReader();
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private static final class SendsBeforeCommit extends Tampering {
    @Override
    Outbox outbox(Outbox real) {
      return new Eager(real);
    }
  }

  /** Keeps one commit back, and shows it to readers. */
  private static final class Eager extends Changed {
    private final Deque<Commit> unwritten = new ArrayDeque<>();

    Eager(Outbox real) {
      super(real);
    }

    @Override
    public void commit(Commit commit) throws StoreException {
      Commit before = unwritten.poll();
      unwritten.add(commit);
      if (before != null) real.commit(before);
    }

    @Override
    public OutboxReader newReader() throws StoreException {
      return new ReaderOfUnwritten(real.newReader(), unwritten);
    }
  }

  private static final class EpochNotRaised extends Tampering {
    private int last;

    @Override
    Machine.Epochs epochs(Machine.Epochs real) {
      return new Machine.Epochs() {
        private boolean raised;

        @Override
        public Origin origin() throws StoreException {
          return real.origin();
        }

        @Override
        public int raise(Origin origin) throws StoreException {
          int next = real.raise(origin);
          if (!raised) last = next;
          raised = true;
          return last;
        }
      };
    }
  }

  private static final class KeyWithoutEpoch extends Tampering {
    @Override
    Consumer consumer(List<String> devices) {
      return new Consumer(devices) {
        @Override
        int epochKey(int epoch) {
          return 0;
        }
      };
    }
  }

  private static final class DeliveredOfAnotherEpoch extends Tampering {
    @Override
    Outbox outbox(Outbox real) {
      return new Changed(real) {
        private int running;

        @Override
        public Map<Lane, Long> open(EpochRow epoch) throws StoreException {
          running = epoch.epoch();
          return super.open(epoch);
        }

        @Override
        public void commit(Commit c) throws StoreException {
          List<Settled> wrong =
              c.settled().stream()
                  .map(s -> new Settled(s.uplink(), running, s.lane(), s.from(), s.to(), s.how()))
                  .toList();
          super.commit(
              new Commit(c.blocks(), c.rows(), wrong, c.anchors(), c.associations(), c.removals()));
        }
      };
    }
  }

  private static final class BedAtForwardTime extends Tampering {
    @Override
    Outbox outbox(Outbox real) {
      return new Changed(real) {
        @Override
        public OutboxReader newReader() throws StoreException {
          return new ChangedReader(real.newReader()) {
            @Override
            public List<Association> associations() throws StoreException {
              List<Association> all = super.associations();
              if (all.isEmpty()) return all;
              Place now = all.getLast().place();
              return all.stream()
                  .map(a -> new Association(a.epoch(), a.monoFrom(), now, a.how()))
                  .toList();
            }
          };
        }
      };
    }
  }

  private static final class OrderByWallClock extends Tampering {
    @Override
    Consumer consumer(List<String> devices) {
      return new Consumer(devices) {
        @Override
        Comparator<Row> order() {
          return Comparator.comparingLong(Row::wallNs);
        }
      };
    }
  }

  private static final class SwallowedWriteError extends Tampering {
    @Override
    Outbox outbox(Outbox real) {
      return new Changed(real) {
        @Override
        public void commit(Commit commit) {
          try {
            super.commit(commit);
          } catch (StoreException e) {
            // This is what is wrong with it.
          }
        }
      };
    }
  }

  private static final class DictionaryIdReused extends Tampering {
    @Override
    Outbox outbox(Outbox real) {
      return new Changed(real) {
        @Override
        public OutboxReader newReader() throws StoreException {
          Map<Long, byte[]> given = new HashMap<>();
          return new ChangedReader(real.newReader()) {
            @Override
            public byte @Nullable [] row(long metricId) throws StoreException {
              byte[] row = super.row(metricId);
              if (row == null) return null;
              // The low bits of an id are not enough to tell parameters apart.
              return given.computeIfAbsent(metricId & 7, id -> row);
            }
          };
        }
      };
    }
  }
}
