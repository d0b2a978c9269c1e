package org.aparanet.mutation;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The compiler of a single changed file, against the classes that are built. What javac copies into
 * other classes, the values of constants, stays there as it was.
 */
final class MutantCompiler {
  private MutantCompiler() {}

  /**
   * Compiles into a folder.
   *
   * @param folder where the classes go
   * @param file the source's name, from the root of its packages on
   * @return the compiler's complaint, if it has one
   */
  static Optional<String> compile(Path folder, String file, String source) throws IOException {
    Path sources = folder.resolve("source");
    Path changed = sources.resolve(file);
    Files.createDirectories(changed.getParent());
    Files.writeString(changed, source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    // Aparapi reads local variable names out of the class files
    List<String> options =
        List.of(
            "-g",
            "-nowarn",
            "-proc:none",
            "--add-modules",
            "jdk.incubator.vector",
            "-d",
            folder.toString(),
            "-classpath",
            System.getProperty("java.class.path"));
    StringWriter complaint = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean done =
          compiler
              .getTask(complaint, files, null, options, null, files.getJavaFileObjects(changed))
              .call();
      return done ? Optional.empty() : Optional.of(complaint.toString());
    }
  }
}
