package io.headwall.uplink.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificate authorities and certificates, made by the JDK's keytool into one folder. */
final class Certificates {

  static final String PASSWORD = "changeit";

  private final Path folder;

  Certificates(Path folder) {
    this.folder = folder;
  }

  /** A new authority; its certificate is {@code <name>.pem}. */
  void authority(String name) {
    generate(name, "-ext", "bc:c");
    exportCertificate(name);
  }

  /** A certificate of an authority: {@code <name>.pem}, {@code <name>.key}, {@code <name>.p12}. */
  void issue(String name, String authority, String... more) {
    generate(name, more);
    keytool("-certreq", name, "-file", file(name + ".csr"));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-infile", file(name + ".csr"), "-outfile", file(name + ".crt")));
    arguments.addAll(List.of("-rfc", "-sigalg", "SHA256withRSA"));
    arguments.addAll(List.of(more));
    keytool("-gencert", authority, arguments.toArray(String[]::new));
    importChain(name, authority);
    exportCertificate(name);
    exportKey(name);
  }

  /** A store that holds an authority's certificate only: {@code <name>-trust.p12}. */
  Path trust(String authority) {
    run(
        "-importcert",
        "-noprompt",
        "-alias",
        authority,
        "-file",
        file(authority + ".pem"),
        "-keystore",
        file(authority + "-trust.p12"),
        "-storepass",
        PASSWORD);
    return folder.resolve(authority + "-trust.p12");
  }

  Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  String file(String name) {
    return folder.resolve(name).toString();
  }

  private void generate(String name, String... more) {
    List<String> arguments = new ArrayList<>();
    boolean ec = List.of(more).contains("EC");
    if (!ec) arguments.addAll(List.of("-keyalg", "RSA", "-keysize", "2048"));
    arguments.addAll(List.of("-dname", "CN=" + name));
    arguments.addAll(List.of(more));
    if (!List.of(more).contains("-validity")) arguments.addAll(List.of("-validity", "30"));
    keytool("-genkeypair", name, arguments.toArray(String[]::new));
  }

  private void importChain(String name, String authority) {
    run(
        "-importcert",
        "-noprompt",
        "-alias",
        "issuer",
        "-file",
        file(authority + ".pem"),
        "-keystore",
        store(name).toString(),
        "-storepass",
        PASSWORD);
    keytool("-importcert", name, "-noprompt", "-file", file(name + ".crt"));
  }

  private void exportCertificate(String name) {
    keytool("-exportcert", name, "-rfc", "-file", file(name + ".pem"));
  }

  private void exportKey(String name) {
    try (InputStream in = Files.newInputStream(store(name))) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      byte[] key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
      String pem =
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
              + "\n-----END PRIVATE KEY-----\n";
      Files.writeString(folder.resolve(name + ".key"), pem);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void keytool(String command, String name, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(command, "-alias", name, "-keystore", store(name).toString()));
    arguments.addAll(List.of("-storepass", PASSWORD));
    arguments.addAll(List.of(more));
    run(arguments.toArray(String[]::new));
  }

  private static void run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-Duser.language=en", "-J-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) throw new IllegalStateException(command + "\n" + said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
