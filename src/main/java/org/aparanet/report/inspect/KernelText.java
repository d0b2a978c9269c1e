package org.aparanet.report.inspect;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel as text, which the build packs into the program.
 *
 * @param java its source, and behind it those of the classes that it extends
 * @param openCl what Aparapi makes of all these
 */
record KernelText(String java, String openCl) {
  private static final Pattern EXTENDS = Pattern.compile("\\bclass \\w+ extends (\\w+)");
  private static final String FOLDER = "/org/aparanet/kernels/";

  /**
   * The kernel of a name, such as {@code ConvolutionForward}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static KernelText of(String name) {
    StringBuilder java = new StringBuilder(read(name + ".java"));
    for (Optional<String> base = base(java); base.isPresent(); ) {
      String text = read(base.get() + ".java");
      java.append('\n').append(text);
      base = base(text);
    }
    return new KernelText(java.toString(), read(name + ".cl"));
  }

  /** The class of this project that a class extends. */
  private static Optional<String> base(CharSequence source) {
    Matcher line = EXTENDS.matcher(source);
    return line.find() && !line.group(1).equals("Kernel")
        ? Optional.of(line.group(1))
        : Optional.empty();
  }

  /** Both texts, as {@code java} and {@code openCl}. */
  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("java", java);
    json.addProperty("openCl", openCl);
    return json;
  }

  private static String read(String file) {
    try (InputStream in = KernelText.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no kernel " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
