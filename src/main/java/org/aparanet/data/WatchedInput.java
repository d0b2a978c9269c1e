package org.aparanet.data;

import java.io.File;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.stream.FileImageInputStream;

/** A file for a decoder, which remembers whether it was the file that could not be read. */
final class WatchedInput extends FileImageInputStream {
  private IOException failure;

  WatchedInput(File file) throws IOException {
    super(file);
  }

  /** Why the file could not be read; decoders take that for damage, or wrap it. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return super.read(target, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
