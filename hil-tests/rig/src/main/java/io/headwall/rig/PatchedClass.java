package io.headwall.rig;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The product with one text of its code exchanged: a mutant that needs no copy of the code. */
final class PatchedClass {

  /** A build as far as the jars has the modules as such. */
  private static final String OWN_JAR = "headwall-";

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
      if (Files.isDirectory(classes)) {
        found += write(classes, text, other, folder);
      } else if (classes.getFileName().toString().startsWith(OWN_JAR)) {
        try (FileSystem jar = FileSystems.newFileSystem(classes)) {
          found += write(jar.getPath("/"), text, other, folder);
        }
      }
    }
    if (found != 1) throw new IOException(found + " classes with the text \"" + text + '"');
  }

  /** Says in how many classes below a root the text was. */
  private static int write(Path root, String text, String other, Path folder) throws IOException {
    int found = 0;
    for (Path file : classFiles(root)) {
      byte[] after = exchange(Files.readAllBytes(file), text, other);
      if (after.length == 0) continue;
      Path there = folder.resolve(root.relativize(file).toString());
      Files.createDirectories(there.getParent());
      Files.write(there, after);
      found++;
    }
    return found;
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
