package org.aparanet.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * An open file that an interrupt of its thread does not close, as it closes a {@link FileChannel}:
 * the file is opened again, and what was broken off is done once more. The thread's interrupt flag
 * is set again afterwards. Several threads may read at a time; one writes.
 */
public final class SteadyFile implements WritableByteChannel, Closeable {
  private final Path path;
  private final OpenOption way;
  private final Object identity;
  private volatile FileChannel channel;
  private boolean closed;
  private long position;

  private SteadyFile(Path path, OpenOption way, OpenOption... more) throws IOException {
    this.path = path;
    this.way = way;
    OpenOption[] options = new OpenOption[more.length + 1];
    options[0] = way;
    System.arraycopy(more, 0, options, 1, more.length);
    channel = FileChannel.open(path, options);
    try {
      identity = identity();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** {@return a file to read} */
  public static SteadyFile read(Path path) throws IOException {
    return new SteadyFile(path, StandardOpenOption.READ);
  }

  /** {@return a new file to write, where there must be none} */
  public static SteadyFile create(Path path) throws IOException {
    return new SteadyFile(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  }

  /** {@return an empty file to write, which there may have been before} */
  public static SteadyFile empty(Path path) throws IOException {
    return new SteadyFile(
        path,
        StandardOpenOption.WRITE,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** {@return a file to go on writing, from its first bytes on} */
  public static SteadyFile change(Path path) throws IOException {
    return new SteadyFile(path, StandardOpenOption.WRITE);
  }

  /**
   * Reads bytes from a place.
   *
   * @return how many; -1 at the end
   */
  public int read(ByteBuffer target, long from) throws IOException {
    int start = target.position();
    return steadily(open -> open.read(target.position(start), from));
  }

  /** Writes bytes behind those that were written before. */
  @Override
  public int write(ByteBuffer source) throws IOException {
    int start = source.position();
    int count = steadily(open -> open.write(source.position(start), position));
    position += count;
    return count;
  }

  /** Length in bytes. */
  public long size() throws IOException {
    return steadily(FileChannel::size);
  }

  /** Where the next bytes are written. */
  public long position() {
    return position;
  }

  /** Removes all from a place on, where the next bytes are written then. */
  public void truncate(long size) throws IOException {
    steadily(open -> open.truncate(size));
    position = size;
  }

  /** Forces what was written to the disk. */
  public void force(boolean metadata) throws IOException {
    steadily(
        open -> {
          open.force(metadata);
          return null;
        });
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }

  private interface Action<T> {
    T on(FileChannel open) throws IOException;
  }

  private <T> T steadily(Action<T> action) throws IOException {
    try (Interrupts held = Interrupts.heldBack()) {
      while (true) {
        FileChannel open = channel;
        try {
          return action.on(open);
        } catch (ClosedChannelException e) { // also by an interrupt of another thread that reads
          held.came(); // before anything else is done with a channel
          reopen(open, e);
        }
      }
    }
  }

  private synchronized void reopen(FileChannel broken, ClosedChannelException cause)
      throws IOException {
    if (closed) {
      throw cause;
    }
    if (channel != broken) {
      return; // another thread has
    }
    channel = FileChannel.open(path, way);
    if (!Objects.equals(identity, identity())) {
      channel.close();
      throw new IOException("it was replaced while it was in use");
    }
  }

  /** What tells the file of this name from another one; null where the system has nothing. */
  private Object identity() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}
