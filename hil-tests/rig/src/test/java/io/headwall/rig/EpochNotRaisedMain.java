package io.headwall.rig;

import io.headwall.edge.Machine;
import io.headwall.store.Commit;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Origin;
import io.headwall.store.Outbox;
import io.headwall.store.OutboxReader;
import io.headwall.store.Salvaged;
import io.headwall.store.StoreException;
import java.util.List;
import java.util.Map;

/** An appliance whose epoch is 1 at every start. */
final class EpochNotRaisedMain {

  private EpochNotRaisedMain() {}

  public static void main(String[] args) throws Exception {
    Mutants.run(
        args,
        m ->
            new Machine(
                m.clocks(),
                m.random(),
                new OneEpoch(m.outbox()),
                new Machine.Epochs() {
                  @Override
                  public Origin origin() {
                    return new Origin(0x0200_00FF_FE00_0001L);
                  }

                  @Override
                  public int raise(Origin origin) {
                    return 1;
                  }
                },
                m.links()));
  }

  /** Defeats the outbox's own check that an epoch is begun once. */
  private record OneEpoch(Outbox outbox) implements Outbox {
    @Override
    public Map<Lane, Long> open(EpochRow epoch) throws StoreException {
      return outbox.open(new EpochRow(epoch.epoch(), epoch.origin(), epoch.bootId(), 0));
    }

    @Override
    public void commit(Commit commit) throws StoreException {
      outbox.commit(commit);
    }

    @Override
    public void setAside() throws StoreException {
      outbox.setAside();
    }

    @Override
    public Salvaged salvage(List<String> uplinks, long bytesMax) throws StoreException {
      return outbox.salvage(uplinks, bytesMax);
    }

    @Override
    public StoreSize size() throws StoreException {
      return outbox.size();
    }

    @Override
    public OutboxReader newReader() throws StoreException {
      return outbox.newReader();
    }

    @Override
    public void close() {
      outbox.close();
    }
  }
}
