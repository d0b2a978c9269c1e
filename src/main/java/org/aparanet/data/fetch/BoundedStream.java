package org.aparanet.data.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.aparanet.data.format.DataException;

/** A stream that fails when more comes out of it than is allowed. */
final class BoundedStream extends FilterInputStream {
  private final long most;
  private final String name;
  private long count;

  /**
   * @param most the largest number of bytes
   * @param name what to call the stream in the message
   */
  BoundedStream(InputStream in, long most, String name) {
    super(in);
    this.most = most;
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    add(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    add(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = super.skip(wanted);
    add(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false; // going back would count twice
  }

  private void add(long bytes) {
    count += bytes;
    if (count > most) {
      throw new DataException(name + " unpacks to more than the " + most + " bytes expected");
    }
  }
}
