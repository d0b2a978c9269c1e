package org.aparanet.data.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void ordinaryNamesStayAsTheyAre() {
    assertEquals(
        "/home/a b/\u00e9t\u00e9 \ud83d\udc08.png",
        Printable.of("/home/a b/\u00e9t\u00e9 \ud83d\udc08.png"));
  }

  @Test
  void whatATerminalWouldObeyIsQuoted() {
    assertEquals("\"a\\u001b[2Jb\"", Printable.of("a\u001b[2Jb"));
    assertEquals("\"a\\u000aaparanet: b\"", Printable.of("a\naparanet: b"));
    assertEquals("\"gnp\\u202e.png\"", Printable.of("gnp\u202e.png"));
    assertEquals("\" \"", Printable.of(" "));
  }

  @Test
  void longHostileNamesAreCutOff() {
    assertEquals(1 + 6 + 199 + 4, Printable.of("\u0007" + "a".repeat(1000)).length());
  }
}
