package io.headwall.config;

import io.headwall.spi.driver.DriverDescriptor;
import io.headwall.spi.driver.DriverOption;
import io.headwall.spi.driver.OptionValues;
import io.headwall.spi.link.LinkSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Tables to records: what each key means, and what keys mean together. One use, one file. */
final class ConfigReader {

  /** Emptied when the machine starts. */
  private static final List<Path> FORGETFUL =
      List.of(Path.of("/run"), Path.of("/tmp"), Path.of("/dev"));

  private static final int LISTED_MAX = 20;

  private final TableReader root;
  private final Known known;

  ConfigReader(TableReader root, Known known) {
    this.root = root;
    this.known = known;
  }

  /** Empty where something needed is missing; the problems tell what. */
  Optional<HeadwallConfig> read() {
    root.refuseOthers(
        ConfigSchema.TABLES.stream()
            .flatMap(t -> t.name().isEmpty() ? t.names().stream() : Stream.of(t.name()))
            .toList());
    Optional<Environment> environment = root.given(ConfigSchema.ENVIRONMENT);
    boolean production = environment.equals(Optional.of(Environment.PRODUCTION));
    Box box = new Box(single(ConfigSchema.BOX).value(ConfigSchema.EUI64));
    Place place = place(single(ConfigSchema.PLACE));
    Runtime runtime = runtime(single(ConfigSchema.RUNTIME));
    Store store = store(single(ConfigSchema.STORE), runtime, production);
    Time time = time(single(ConfigSchema.TIME), production);
    List<Port> ports = ports(root.many(ConfigSchema.PORT));
    List<Uplink> uplinks = uplinks(root.many(ConfigSchema.UPLINK));
    return environment.map(
        e -> new HeadwallConfig(e, box, place, store, runtime, time, ports, uplinks));
  }

  private TableReader single(ConfigSchema.Table kind) {
    TableReader table = root.single(kind);
    table.refuseOthers(kind.names());
    return table;
  }

  private static Place place(TableReader table) {
    Optional<String> unit = table.given(ConfigSchema.UNIT);
    Optional<String> bed = table.given(ConfigSchema.BED);
    Place.Mount mount = table.value(ConfigSchema.MOUNT);
    if (mount == Place.Mount.TRANSPORT) {
      for (Key<?> key : List.of(ConfigSchema.UNIT, ConfigSchema.BED)) {
        if (table.has(key)) {
          table.complain(
              key.name(),
              "a transport mount belongs to no unit or bed",
              "delete it, or choose another mount");
        }
      }
      return new Place(Optional.empty(), mount);
    }
    together(table, ConfigSchema.UNIT, ConfigSchema.BED);
    together(table, ConfigSchema.BED, ConfigSchema.UNIT);
    if (unit.equals(Optional.of(Place.UNASSIGNED))) {
      table.complain(
          ConfigSchema.UNIT.name(),
          "\"unassigned\" is where boxes without a bed send",
          "write the unit's name, or leave out unit and bed");
      return new Place(Optional.empty(), mount);
    }
    return new Place(unit.flatMap(u -> bed.map(b -> new Place.BedLabel(u, b))), mount);
  }

  private static void together(TableReader table, Key<?> given, Key<?> other) {
    if (table.has(given) && !table.has(other)) {
      table.complainAlone(given.name(), other.name());
    }
  }

  private static Runtime runtime(TableReader table) {
    return new Runtime(
        table.value(ConfigSchema.RUNTIME_FOLDER), table.value(ConfigSchema.LOG_LEVEL));
  }

