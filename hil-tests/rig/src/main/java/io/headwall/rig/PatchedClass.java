package io.headwall.rig;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The product with one text of its code exchanged: a mutant that needs no copy of the code. */
final class PatchedClass {

  private PatchedClass() {}

  /**
   * Writes the one class in which a text stands, with another text, into a folder that is then to
   * stand before the product's in the class path.
   *
   * @throws IOException also where not exactly one class has the text
   */
  static void write(String text, String other, Path folder) throws IOException {
    int found = 0;
    for (String entry : Checkout.classPath("edge-runtime").split(File.pathSeparator, -1)) {
      Path classes = Path.of(entry);
      if (!Files.isDirectory(classes)) continue;
      for (Path file : classFiles(classes)) {
        byte[] before = Files.readAllBytes(file);
        byte[] after = exchange(before, text, other);
        if (after.length == 0) continue;
        Path there = folder.resolve(classes.relativize(file).toString());
        Files.createDirectories(there.getParent());
        Files.write(there, after);
        found++;
      }
    }
    if (found != 1) throw new IOException(found + " classes with the text \"" + text + '"');
  }

  /** The class with the other text; nothing where the text is not in it. */
  private static byte[] exchange(byte[] bytes, String text, String other) {
    boolean[] hit = new boolean[1];
    ClassTransform exchange =
        ClassTransform.transformingMethodBodies((code, element) -> {
          if (isText(element, text)) {
            hit[0] = true;
            code.loadConstant(other);
          } else {
            code.with(element);
          }
        });
    byte[] after = ClassFile.of().transformClass(ClassFile.of().parse(bytes), exchange);
    return hit[0] ? after : new byte[0];
  }

  private static boolean isText(CodeElement element, String text) {
    return element instanceof LoadConstantInstruction load && load.constantValue().equals(text);
  }

  private static List<Path> classFiles(Path classes) throws IOException {
    try (Stream<Path> all = Files.walk(classes)) {
      return all.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }
}
