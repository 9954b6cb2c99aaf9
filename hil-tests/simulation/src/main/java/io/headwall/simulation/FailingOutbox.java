package io.headwall.simulation;

import io.headwall.store.Commit;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Outbox;
import io.headwall.store.OutboxReader;
import io.headwall.store.Place;
import io.headwall.store.Salvaged;
import io.headwall.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real outbox on a card that fails as it is told, watched by the ledger. */
final class FailingOutbox implements Outbox {

  private final Outbox file;
  private final Disk disk;
  private final SimClock clock;
  private final Ledger ledger;
  private final Place place;
  private final List<OutboxReader> readers = new ArrayList<>();
  private int begun;

  FailingOutbox(Outbox file, Disk disk, SimClock clock, Ledger ledger, Place place) {
    this.file = file;
    this.disk = disk;
    this.clock = clock;
    this.ledger = ledger;
    this.place = place;
  }

  @Override
  public Map<Lane, Long> open(EpochRow epoch) throws StoreException {
    disk.requireRoom();
    disk.requireReadable();
    // The appliance may begin another epoch in the midst of its run, in a fresh file.
    if (epoch.epoch() != begun) ledger.begun(epoch.epoch(), place);
    begun = epoch.epoch();
    Map<Lane, Long> last = disk.told(() -> file.open(epoch));
    ledger.opened(epoch, last);
    return last;
  }

  @Override
  public void commit(Commit commit) throws StoreException {
    disk.requireRoom();
    clock.advanceTo(clock.nowNs() + disk.takeSlowNs());
    Disk.Once once = disk.takeOnce();
    if (once == Disk.Once.FAILS_BEFORE) throw new StoreException("disk I/O error");
    if (once == Disk.Once.CRASHES_BEFORE) throw new Crash("before a commit");
    disk.told(() -> {
      file.commit(commit);
      return commit;
    });
    ledger.committed(commit);
    if (once == Disk.Once.CRASHES_AFTER) throw new Crash("after a commit");
    if (once == Disk.Once.FAILS_AFTER) throw new StoreException("disk I/O error");
  }

  @Override
  public void setAside() throws StoreException {
    file.setAside();
    ledger.fileSetAside(disk.damaged());
    disk.mended();
  }

  @Override
  public Salvaged salvage(List<String> uplinks, long bytesMax) throws StoreException {
    disk.requireRoom();
    disk.requireReadable();
    Salvaged done = disk.told(() -> file.salvage(uplinks, bytesMax / disk.weight()));
    if (done.stage() == Salvaged.Stage.NOTHING) ledger.salvageEnded(file);
    return done;
  }

  @Override
  public StoreSize size() throws StoreException {
    disk.requireReadable();
    StoreSize size = disk.told(file::size);
    return new StoreSize(
        size.readings(), size.removed(), size.bytes() * disk.weight(), size.reserved());
  }

  @Override
  public OutboxReader newReader() throws StoreException {
    disk.requireReadable();
    OutboxReader reader = new WatchedReader(disk.told(file::newReader), disk, clock);
    readers.add(reader);
    return reader;
  }

  @Override
  public void close() {
    file.close();
  }

  /** What the kernel does for a process that is no more. */
  void abandon() {
    for (OutboxReader reader : readers) reader.close();
    file.close();
  }
}
