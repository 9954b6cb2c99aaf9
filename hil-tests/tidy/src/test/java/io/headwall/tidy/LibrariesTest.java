package io.headwall.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each library is seen to be refused outside its module, and let through inside. */
final class LibrariesTest {

  @ParameterizedTest
  @CsvSource({
    "com.fazecast.jSerialComm.SerialPort, drivers/hardware, edge-runtime",
    "com.pi4j.context.Context, drivers/hardware, drivers/contact",
    "org.sqlite.SQLiteDataSource, store-and-forward/sqlite, store-and-forward/core",
    "org.eclipse.paho.mqttv5.client.MqttClient, store-and-forward/uplink-mqtt, edge-runtime",
    "org.eclipse.californium.core.CoapClient, store-and-forward/uplink-coap, hil-tests/bench",
    "ca.uhn.hl7v2.HapiContext, store-and-forward/uplink-hl7, store-and-forward/uplink-mqtt",
    "ca.uhn.fhir.FhirContext, store-and-forward/relay, store-and-forward/formats",
    "org.tomlj.Toml, config, edge-runtime",
    "com.google.re2j.Pattern, drivers/profile, drivers/medibus",
    "com.fasterxml.jackson.core.JsonFactory, store-and-forward/formats, drivers/spi",
    "picocli.CommandLine, edge-runtime, drivers/profile",
    "org.tinylog.Logger, edge-runtime, drivers/medibus",
    "org.slf4j.Logger, store-and-forward/uplink-coap, drivers/spi",
    "org.jspecify.annotations.Nullable, drivers/spi, ",
  })
  void aLibraryIsSeenWhereItBelongs(String library, String home, String elsewhere) {
    assertEquals(List.of(), check(home, library));
    if (elsewhere != null) {
      List<Finding> findings = check(elsewhere, library);
      assertEquals(1, findings.size(), () -> findings.toString());
      assertEquals(Libraries.RULE, findings.getFirst().rule());
    }
  }

  @Test
  void aLibraryThatNoLineNamesIsRefusedEverywhere() {
    assertEquals(
        "[hil-tests/rig/src/main/java/fixture/Offender.java: library: sees"
            + " org.example.Surprise, which no line of Libraries names]",
        check("hil-tests/rig", "org.example.Surprise").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "java.net.Socket, drivers/medibus",
    "java.net.DatagramSocket, store-and-forward/core",
    "java.net.http.HttpClient, config",
    "java.net.HttpURLConnection, drivers/profile",
    "java.nio.channels.SocketChannel, store-and-forward/formats",
    "java.nio.channels.DatagramChannel, drivers/spi",
    "javax.net.ssl.SSLContext, store-and-forward/sqlite",
    "java.sql.Connection, edge-runtime",
  })
  void theJdksOwnInputAndOutputCountsAsALibrary(String type, String module) {
    List<Finding> findings = field(module, type);
    assertEquals(1, findings.size(), () -> findings.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "java.net.Socket, edge-runtime",
    "java.nio.channels.DatagramChannel, drivers/hardware",
    "javax.net.ssl.SSLContext, store-and-forward/uplink-mqtt",
    "java.sql.Connection, store-and-forward/sqlite",
    "java.net.URI, config",
    "java.net.InetSocketAddress, config",
    "java.nio.channels.FileChannel, store-and-forward/core",
  })
  void itIsSeenWhereItBelongs(String type, String module) {
    assertEquals(List.of(), field(module, type));
  }

  @Test
  void aTypeArgumentAndAnAnnotationAreSeenToo() {
    String stub = "package com.pi4j; public @interface Mark {}";
    String marked = "package fixture; class Offender { @com.pi4j.Mark int i; }";
    String nested = "package fixture; class Offender { java.util.List<java.net.Socket> all; }";
    assertEquals(1, Libraries.check(Fixture.compile("config", marked, stub).getFirst()).size());
    assertEquals(1, Libraries.check(Fixture.compile("config", nested).getFirst()).size());
  }

  private static List<Finding> check(String module, String library) {
    int end = library.lastIndexOf('.');
    String stub =
        "package "
            + library.substring(0, end)
            + "; public class "
            + library.substring(end + 1)
            + " { public static void call() {} }";
    String user = "package fixture; class Offender { void run() { " + library + ".call(); } }";
    return Libraries.check(Fixture.compile(module, user, stub).getFirst());
  }

  private static List<Finding> field(String module, String type) {
    return Libraries.check(
        Fixture.compile(module, "package fixture; class Offender { " + type + " f; }").getFirst());
  }
}
