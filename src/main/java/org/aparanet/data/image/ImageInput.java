package org.aparanet.data.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
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

  /** A file; of another file system than the system's own, all of it is read now. */
  public ImageInput(Path file) throws IOException {
    bytes =
        file.getFileSystem() == FileSystems.getDefault()
            ? new Opened(SteadyFile.read(file))
            : new Held(Files.readAllBytes(file));
  }

  /** The bytes of a file that is in memory; not changed. */
  public ImageInput(byte[] file) {
    bytes = new Held(file);
  }

  /** A file, of which a block is kept: decoders ask for a few bytes at a time. */
  private static final class Opened implements Bytes {
    private static final int BLOCK = 1 << 14;

    private final SteadyFile file;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK).limit(0);
    private long start; // place of the block's first byte

    Opened(SteadyFile file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer target, long place) throws IOException {
      if (place < start || place >= start + block.limit()) {
        if (target.remaining() >= BLOCK) {
          return file.read(target, place);
        }
        fill(place);
      }
      int from = (int) (place - start);
      int count = Math.min(target.remaining(), block.limit() - from);
      target.put(block.array(), from, count);
      return count == 0 ? -1 : count;
    }

    private void fill(long place) throws IOException {
      block.clear();
      try {
        file.read(block, place);
      } finally {
        start = place;
        block.flip();
      }
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
    ByteBuffer room = ByteBuffer.wrap(target, offset, length);
    try {
      while (room.hasRemaining() && bytes.read(room, streamPos + room.position() - offset) >= 0) {
        // Java takes fewer bytes than it wants for the end of the file
      }
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    int count = room.position() - offset;
    streamPos += count;
    return count == 0 && length > 0 ? -1 : count;
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
