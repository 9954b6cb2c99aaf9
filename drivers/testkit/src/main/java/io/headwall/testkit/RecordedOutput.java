package io.headwall.testkit;

import io.headwall.spi.driver.Query;
import io.headwall.spi.driver.SessionOutput;
import io.headwall.spi.driver.SessionState;
import io.headwall.spi.driver.SlotValues;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.Reading;
import java.util.ArrayList;
import java.util.List;

/** Keeps all that a session brings about, in order. */
public final class RecordedOutput implements SessionOutput {

  private final List<Heard> heard = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private final List<SessionState> states = new ArrayList<>();

  /** A reading and the device it is of. */
  public record Heard(DeviceIdentity device, Reading reading) {}

  /** A query and the bytes that its template made. */
  public record Sent(Query query, byte[] bytes) {}

  @Override
  public void send(Query query, SlotValues slots) {
    sent.add(new Sent(query, query.template().render(slots)));
  }

  @Override
  public void reading(DeviceIdentity device, Reading reading) {
    heard.add(new Heard(device, reading));
  }

  @Override
  public void state(SessionState state) {
    states.add(state);
  }

  public List<Heard> heard() {
    return List.copyOf(heard);
  }

  public List<Reading> readings() {
    return heard.stream().map(Heard::reading).toList();
  }

  /** The readings of one kind. */
  public <T extends Reading> List<T> readings(Class<T> kind) {
    return heard.stream().map(Heard::reading).filter(kind::isInstance).map(kind::cast).toList();
  }

  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  public List<Query> queries() {
    return sent.stream().map(Sent::query).toList();
  }

  public List<SessionState> states() {
    return List.copyOf(states);
  }

  public void clear() {
    heard.clear();
    sent.clear();
    states.clear();
  }
}
