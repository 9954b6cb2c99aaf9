package io.headwall.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands with small counts. On a machine where one cannot run (no root, no loop devices), it
 * has to say so and fail with 3: that is then what is tested.
 */
final class PowerCutTest {

  private static final String CUTS = Integer.toString(Integer.getInteger("headwall.cuts", 2));
  private static final EnumSet<Need> CUT_NEEDS =
      EnumSet.of(Need.ROOT, Need.LOOP, Need.XFS_IO, Need.MKFS_EXT4);

  @TempDir Path folder;

  @Test
  void nothingIsLostWhereExt4LosesItsPower() {
    assertHolds(CUT_NEEDS, "cuts", "--fs", "ext4", "-n", CUTS);
  }

  @Test
  void nothingIsLostWhereXfsLosesItsPower() {
    EnumSet<Need> needs = EnumSet.of(Need.ROOT, Need.LOOP, Need.XFS_IO, Need.MKFS_XFS);
    assertHolds(needs, "cuts", "--fs", "xfs", "-n", CUTS);
  }

  @Test
  void aStoreThatDoesNotWaitForTheDiskIsSeen() {
    assertHolds(CUT_NEEDS, "cuts", "--mutant", "synchronous-normal", "-n", "10");
  }

  @Test
  void aDiskThatLiesIsSeen() {
    EnumSet<Need> needs = EnumSet.copyOf(CUT_NEEDS);
    needs.add(Need.EATMYDATA);
    assertHolds(needs, "cuts", "--mutant", "lying-disk", "-n", "10");
  }

  @Test
  void aSystemCallThatFailsLosesNothing() {
    EnumSet<Need> needs = EnumSet.copyOf(CUT_NEEDS);
    needs.add(Need.STRACE);
    assertHolds(needs, "syscalls", "-n", "1", "--calls", "fdatasync", "--errors", "EIO");
  }

  @Test
  void aFailedCallThatIsPassedOverIsSeen() {
    EnumSet<Need> needs = EnumSet.copyOf(CUT_NEEDS);
    needs.add(Need.STRACE);
    assertHolds(
        needs,
        "syscalls",
        "-n",
        "1",
        "--calls",
        "fdatasync",
        "--errors",
        "EIO",
        "--mutant",
        "swallowed-error");
  }

  @Test
  void aLongBacklogDoesNotKeepTheBoxFromStarting() {
    assertHolds(EnumSet.noneOf(Need.class), "bigstart", "-n", "20000", "--epochs", "20");
  }

  @Test
  void whatItDoesNotKnowIsWrongUsage() {
    for (String[] wrong :
        new String[][] {{"cuts", "--fs", "ntfs"}, {"cuts", "--mutant", "x"}, {"no"}}) {
      assertEquals(2, answer(wrong).exit);
    }
  }

  @Test
  void aMutantIsMadeOfExactlyOneClass() throws IOException {
    PatchedClass.Patch patch = PatchedClass.withoutCall("force");
    PatchedClass.write("io/headwall/store/sqlite/CommitLog", patch, folder);
    assertFalse(folder.toFile().list().length == 0);
    for (String wrong : new String[] {"io/headwall/no/Such", "io/headwall/store/sqlite/Writer"}) {
      assertThrows(IOException.class, () -> PatchedClass.write(wrong, patch, folder));
    }
  }

  private void assertHolds(EnumSet<Need> needs, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--folder", folder.toString()));
    Answer answer = answer(all.toArray(String[]::new));
    System.out.print(answer.text);
    List<String> missing = Need.missing(needs);
    if (missing.isEmpty()) {
      assertEquals(RigRun.HELD, answer.exit, answer.text);
    } else {
      assertEquals(RigRun.CANNOT, answer.exit, answer.text);
      for (String what : missing) assertTrue(answer.text.contains(what), answer.text);
    }
  }

  private record Answer(int exit, String text) {}

  private static Answer answer(String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    int exit = PowerCut.commandLine().setOut(out).setErr(out).execute(arguments);
    return new Answer(exit, text.toString());
  }
}
