package org.aparanet.data.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.stream.ImageInputStreamImpl;
import org.aparanet.file.SteadyFile;

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
    bytes = new Opened(SteadyFile.read(file));
  }

  /** The bytes of a file that is in memory; not changed. */
  public ImageInput(byte[] file) {
    bytes = new Held(file);
  }

  /** Decoders read in small pieces, and each a few bytes more than once. */
  private static final class Opened implements Bytes {
    private static final int AT_ONCE = 1 << 15;

    private final SteadyFile file;
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private long begin; // place of the piece

    Opened(SteadyFile file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer target, long place) throws IOException {
      if (place < begin || place >= begin + piece.limit()) {
        if (target.remaining() >= AT_ONCE) {
          return file.read(target, place);
        }
        fill(place);
      }
      int from = (int) (place - begin);
      int count = Math.min(target.remaining(), piece.limit() - from);
      target.put(piece.slice(from, count));
      return count == 0 ? -1 : count;
    }

    private void fill(long place) throws IOException {
      if (piece.capacity() == 0) {
        piece = ByteBuffer.allocate(AT_ONCE);
      }
      piece.clear().limit(0); // nothing, should reading fail
      begin = place;
      ByteBuffer read = piece.duplicate().clear();
      file.read(read, place);
      piece.limit(read.position());
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void close() throws IOException {
      file.close();
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
