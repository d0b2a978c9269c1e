package org.aparanet.report.page;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.aparanet.file.Digests;

/** A script within a page, in markup that is HTML and XML. */
final class PageScript {
  private final String content;

  /**
   * @throws IllegalArgumentException if the text could end the element, or its frame for XML
   */
  PageScript(String text) {
    for (String end : List.of("</script", "<!--", "]]>")) {
      if (text.contains(end)) {
        throw new IllegalArgumentException("a script of a page may not contain " + end);
      }
    }
    content = "//<![CDATA[\n" + text + "\n//]]>\n";
  }

  /** The element. */
  String element() {
    return "<script>" + content + "</script>\n";
  }

  /** The script as a source of a content security policy: the hash of its text. */
  String source() {
    return source(content);
  }

  /** An element's text as a source of a content security policy. */
  static String source(String text) {
    byte[] hash = Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
  }
}
