package org.aparanet.data.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.stream.ImageInputStreamImpl;
import org.aparanet.file.SteadyFile;

/**
 * A file for Java's image readers, which remembers whether it was the file that could not be read.
 * Theirs takes a {@link java.io.File}, which cannot stand for a name that the locale's encoding
 * does not have.
 */
public final class ImageInput extends ImageInputStreamImpl {
  private final SteadyFile input;
  private IOException failure;

  public ImageInput(Path file) throws IOException {
    input = SteadyFile.read(file);
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
  public int read(byte[] bytes, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    int count;
    try {
      count = length == 0 ? 0 : input.read(ByteBuffer.wrap(bytes, offset, length), streamPos);
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
      return input.size();
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    input.close();
  }
}
