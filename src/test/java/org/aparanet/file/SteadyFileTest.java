package org.aparanet.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are open while their thread is interrupted. */
class SteadyFileTest {
  @TempDir Path folder;

  @AfterEach
  void forgetInterrupts() {
    Thread.interrupted();
  }

  @Test
  void anInterruptedThreadWritesAndReadsAllTheSame() throws IOException {
    Path path = folder.resolve("file");
    Thread.currentThread().interrupt();
    try (SteadyFile file = SteadyFile.create(path)) {
      file.write(bytes("one two"));
      file.truncate(4);
      file.write(bytes("three"));
      file.force(true);
      assertEquals(9, file.position());
      assertEquals(9, file.size());
    }
    ByteBuffer target = ByteBuffer.allocate(5);
    try (SteadyFile file = SteadyFile.read(path)) {
      assertEquals(5, file.read(target, 4));
      assertEquals(-1, file.read(ByteBuffer.allocate(1), 9));
    }
    assertTrue(Thread.interrupted(), "it still is interrupted");
    assertEquals("one three", Files.readString(path));
    assertEquals("three", new String(target.array(), StandardCharsets.UTF_8));
  }

  /** As many as come, in the middle of whatever is done. */
  @Test
  void interruptsBreakNothingOff() throws Exception {
    Path path = folder.resolve("file");
    byte[] block = new byte[1 << 16];
    for (int i = 0; i < block.length; i++) {
      block[i] = (byte) (i * 31);
    }
    try (Interrupting interrupting = new Interrupting();
        SteadyFile file = SteadyFile.create(path)) {
      while (interrupting.count() < 500) {
        file.truncate(0);
        ByteBuffer bytes = ByteBuffer.wrap(block);
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        assertEquals(block.length, file.size());
      }
    }
    ByteBuffer read = ByteBuffer.allocate(block.length);
    try (Interrupting interrupting = new Interrupting();
        SteadyFile file = SteadyFile.read(path)) {
      while (interrupting.count() < 500) {
        read.clear();
        while (read.hasRemaining()) {
          assertTrue(file.read(read, read.position()) > 0);
        }
      }
    }
    assertEquals(ByteBuffer.wrap(block), read.flip());
  }

  @Test
  void aThreadThatWasNotInterruptedIsNotAfterwards() throws IOException {
    try (SteadyFile file = SteadyFile.create(folder.resolve("file"))) {
      file.write(bytes("content"));
    }
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void aNewFileTakesNoPlaceOfAnother() throws IOException {
    Path path = Files.writeString(folder.resolve("file"), "older");
    assertThrows(IOException.class, () -> SteadyFile.create(path));
    SteadyFile.change(path).close();
    assertEquals("older", Files.readString(path));
    SteadyFile.empty(path).close();
    assertEquals("", Files.readString(path));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A thread that interrupts the one that starts it, again and again. */
  static final class Interrupting implements AutoCloseable {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Thread thread;
    private volatile int count;

    Interrupting() {
      Thread interrupted = Thread.currentThread();
      thread = new Thread(() -> interrupt(interrupted));
      thread.start();
    }

    private void interrupt(Thread interrupted) {
      while (!ended.get()) {
        interrupted.interrupt();
        count++;
        Thread.yield();
      }
    }

    int count() {
      return count;
    }

    @Override
    public void close() throws InterruptedException {
      ended.set(true);
      Thread.interrupted();
      while (thread.isAlive()) {
        Thread.interrupted();
        Thread.onSpinWait();
      }
      Thread.interrupted();
    }
  }
}
