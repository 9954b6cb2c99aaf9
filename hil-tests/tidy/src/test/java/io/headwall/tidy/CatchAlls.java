package io.headwall.tidy;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds handlers of Exception, RuntimeException, Error and Throwable in exception tables, but for
 * those that javac makes itself: {@code finally} and {@code synchronized} (no catch type),
 * try-with-resources, and the guard of record patterns.
 */
final class CatchAlls {

  static final String RULE = "catch-all";

  private static final Set<String> TOO_WIDE =
      Set.of(
          "java/lang/Throwable",
          "java/lang/Error",
          "java/lang/Exception",
          "java/lang/RuntimeException");

  private CatchAlls() {}

  static List<Finding> check(CompiledClass c) {
    Set<Finding> findings = new LinkedHashSet<>();
    for (MethodModel method : c.model().methods()) {
      method.code().ifPresent(code -> check(c, code, findings));
    }
    return List.copyOf(findings);
  }

  private static void check(CompiledClass c, CodeModel code, Set<Finding> findings) {
    List<CodeElement> elements = code.elementList();
    for (ExceptionCatch handler : code.exceptionHandlers()) {
      String type = handler.catchType().map(t -> t.asInternalName()).orElse("");
      if (!TOO_WIDE.contains(type)) continue;
      int at = indexOf(elements, handler);
      List<Instruction> body = instructions(elements, at);
      if (isRecordPatternGuard(body) || isCloseThenRethrow(body) || isSuppress(body, 0)) continue;
      findings.add(
          c.finding(
              lineAt(elements, at),
              RULE,
              "catches " + type.replace('/', '.') + "; catch what you expect, let bugs through"));
    }
  }

  private static int indexOf(List<CodeElement> elements, ExceptionCatch handler) {
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof LabelTarget t && t.label().equals(handler.handler())) return i;
    }
    throw new IllegalArgumentException("handler without a label");
  }

  private static List<Instruction> instructions(List<CodeElement> elements, int from) {
    List<Instruction> out = new ArrayList<>();
    for (CodeElement element : elements.subList(from, elements.size())) {
      if (element instanceof Instruction i) out.add(i);
    }
    return out;
  }

  /** The line of the handler's first instruction. */
  private static int lineAt(List<CodeElement> elements, int at) {
    int line = 0;
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof LineNumber n) line = n.line();
      if (i >= at && elements.get(i) instanceof Instruction) return line;
    }
    return line;
  }

  /** {@code catch (Throwable t) { throw new MatchException(t.toString(), t); }}. */
  private static boolean isRecordPatternGuard(List<Instruction> body) {
    return body.size() > 1
        && body.get(0) instanceof StoreInstruction
        && body.get(1) instanceof NewObjectInstruction made
        && made.className().asInternalName().equals("java/lang/MatchException");
  }

  /**
   * The handler around the body of a try-with-resources: {@code if (r != null) try { r.close(); }
   * catch (Throwable s) { t.addSuppressed(s); } throw t;}. Nothing is swallowed there.
   */
  private static boolean isCloseThenRethrow(List<Instruction> body) {
    if (body.isEmpty() || !(body.get(0) instanceof StoreInstruction thrown)) return false;
    int i = 1;
    if (body.size() > 2 && body.get(2).opcode() == Opcode.IFNULL) i = 3;
    return body.size() > i + 3
        && body.get(i) instanceof LoadInstruction
        && body.get(i + 1) instanceof InvokeInstruction close
        && close.name().equalsString("close")
        && close.type().equalsString("()V")
        && body.get(i + 2) instanceof BranchInstruction jump
        && jump.opcode() == Opcode.GOTO
        && isSuppress(body, i + 3)
        && suppressor(body, i + 3) == thrown.slot();
  }

  /** {@code catch (Throwable s) { t.addSuppressed(s); } throw t;} for another throwable t. */
  private static boolean isSuppress(List<Instruction> body, int i) {
    return body.size() > i + 5
        && body.get(i) instanceof StoreInstruction second
        && body.get(i + 1) instanceof LoadInstruction first
        && first.slot() != second.slot()
        && body.get(i + 2) instanceof LoadInstruction suppressed
        && suppressed.slot() == second.slot()
        && body.get(i + 3) instanceof InvokeInstruction call
        && call.name().equalsString("addSuppressed")
        && body.get(i + 4) instanceof LoadInstruction again
        && again.slot() == first.slot()
        && body.get(i + 5) instanceof ThrowInstruction;
  }

  private static int suppressor(List<Instruction> body, int i) {
    return ((LoadInstruction) body.get(i + 1)).slot();
  }
}
