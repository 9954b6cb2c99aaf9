package io.headwall.rig;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** The product with one instruction of its code exchanged: a mutant that needs no copy of it. */
final class PatchedClass {

  /** A build as far as the jars has the modules as such. */
  private static final String OWN_JAR = "headwall-";

  private PatchedClass() {}

  /** An exchange of instructions. */
  interface Patch {

    /** Writes what stands in for an element; false where it stays as it is. */
    boolean write(CodeBuilder code, CodeElement element);
  }

  /** Leaves out the calls of a method {@code void method(boolean)}. */
  static Patch withoutCall(String method) {
    return (code, element) -> {
      boolean isCall =
          element instanceof InvokeInstruction call
              && call.name().equalsString(method)
              && call.type().equalsString("(Z)V");
      if (isCall) code.pop2();
      return isCall;
    };
  }

  /** Takes every exception that would be thrown for a good end. */
  static Patch withoutThrows() {
    return (code, element) -> {
      boolean isThrow = element instanceof ThrowInstruction;
      if (isThrow) code.pop().return_();
      return isThrow;
    };
  }

  /**
   * Writes a class of the product, patched, into a folder that is then to stand before the
   * product's in the class path.
   *
   * @param name with slashes
   * @throws IOException also where there is not exactly one such class with something to patch
   */
  static void write(String name, Patch patch, Path folder) throws IOException {
    int found = 0;
    for (String entry : Checkout.classPath("edge-runtime").split(File.pathSeparator, -1)) {
      Path classes = Path.of(entry);
      if (Files.isDirectory(classes)) {
        found += write(classes, name, patch, folder);
      } else if (classes.getFileName().toString().startsWith(OWN_JAR)) {
        try (FileSystem jar = FileSystems.newFileSystem(classes)) {
          found += write(jar.getPath("/"), name, patch, folder);
        }
      }
    }
    if (found != 1) throw new IOException(found + " classes " + name + " with what to patch");
  }

  /** Says whether there was such a class below a root: 1, or 0. */
  private static int write(Path root, String name, Patch patch, Path folder) throws IOException {
    Path file = root.resolve(name + ".class");
    if (!Files.exists(file)) return 0;
    boolean[] hit = new boolean[1];
    ClassTransform exchange =
        ClassTransform.transformingMethodBodies((code, element) -> {
          if (patch.write(code, element)) hit[0] = true;
          else code.with(element);
        });
    byte[] after =
        ClassFile.of().transformClass(ClassFile.of().parse(Files.readAllBytes(file)), exchange);
    if (!hit[0]) return 0;
    Path there = folder.resolve(name + ".class");
    Files.createDirectories(there.getParent());
    Files.write(there, after);
    return 1;
  }
}
