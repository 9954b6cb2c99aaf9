package io.headwall.edge;

import io.headwall.spi.bytes.Hex;
import io.headwall.spi.driver.DeviceDriver;
import io.headwall.spi.driver.DriverDescriptor;
import io.headwall.spi.driver.DriverOption;
import io.headwall.spi.driver.Query;
import io.headwall.spi.driver.Template;
import io.headwall.spi.driver.TemplatePart;
import io.headwall.spi.link.LinkSettings;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code headwall drivers}: what can be attached, and all that is ever sent to it. */
@Command(
    name = "drivers",
    description =
        "Lists the drivers: models, line settings, options, and all that each may ever send.",
    mixinStandardHelpOptions = true)
final class DriversCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects
  DriversCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (DeviceDriver driver : Plugins.onClassPath().drivers().values()) {
      print(out, driver.descriptor());
    }
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, DriverDescriptor driver) {
    out.printf(Locale.ROOT, "%s: %s%n", driver.id(), driver.title());
    out.printf(Locale.ROOT, "  models    %s%n", String.join(", ", driver.models()));
    out.printf(Locale.ROOT, "  line      %s%n", line(driver.link()));
    out.printf(
        Locale.ROOT,
        "  verified  %s%n",
        driver.verified().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    for (DriverOption option : driver.options()) {
      out.printf(
          Locale.ROOT,
          "  option    %s = %s: %s%n",
          option.key(),
          option.defaultText(),
          option.help());
    }
    if (driver.queries().isEmpty()) out.println("  sends     nothing, ever");
    for (Query query : driver.queries()) {
      Template template = query.template();
      out.printf(
          Locale.ROOT,
          "  sends     %s: %s, at most %d in %.1f s%n",
          query.name(),
          form(template),
          template.burst(),
          template.perNs() / 1e9);
    }
  }

  private static String line(LinkSettings link) {
    return switch (link) {
      case LinkSettings.Serial serial -> serial.inWords();
      case LinkSettings.Datagrams udp -> "UDP port " + udp.remotePort();
    };
  }

  private static String form(Template template) {
    StringJoiner parts = new StringJoiner(" ");
    for (TemplatePart part : template.parts()) {
      parts.add(
          switch (part) {
            case TemplatePart.Fixed f -> Hex.of(f.bytes());
            case TemplatePart.Count c -> "<" + c.slot() + ">";
            case TemplatePart.Chars c -> "<" + c.slot() + ">";
            case TemplatePart.Length l -> "<length>";
            case TemplatePart.Check c -> "<checksum>";
          });
    }
    return parts.toString();
  }
}
