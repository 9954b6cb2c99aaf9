package io.headwall.edge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.store.ForwarderStats;
import io.headwall.store.Lane;
import io.headwall.store.StoreStats;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The appliance's state as one JSON object: for {@code headwall status --json} and the status
 * topic.
 */
final class StatusJson {

  private static final JsonFactory JSON = new JsonFactory();

  private StatusJson() {}

  static String of(Health.Report report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      box(out, report);
      account(out, report);
      out.writeArrayFieldStart("ports");
      for (PortStatus port : report.ports()) port(out, report.nowNs(), port);
      out.writeEndArray();
      store(out, report.store());
      out.writeArrayFieldStart("uplinks");
      for (ForwarderStats uplink : report.uplinks()) uplink(out, report.nowNs(), uplink);
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
    return text.toString();
  }

  private static void box(JsonGenerator out, Health.Report report) throws IOException {
    Health.Identity box = report.identity();
    out.writeStringField("state", "online");
    out.writeStringField("version", box.about().version());
    out.writeStringField("config_sha256", box.about().configSha256());
    out.writeStringField("environment", box.environment());
    out.writeStringField("eui64", box.eui64());
    out.writeNumberField("epoch", report.store().epoch());
    out.writeStringField("unit", box.place().unit());
    out.writeStringField("bed", box.place().bed());
    out.writeNumberField("uptime_s", seconds(report.nowNs() - box.startedNs()));
    out.writeStringField("time_quality", report.wall().quality().wireName());
    if (report.wall().quality().trusted()) {
      out.writeNumberField("time_ms", TimeUnit.NANOSECONDS.toMillis(report.wall().epochNs()));
    }
  }

  private static void account(JsonGenerator out, Health.Report report) throws IOException {
    out.writeObjectFieldStart("account");
    out.writeNumberField("read", report.intake().read());
    out.writeNumberField("at_risk", report.atRisk());
    out.writeNumberField("bytes_at_risk", report.store().bytesAtRisk());
    out.writeNumberField("made", report.store().made());
    out.writeNumberField("stored", report.store().storedTotal());
    out.writeObjectFieldStart("dropped");
    for (Map.Entry<String, Long> e : new TreeMap<>(report.intake().dropped()).entrySet()) {
      out.writeNumberField(e.getKey(), e.getValue());
    }
    out.writeEndObject();
    out.writeBooleanField("balanced", report.balanced());
    out.writeEndObject();
  }

  private static void port(JsonGenerator out, long nowNs, PortStatus port) throws IOException {
    DeviceIdentity device = port.identity();
    out.writeStartObject();
    out.writeStringField("name", port.name());
    out.writeStringField("device", port.device());
    out.writeStringField("driver", port.driver());
    out.writeStringField(
        "state", port.condition().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    out.writeNumberField("since_s", seconds(nowNs - port.sinceNs()));
    out.writeStringField("why_closed", port.whyClosed());
    out.writeStringField("manufacturer", device.manufacturer());
    out.writeStringField("model", device.model());
    if (device.serial() != null) out.writeStringField("serial", device.serial());
    if (device.firmware() != null) out.writeStringField("firmware", device.firmware());
    out.writeNumberField("readings", port.readings());
    out.writeNumberField("readings_per_s", Math.round(port.perS() * 10) / 10.0);
    if (port.heardNs() > 0) out.writeNumberField("last_heard_s", seconds(nowNs - port.heardNs()));
    out.writeNumberField("gaps", port.gaps());
    out.writeNumberField("restarts", port.restarts());
    out.writeNumberField("frames", port.counts().frames());
    out.writeNumberField("noise_bytes", port.counts().noiseBytes());
    out.writeObjectFieldStart("rejects");
    for (Map.Entry<String, Long> e : new TreeMap<>(port.counts().rejects()).entrySet()) {
      out.writeNumberField(e.getKey(), e.getValue());
    }
    out.writeEndObject();
    out.writeObjectFieldStart("transmissions");
    for (var e : new TreeMap<>(port.sent()).entrySet()) {
      out.writeNumberField(e.getKey().name().toLowerCase(Locale.ROOT), e.getValue());
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void store(JsonGenerator out, StoreStats store) throws IOException {
    out.writeObjectFieldStart("store");
    out.writeStringField("fault", store.fault());
    out.writeNumberField("commits", store.commits());
    out.writeNumberField("file_bytes", store.fileBytes());
    lanes(out, "kept", store.kept());
    lanes(out, "thinned", store.thinned());
    lanes(out, "evicted", store.evicted());
    lanes(out, "damaged", store.damaged());
    out.writeObjectFieldStart("hours_left");
    for (Lane lane : Lane.values()) {
      Double hours = store.hoursLeft().get(lane);
      if (hours != null) out.writeNumberField(lane.wireName(), Math.round(hours * 10) / 10.0);
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void lanes(JsonGenerator out, String name, Map<Lane, Long> byLane)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Lane lane : Lane.values()) {
      out.writeNumberField(lane.wireName(), byLane.getOrDefault(lane, 0L));
    }
    out.writeEndObject();
  }

  private static void uplink(JsonGenerator out, long nowNs, ForwarderStats uplink)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("name", uplink.uplink());
    out.writeStringField("state", uplink.state());
    out.writeStringField("reason", uplink.reason());
    out.writeNumberField("stored", uplink.stored());
    out.writeNumberField("delivered", uplink.delivered());
    out.writeNumberField("pending", uplink.pending());
    out.writeNumberField("filtered", uplink.filtered());
    out.writeNumberField("too_old", uplink.tooOld());
    out.writeNumberField("dead", uplink.dead());
    out.writeNumberField("discarded", uplink.discarded());
    out.writeNumberField("lost", uplink.lost());
    out.writeBooleanField("balanced", uplink.balanced());
    out.writeNumberField("packs_in_flight", uplink.inFlight());
    out.writeNumberField("refusals", uplink.refusals());
    out.writeNumberField("connects", uplink.connects());
    if (uplink.lastAcceptedNs() > 0) {
      out.writeNumberField("last_accepted_s", seconds(nowNs - uplink.lastAcceptedNs()));
    }
    out.writeEndObject();
  }

  private static long seconds(long ns) {
    return TimeUnit.NANOSECONDS.toSeconds(ns);
  }
}
