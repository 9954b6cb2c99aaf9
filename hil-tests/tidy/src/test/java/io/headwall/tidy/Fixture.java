package io.headwall.tidy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles small offending sources in memory, so that each rule is seen to fail. */
final class Fixture {

  private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
  private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

  private Fixture() {}

  /** The classes of the first source, compiled with the others, as if they stood in a module. */
  static List<CompiledClass> compile(String module, String... sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    Map<String, ByteArrayOutputStream> made = new TreeMap<>();
    List<Source> units = new ArrayList<>();
    for (String source : sources) units.add(new Source(source));
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(problems, Locale.ROOT, StandardCharsets.UTF_8)) {
      List<String> options = List.of("-g", "-proc:none", "-nowarn");
      boolean good =
          compiler.getTask(null, new Memory(files, made), problems, options, null, units).call();
      if (!good) throw new IllegalArgumentException(problems.getDiagnostics().toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    String first = units.getFirst().binaryName;
    return made.entrySet().stream()
        .filter(c -> c.getKey().equals(first) || c.getKey().startsWith(first + '$'))
        .map(c -> ClassFile.of().parse(c.getValue().toByteArray()))
        .map(model -> new CompiledClass(module, "src/main/java", model))
        .toList();
  }

  /** One statement in a method of a class of the given module. */
  static List<CompiledClass> statement(String module, String statement) {
    return compile(
        module,
        """
        package fixture;

        class Offender {
          static void run(Object any) throws Exception {
            %s
          }
        }
        """
            .replace("%s", statement));
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;
    private final String binaryName;

    Source(String text) {
      super(URI.create("memory:///" + path(text) + ".java"), Kind.SOURCE);
      this.text = text;
      this.binaryName = path(text).replace('/', '.');
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    private static String path(String text) {
      Matcher type = TYPE.matcher(text);
      if (!type.find()) throw new IllegalArgumentException("no type: " + text);
      Matcher inPackage = PACKAGE.matcher(text);
      String folder = inPackage.find() ? inPackage.group(1).replace('.', '/') + '/' : "";
      return folder + type.group(1);
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> made;

    Memory(StandardJavaFileManager files, Map<String, ByteArrayOutputStream> made) {
      super(files);
      this.made = made;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String className,
        JavaFileObject.Kind kind,
        FileObject sibling) {
      return new SimpleJavaFileObject(
          URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return made.computeIfAbsent(className, name -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
