package io.headwall.uplink.mqtt;

import io.headwall.spi.driver.OptionValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Trust and identity from PEM files: {@code ca_file}, {@code cert_file}, {@code key_file}. */
final class TlsFiles {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END");
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC");

  private TlsFiles() {}

  /**
   * A maker of TLS sockets.
   *
   * @throws IllegalArgumentException naming the option and the fix
   */
  static SSLSocketFactory open(OptionValues options) {
    String ca = options.text("ca_file");
    String cert = options.text("cert_file");
    String key = options.text("key_file");
    if (cert.isBlank() != key.isBlank()) {
      throw new IllegalArgumentException("cert_file and key_file go together: give both or none");
    }
    try {
      TrustManager[] trust = ca.isBlank() ? null : trust(certificates("ca_file", ca));
      KeyManager[] identity =
          cert.isBlank() ? null : identity(certificates("cert_file", cert), key(key));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity, trust, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("TLS files cannot be used: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trust(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("ca-" + i, authorities.get(i));
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] identity(List<X509Certificate> chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    requireFit(chain.getFirst(), key);
    KeyStore store = emptyStore();
    store.setKeyEntry("box", key, new char[0], chain.toArray(Certificate[]::new));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static void requireFit(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    boolean fits = certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm());
    if (fits) {
      var signature =
          Signature.getInstance(
              key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
      byte[] probe = {1, 2, 3, 4};
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(probe);
      fits = verifies(signature, signed);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "key_file does not fit the first certificate of cert_file ("
              + certificate.getSubjectX500Principal()
              + "): give the key that this certificate was made for");
    }
  }

  private static boolean verifies(Signature signature, byte[] signed) {
    try {
      return signature.verify(signed);
    } catch (GeneralSecurityException e) { // a signature of another curve or length
      return false;
    }
  }

  private static List<X509Certificate> certificates(String option, String file) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      byte[] pem = read(option, file);
      for (Certificate c :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        certificates.add((X509Certificate) c);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          option + " " + file + " is no PEM file of certificates: " + e.getMessage(), e);
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(option + " " + file + " holds no certificate");
    }
    return certificates;
  }

  private static PrivateKey key(String file) throws GeneralSecurityException {
    Matcher m = KEY.matcher(new String(read("key_file", file), StandardCharsets.US_ASCII));
    if (!m.find() || !m.group(1).isEmpty()) {
      throw new IllegalArgumentException(
          "key_file "
              + file
              + " holds no unencrypted PKCS#8 key: make one with"
              + " openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key");
    }
    PrivateKey key = decode(Base64.getMimeDecoder().decode(m.group(2)));
    if (key == null) {
      throw new IllegalArgumentException("key_file " + file + " is neither an RSA nor an EC key");
    }
    return key;
  }

  /** The key, whichever algorithm it is of; null if none knows it. */
  private static @Nullable PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
    PrivateKey key = null;
    for (String algorithm : KEY_ALGORITHMS) {
      if (key == null) key = decode(algorithm, pkcs8);
    }
    return key;
  }

  private static @Nullable PrivateKey decode(String algorithm, byte[] pkcs8)
      throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (InvalidKeySpecException e) {
      return null;
    }
  }

  private static byte[] read(String option, String file) {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(option + " cannot be read: " + e, e);
    }
  }
}
