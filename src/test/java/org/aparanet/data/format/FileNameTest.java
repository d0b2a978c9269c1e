package org.aparanet.data.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileNameTest {
  private static String decoded(String bytes) {
    return FileName.decoded(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void bytesAreReadAsUtf8AndTheRestIsShownAsItIs() {
    assertEquals("plain.png", decoded("plain.png"));
    assertEquals("\u732b", decoded("\u00e7\u008c\u00ab"));
    assertEquals("\\xff1.png", decoded("\u00ff1.png"));
    assertEquals("\u732b\\xe7\\x8c", decoded("\u00e7\u008c\u00ab\u00e7\u008c")); // cut off
    assertEquals("", decoded(""));
  }

  @Test
  void aNameIsTheLastPartAndARootItself() {
    assertEquals("100%25 x.png", FileName.of(Path.of("a", "100%25 x.png")));
    Path root = Path.of("").toAbsolutePath().getRoot();
    assertEquals(root.toString(), FileName.of(root));
  }

  @Test
  void whatIsNoNameIsRefusedWithTheReason() {
    String message = assertThrows(DataException.class, () -> FileName.path("a\0b")).getMessage();
    assertEquals(
        "\"a\\u0000b\" cannot be opened: the system allows no such name (Nul character not allowed)",
        message);
  }
}
