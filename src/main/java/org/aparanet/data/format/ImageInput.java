package org.aparanet.data.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file for Java's image readers, or the bytes of one, which remembers whether it was the file
 * that could not be read. Theirs takes a {@link java.io.File}, which cannot stand for a name that
 * the locale's encoding does not have.
 */
public final class ImageInput extends ImageInputStreamImpl {

  /** What is read: bytes with a place each. */
  private interface Bytes {
    /** Reads as many bytes as there are room and bytes; -1 at the end. */
    int read(ByteBuffer target, long place) throws IOException;

    long size() throws IOException;

    void close() throws IOException;
  }

  private final Bytes bytes;
  private IOException failure;

  public ImageInput(Path file) throws IOException {
    bytes = new Opened(FileChannel.open(file, StandardOpenOption.READ));
  }

  /** The bytes of a file that is in memory; not changed. */
  public ImageInput(byte[] file) {
    bytes = new Held(file);
  }

  private record Opened(FileChannel channel) implements Bytes {
    @Override
    public int read(ByteBuffer target, long place) throws IOException {
      return channel.read(target, place);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private record Held(byte[] file) implements Bytes {
    @Override
    public int read(ByteBuffer target, long place) {
      if (place >= file.length) {
        return -1;
      }
      int count = Math.min(target.remaining(), file.length - (int) place);
      target.put(file, (int) place, count);
      return count;
    }

    @Override
    public long size() {
      return file.length;
    }

    @Override
    public void close() {
      // nothing is held open
    }
  }

  /** Why the file could not be read; decoders take that for damage, or wrap it. */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    int count;
    try {
      count = length == 0 ? 0 : bytes.read(ByteBuffer.wrap(target, offset, length), streamPos);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    streamPos += Math.max(0, count);
    return count;
  }

  @Override
  public long length() {
    try {
      checkClosed();
      return bytes.size();
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    bytes.close();
  }
}
