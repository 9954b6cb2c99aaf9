package io.headwall.tidy;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One class file of a module.
 *
 * @param module path of the module's folder from the root of the repository
 * @param sourceRoot folder of the module's sources it was compiled from
 * @param model the class file
 */
record CompiledClass(String module, String sourceRoot, ClassModel model) {

  private static final Pattern TYPE = Pattern.compile("L(\\w[\\w$]*(?:/[\\w$]+)+)[;<]");

  /**
   * A use of a method or field, called, read or handed on as a method reference.
   *
   * @param owner class, with dots
   * @param descriptor as in the class file
   */
  record Use(String owner, String name, String descriptor, int line) {}

  /** Binary name with dots; a nested class has a {@code $} in it. */
  String name() {
    return model.thisClass().asInternalName().replace('/', '.');
  }

  /** The class that the source file is named after. */
  String topLevel() {
    String name = name();
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  String packageName() {
    return name().substring(0, Math.max(0, name().lastIndexOf('.')));
  }

  /** The place of a line of this class's source; line 0 is the file as a whole. */
  String at(int line) {
    String file =
        model
            .findAttribute(Attributes.sourceFile())
            .map(SourceFileAttribute::sourceFile)
            .map(Utf8Entry::stringValue)
            .orElse(name());
    String folder = module + '/' + sourceRoot + '/' + packageName().replace('.', '/');
    return folder + '/' + file + (line == 0 ? "" : ":" + line);
  }

  Finding finding(int line, String rule, String fix) {
    return new Finding(at(line), topLevel(), rule, fix);
  }

  /** Every use of a method or field in this class's code. */
  List<Use> uses() {
    List<Use> uses = new ArrayList<>();
    for (MethodModel method : model.methods()) {
      method.code().ifPresent(code -> addUses(code, uses));
    }
    return uses;
  }

  private static void addUses(CodeModel code, List<Use> uses) {
    int line = 0;
    for (CodeElement element : code) {
      switch (element) {
        case LineNumber number -> line = number.line();
        case InvokeInstruction i -> uses.add(use(i.method(), line));
        case FieldInstruction f -> uses.add(use(f.field(), line));
        case InvokeDynamicInstruction i -> {
          for (LoadableConstantEntry argument : i.invokedynamic().bootstrap().arguments()) {
            if (argument instanceof MethodHandleEntry h) uses.add(use(h.reference(), line));
          }
        }
        default -> {}
      }
    }
  }

  private static Use use(MemberRefEntry member, int line) {
    return new Use(
        member.owner().asInternalName().replace('/', '.'),
        member.name().stringValue(),
        member.type().stringValue(),
        line);
  }

  /** Every class that this one names: in code, signatures, annotations; with dots, arrays aside. */
  Set<String> references() {
    Set<String> found = new TreeSet<>();
    Set<Integer> texts = new HashSet<>();
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof StringEntry s) texts.add(s.utf8().index());
    }
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry c when !c.asInternalName().startsWith("[") ->
            found.add(c.asInternalName().replace('/', '.'));
        case Utf8Entry u when !texts.contains(u.index()) -> {
          Matcher types = TYPE.matcher(u.stringValue());
          while (types.find()) found.add(types.group(1).replace('/', '.'));
        }
        default -> {}
      }
    }
    found.remove(name());
    return found;
  }
}
