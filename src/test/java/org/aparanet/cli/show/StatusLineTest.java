package org.aparanet.cli.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

  private StatusLine line(boolean erases) {
    return new StatusLine(terminal, StandardCharsets.UTF_8, erases);
  }

  private String shown() {
    return terminal.toString(StandardCharsets.UTF_8).replace("\u001b[K", "<erase>");
  }

  @Test
  void textGoesAboveTheLineWhichComesBack() {
    StatusLine line = line(true);
    PrintStream log = new PrintStream(line, true, StandardCharsets.UTF_8);

    log.print("before\n");
    line.show("10%");
    line.show("20%");
    line.show("20%");
    log.print("a half ");
    line.show("30%");
    log.print("line\n");
    line.finish();
    log.print("after\n");

    assertEquals("before\n\r10%\r20%\r<erase>a half line\n\r30%\nafter\n", shown());
  }

  @Test
  void spacesEraseWhereTheSequenceIsNotKnown() {
    StatusLine line = line(false);

    line.show("long");
    line.show("ab");
    line.finish();

    assertEquals("\rlong\r    \rab\n", shown());
  }

  @Test
  void finishingTwiceEndsOneLine() {
    StatusLine line = line(true);

    line.show("long");
    line.show("x");
    line.finish();
    line.finish();

    assertEquals("\rlong\r<erase>x\n", shown());
  }

  @Test
  void afterLeavingNothingIsDrawn() {
    StatusLine line = line(true);

    line.show("x");
    line.leave();
    line.show("y");
    line.leave();
    line.finish();

    assertEquals("\rx\n", shown());
  }

  @Test
  void aBarIsCompleteWhenItIsClosedFromAnyThread() throws InterruptedException {
    LiveBar bar = new LiveBar(line(true), () -> 40, columns -> "of " + columns);

    Thread other = new Thread(bar::close);
    other.start();
    other.join();
    bar.close();

    assertTrue(shown().endsWith("\rof 40\n"), shown());
    assertEquals(1, shown().chars().filter(c -> c == '\n').count(), shown());
  }

  @Test
  void aTerminalsAnswerIsItsColumns() {
    assertEquals(Optional.of(132), TerminalWidth.parsed("50 132\n"));
    assertEquals(Optional.empty(), TerminalWidth.parsed("0 0\n"));
    assertEquals(Optional.empty(), TerminalWidth.parsed(""));
    assertEquals(Optional.empty(), TerminalWidth.parsed("stty: no"));
  }

  @Test
  void aBarNeedsATerminalThatUnderstandsIt() {
    assertTrue(Terminal.isWatched(false, "yes", "xterm-256color"));
    assertFalse(Terminal.isWatched(false, "no", "xterm-256color"));
    assertFalse(Terminal.isWatched(false, "yes", "dumb"));
    assertFalse(Terminal.isWatched(false, "yes", null));
    assertTrue(Terminal.isWatched(true, "yes", null));
  }

  @Test
  void textIsWrittenAsTheLocaleHasItButNeverAsAscii() {
    assertEquals(
        StandardCharsets.ISO_8859_1,
        Terminal.charset("stdout", Map.of("stdout.encoding", "ISO-8859-1")::get));
    assertEquals(
        StandardCharsets.UTF_8,
        Terminal.charset("stderr", Map.of("native.encoding", "ANSI_X3.4-1968")::get));
  }
}
