package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.store.EpochFile.Identity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class EpochFileTest {

  private static final Origin BOX = new Origin(0x00FE_DCBA_9876_5432L);
  private static final Origin SPARE = new Origin(-1);

  @TempDir Path folder;

  @Test
  void countsFromOneAndNeverTwice() throws Exception {
    EpochFile file = new EpochFile(folder);
    assertNull(file.read());
    for (int epoch = 1; epoch <= 5; epoch++) {
      assertEquals(epoch, new EpochFile(folder).raise(BOX, 0));
      assertEquals(new Identity(BOX, epoch), file.read());
    }
  }

  @Test
  void isReadableByPeopleAndLeavesNothingBehind() throws Exception {
    new EpochFile(folder).raise(BOX, 41);
    assertEquals(
        "origin 00fedcba98765432\nepoch 42\n", Files.readString(folder.resolve("identity")));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("identity")), files.toList());
    }
  }

  @Test
  void goesPastWhatIsKnownAndNeverBack() throws Exception {
    EpochFile file = new EpochFile(folder);
    assertEquals(8, file.raise(BOX, 7));
    assertEquals(9, file.raise(BOX, 3), "an older database does not lower it");
    assertEquals(10, file.raise(BOX, 9));
    assertEquals(101, file.raise(BOX, 100));
  }

  @Test
  void aCardInASpareBoxGoesOnCounting() throws Exception {
    new EpochFile(folder).raise(BOX, 0);
    assertEquals(2, new EpochFile(folder).raise(SPARE, 0));
    assertEquals(new Identity(SPARE, 2), new EpochFile(folder).read());
  }

  @Test
  void aFileHalfWrittenBeforeACrashDoesNotCount() throws Exception {
    new EpochFile(folder).raise(BOX, 4);
    Files.writeString(folder.resolve("identity.new"), "origin 00fe");
    assertEquals(new Identity(BOX, 5), new EpochFile(folder).read());
    assertEquals(6, new EpochFile(folder).raise(BOX, 0));
    assertFalse(Files.exists(folder.resolve("identity.new")));
  }

  @Test
  void aDamagedFileIsNamedWithTheFixAndLeftAlone() throws Exception {
    for (String text :
        List.of(
            "",
            "origin 00fedcba98765432\nepoch 4",
            "origin 00fedcba98765432\nepoch -4\n",
            "origin 00fedcba98765432\nepoch 12345678\n",
            "origin 00FEDCBA98765432\nepoch 4\n",
            "origin 00fedcba98765432\nepoch ٤\n",
            "origin 00fedcba98765432\nepoch 4\n\n",
            "\u0000\u0000\u0000\u0000",
            "\u00ff\u00fe")) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      Files.write(folder.resolve("identity"), bytes);
      for (Executable use :
          List.<Executable>of(
              () -> new EpochFile(folder).read(), () -> new EpochFile(folder).raise(BOX, 9))) {
        String said = String.valueOf(assertThrows(StoreException.class, use).getMessage());
        assertTrue(said.contains("identity is damaged; restore it, or remove it"), said);
      }
      assertEquals(text, Files.readString(folder.resolve("identity")));
    }
  }

  @Test
  void endsWhereKeysEnd() throws Exception {
    EpochFile file = new EpochFile(folder);
    assertEquals(BlockKey.EPOCH_MAX, file.raise(BOX, BlockKey.EPOCH_MAX - 1));
    assertThrows(StoreException.class, () -> file.raise(BOX, 0));
    assertEquals(new Identity(BOX, BlockKey.EPOCH_MAX), file.read());
  }

  @Test
  void aFolderThatIsMissingIsAnExpectedFailure() throws Exception {
    EpochFile lost = new EpochFile(folder.resolve("lost"));
    assertNull(lost.read());
    String said =
        String.valueOf(assertThrows(StoreException.class, () -> lost.raise(BOX, 0)).getMessage());
    assertTrue(said.contains("cannot write") && said.contains("lost"), said);
  }
}