  private static Store store(TableReader table, Runtime runtime, boolean production) {
    Path folder = table.value(ConfigSchema.STORE_FOLDER);
    if (folder.startsWith(runtime.folder())) {
      table.complain(
          ConfigSchema.STORE_FOLDER.name(),
          "must not be in runtime.folder, " + Shown.quoted(runtime.folder().toString()),
          "keep readings in a folder of their own, such as " + defaultFolder());
    } else if (production && FORGETFUL.stream().anyMatch(folder::startsWith)) {
      table.complain(
          ConfigSchema.STORE_FOLDER.name(),
          "what is in " + Shown.quoted(folder.toString()) + " is lost when the machine starts",
          "choose a folder on a disk, such as " + defaultFolder());
    }
    Long keepDays = table.value(ConfigSchema.KEEP_DAYS);
    Long quotaMb = table.value(ConfigSchema.QUOTA_MB);
    List<Store.Limit> limits =
        ConfigSchema.LANE_LIMITS.stream()
            .map(lane -> limit(table, lane, keepDays, quotaMb))
            .toList();
    return new Store(
        folder,
        table.value(ConfigSchema.AT_RISK_MS).intValue(),
        keepDays.intValue(),
        quotaMb.intValue(),
        new Store.Lanes(limits.get(0), limits.get(1), limits.get(2), limits.get(3)));
  }

  private static Store.Limit limit(
      TableReader table, ConfigSchema.LaneKeys lane, Long keepDays, Long quotaMb) {
    Long ownMb = table.given(lane.quotaMb()).orElse(quotaMb);
    if (ownMb > quotaMb) {
      table.complain(
          lane.quotaMb().name(),
          "is more than quota_mb, " + quotaMb + ", which holds for all classes together",
          "write a smaller one, or delete it");
      ownMb = quotaMb;
    }
    return new Store.Limit(
        table.given(lane.keepDays()).orElse(keepDays).intValue(), ownMb.intValue());
  }

  private static String defaultFolder() {
    return ConfigSchema.STORE_FOLDER.type().example();
  }

  private static Time time(TableReader table, boolean production) {
    Time.Trust trust = table.value(ConfigSchema.TRUST);
    if (production && trust == Time.Trust.HOST) {
      table.complain(
          ConfigSchema.TRUST.name(),
          "\"host\" is refused in production",
          "write trust = \"kernel\", and have a time service keep the clock");
      return new Time(Time.Trust.KERNEL);
    }
    return new Time(trust);
  }

  private List<Port> ports(List<TableReader> tables) {
    List<Port> ports = new ArrayList<>();
    Map<Object, Integer> names = new HashMap<>();
    Map<Object, Integer> devices = new HashMap<>();
    for (TableReader table : tables) {
      Optional<String> name = table.given(ConfigSchema.PORT_NAME);
      Optional<Path> device = table.given(ConfigSchema.DEVICE);
      name.ifPresent(n -> once(table, ConfigSchema.PORT_NAME, n, names));
      device.ifPresent(d -> once(table, ConfigSchema.DEVICE, d, devices));
      boolean listenOnly = table.value(ConfigSchema.LISTEN_ONLY);
      LineOverrides line = LineOverrides.read(table);
      Optional<DriverDescriptor> driver =
          table
              .given(ConfigSchema.DRIVER)
              .flatMap(id -> lookUp(table, ConfigSchema.DRIVER, id, known.drivers()));
      List<DriverOption> declared = driver.map(DriverDescriptor::options).orElse(List.of());
      OptionValues options = options(table, ConfigSchema.PORT, declared, driver.isPresent());
      Optional<LinkSettings.Serial> link = driver.flatMap(d -> line.over(d, table));
      if (name.isPresent() && device.isPresent() && link.isPresent()) {
        ports.add(
            new Port(
                name.get(),
                device.get(),
                driver.orElseThrow().id(),
                listenOnly,
                link.get(),
                options));
      }
    }
    return ports;
  }

  private List<Uplink> uplinks(List<TableReader> tables) {
    List<Uplink> uplinks = new ArrayList<>();
    Map<Object, Integer> names = new HashMap<>();
    for (TableReader table : tables) {
      Optional<String> name = table.given(ConfigSchema.UPLINK_NAME);
      name.ifPresent(n -> once(table, ConfigSchema.UPLINK_NAME, n, names));
      Optional<String> kind = table.given(ConfigSchema.KIND);
      Optional<List<DriverOption>> declared =
          kind.flatMap(k -> lookUp(table, ConfigSchema.KIND, k, known.uplinks()));
      Uplink.Feed feed = feed(table);
      OptionValues options =
          options(table, ConfigSchema.UPLINK, declared.orElse(List.of()), declared.isPresent());
      if (name.isPresent() && declared.isPresent()) {
        uplinks.add(new Uplink(name.get(), kind.orElseThrow(), feed, options));
      }
    }
    return uplinks;
  }

