package org.aparanet.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Scripts and style sheets of pages, which lie beside the program's classes. */
public final class PageResource {
  private static final String FOLDER = "/org/aparanet/page/";

  private PageResource() {}

  /**
   * {@return the text of a file}
   *
   * @param name such as {@code maps.js}
   * @throws IllegalArgumentException if there is none of that name
   */
  public static String text(String name) {
    try (InputStream in = PageResource.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalArgumentException("pages have no file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
