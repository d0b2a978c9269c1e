package org.aparanet.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/** The files of the page, read from the program once. */
final class PageFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8");

  private PageFiles() {}

  /** A route that always answers with a file of the page's folder. */
  static Route file(String name) {
    byte[] content = read(name);
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    Answer answer = new Answer(200, type, content, Map.of("Cache-Control", "no-cache"));
    return request -> {
      new Query(request.query(), Set.of());
      return answer;
    };
  }

  private static byte[] read(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream("/org/aparanet/page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the program has lost its file " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
