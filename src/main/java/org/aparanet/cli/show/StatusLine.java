package org.aparanet.cli.show;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;

/**
 * Last line of a terminal, which can be redrawn, and a stream for all text above it. Writers to the
 * stream, such as a log, need not consider the line: it is erased for the text and redrawn behind
 * the next complete line.
 */
final class StatusLine extends OutputStream {
  private final OutputStream terminal;
  private final Charset charset;
  private final boolean erases;
  private String line = "";
  private int drawn;
  private boolean beginsLine = true;
  private boolean left;

  /**
   * @param terminal output of line and stream
   * @param charset of the terminal
   * @param erases whether the terminal supports the sequence that erases to the line's end; others
   *     get spaces instead
   */
  StatusLine(OutputStream terminal, Charset charset, boolean erases) {
    this.terminal = terminal;
    this.charset = charset;
    this.erases = erases;
  }

  /** Redraws the line with another text. */
  synchronized void show(String text) {
    boolean shown = drawn > 0 && text.equals(line);
    if (!left && !shown) {
      line = text;
      draw();
    }
  }

  /**
   * Leaves the line as it is and goes to the next one. May be called from any thread, and twice.
   */
  synchronized void finish() {
    if (drawn > 0) {
      put("\n");
    }
    line = "";
    drawn = 0;
  }

  /** As {@link #finish}, for good: nothing is drawn any more. For a process that is being ended. */
  synchronized void leave() {
    finish();
    left = true;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
    if (count == 0) {
      return;
    }
    if (drawn > 0) {
      put(erased());
      drawn = 0;
    }
    terminal.write(bytes, offset, count);
    terminal.flush();
    beginsLine = bytes[offset + count - 1] == '\n';
    draw();
  }

  @Override
  public synchronized void flush() throws IOException {
    terminal.flush();
  }

  /** Draws the line, unless another line is unfinished. */
  private void draw() {
    if (beginsLine && !line.isEmpty()) {
      put((line.length() < drawn ? erased() : "\r") + line);
      drawn = line.length();
    }
  }

  /** Characters that erase the drawn line and go back to its beginning. */
  private String erased() {
    return erases ? "\r\u001b[K" : "\r" + " ".repeat(drawn) + "\r";
  }

  private void put(String text) {
    try {
      terminal.write(text.getBytes(charset));
      terminal.flush();
    } catch (IOException e) {
      // the terminal is closed
    }
  }
}
