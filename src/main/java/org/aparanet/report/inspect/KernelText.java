package org.aparanet.report.inspect;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A kernel as text, which the build packs into the program.
 *
 * @param java its source
 * @param openCl what Aparapi makes of it
 */
record KernelText(String java, String openCl) {
  private static final String FOLDER = "/org/aparanet/kernels/";

  /**
   * The kernel of a name, such as {@code ConvolutionForward}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static KernelText of(String name) {
    return new KernelText(read(name + ".java"), read(name + ".cl"));
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