  private static Uplink.Feed feed(TableReader table) {
    return new Uplink.Feed(
        table.value(ConfigSchema.LANES),
        asLong(table.given(ConfigSchema.MAX_BACKFILL_AGE_S)),
        asLong(table.given(ConfigSchema.HISTORY_PER_S)));
  }

  private static OptionalLong asLong(Optional<Long> value) {
    return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  /** Refuses a value that a table before this one has taken. */
  private static void once(
      TableReader table, Key<?> key, Object value, Map<Object, Integer> lines) {
    Integer first = lines.putIfAbsent(value, table.line(key.name()));
    if (first != null) {
      table.complain(
          key.name(),
          Shown.quoted(value.toString()) + " is already taken at line " + first,
          "choose another " + key.name());
    }
  }

  private static <T> Optional<T> lookUp(
      TableReader table, Key<?> key, String id, Map<String, T> known) {
    T found = known.get(id);
    if (found != null) return Optional.of(found);
    table.complain(
        key.name(),
        "there is no " + key.name() + " " + Shown.quoted(id),
        Nearest.to(id, known.keySet())
            .map(near -> "did you mean " + Shown.quoted(near) + "?")
            .orElseGet(() -> list(known.keySet())));
    return Optional.empty();
  }

  private static String list(Collection<String> ids) {
    if (ids.isEmpty()) return "none is installed";
    String listed = String.join(", ", ids.stream().limit(LISTED_MAX).toList());
    return "known: " + listed + (ids.size() > LISTED_MAX ? ", …" : "");
  }

  /**
   * The declared options' values; what does not fit is reported, and its default taken for now.
   *
   * @param judgeable whether it is known what is declared, so that all else can be refused
   */
  private static OptionValues options(
      TableReader table, ConfigSchema.Table kind, List<DriverOption> declared, boolean judgeable) {
    Map<String, String> given = new HashMap<>();
    List<DriverOption> fitting = new ArrayList<>();
    List<String> names = new ArrayList<>(kind.names());
    for (DriverOption option : declared) {
      names.add(option.key());
      Optional<String> value = table.given(Key.of(option)).map(String::valueOf);
      value.ifPresent(text -> given.put(option.key(), text));
      // Without its needed value, an option has none at all: it was reported, and is left out.
      if (value.isPresent() || !(option instanceof DriverOption.Line l && l.needed())) {
        fitting.add(option);
      }
    }
    if (judgeable) {
      table.refuseOthers(names);
    } else {
      table.refuseSecrets();
    }
    return OptionValues.of(fitting, given);
  }

  /** The line settings in the file, each empty where the driver's holds. */
  private record LineOverrides(
      Optional<Long> baud,
      Optional<Long> dataBits,
      Optional<LinkSettings.Parity> parity,
      Optional<Long> stopBits,
      Optional<Boolean> rtsCts) {

    static LineOverrides read(TableReader table) {
      return new LineOverrides(
          table.given(ConfigSchema.BAUD),
          table.given(ConfigSchema.DATA_BITS),
          table.given(ConfigSchema.PARITY),
          table.given(ConfigSchema.STOP_BITS),
          table.given(ConfigSchema.RTS_CTS));
    }

    Optional<LinkSettings.Serial> over(DriverDescriptor driver, TableReader table) {
      return switch (driver.link()) {
        case LinkSettings.Serial s ->
            Optional.of(
                new LinkSettings.Serial(
                    baud.map(Long::intValue).orElse(s.baud()),
                    dataBits.map(Long::intValue).orElse(s.dataBits()),
                    parity.orElse(s.parity()),
                    stopBits.map(Long::intValue).orElse(s.stopBits()),
                    rtsCts.orElse(s.rtsCts())));
        case LinkSettings.Datagrams _ -> {
          table.complain(
              ConfigSchema.DRIVER.name(),
              Shown.quoted(driver.id()) + " needs a network, and a port is a serial line",
              "choose the driver of the device's serial port");
          yield Optional.empty();
        }
      };
    }
  }
}
