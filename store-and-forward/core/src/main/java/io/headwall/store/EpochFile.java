package io.headwall.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The counter of epochs, in a small file beside the database and not in it: a corrupt or exchanged
 * database can then never lead to a number's second use.
 */
public final class EpochFile {

  private static final Pattern FORM = Pattern.compile("origin ([0-9a-f]{16})\nepoch (\\d{1,7})\n");

  private final Path file;

  /** The file {@code identity} in the store's folder; it need not exist. */
  public EpochFile(Path folder) {
    this.file = folder.resolve("identity");
  }

  /**
   * What the file says.
   *
   * @param origin the box's EUI-64
   * @param epoch the last epoch begun
   */
  public record Identity(Origin origin, int epoch) {}

  /**
   * The identity on file; null where there is no file yet.
   *
   * @throws StoreException where the file is there and cannot be read as one
   */
  public @Nullable Identity read() throws StoreException {
    try {
      if (!Files.exists(file)) return null;
      Matcher m = FORM.matcher(Files.readString(file, US_ASCII));
      if (!m.matches()) throw new StoreException(damaged());
      return new Identity(Origin.parse(m.group(1)), Integer.parseInt(m.group(2)));
    } catch (CharacterCodingException e) {
      throw new StoreException(damaged(), e);
    } catch (IOException e) {
      throw new StoreException("cannot read " + file, e);
    }
  }

  /**
   * Begins a new epoch: past the one on file and past every other that is known of. Durable on
   * return.
   *
   * @param highestKnown highest epoch found in any outbox file; 0 for none
   */
  public int raise(Origin origin, int highestKnown) throws StoreException {
    Identity last = read();
    int epoch = Math.max(last == null ? 0 : last.epoch(), highestKnown) + 1;
    if (epoch > BlockKey.EPOCH_MAX) throw new StoreException("epochs are used up");
    write("origin " + origin + "\nepoch " + epoch + "\n");
    return epoch;
  }

  private String damaged() {
    return file + " is damaged; restore it, or remove it to begin with a fresh origin";
  }

  private void write(String text) throws StoreException {
    Path fresh = file.resolveSibling("identity.new");
    try {
      try (FileChannel out =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
        while (bytes.hasRemaining()) out.write(bytes);
        out.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder =
          FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
        // The new name is durable only when its folder is.
        folder.force(true);
      }
    } catch (IOException e) {
      throw new StoreException("cannot write " + file, e);
    }
  }
}
