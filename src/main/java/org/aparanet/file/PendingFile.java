package org.aparanet.file;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file, of text in UTF-8 or of bytes, that is written bit by bit, over as long as it takes, under
 * a temporary name in the same folder. {@link #publish} gives it its own name; until then, what had
 * that name is left as it was. {@link AtomicFile} is for what can be written at once.
 */
public final class PendingFile implements Closeable {
  private final Path target;
  private final Path temporary;
  private final SteadyFile channel;
  private final Writer writer;

  /**
   * @throws IOException if no such file can be written; {@link IoReason} tells why
   */
  public PendingFile(Path file) throws IOException {
    target = Target.toWrite(file);
    temporary = AtomicFile.temporary(target);
    Leftovers.remember(temporary);
    try {
      channel = SteadyFile.create(temporary);
    } catch (IOException e) {
      Leftovers.forget(temporary);
      throw e;
    }
    writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
  }

  /** What writes text. */
  public Writer writer() {
    return writer;
  }

  /** What writes bytes; a file has one or the other. */
  public WritableByteChannel channel() {
    return channel;
  }

  /** Forces what was written to the disk, and gives the file its name. */
  @SuppressWarnings("try") // what is closed is the announcement of work
  public void publish() throws IOException {
    try (Leftovers.Work work = Leftovers.work()) {
      writer.flush();
      channel.force(true);
      channel.close();
      AtomicFile.moveTo(target, temporary);
    }
  }

  /** Removes the file, unless it has been published. */
  @Override
  public void close() throws IOException {
    try {
      channel.close(); // what the writer still has is not wanted
    } finally {
      Files.deleteIfExists(temporary);
      Leftovers.forget(temporary);
    }
  }
}
