package org.aparanet.data.image;

import java.io.IOException;
import java.util.List;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Parts of a file with bytes of our own before them, as if it were a file: what a decoder is to see
 * of it. It does not close the file.
 */
class SplicedInput extends ImageInputStreamImpl {
  private final byte[] head;
  private final ImageInput file;
  private final List<Range> ranges;
  private final long length;
  private boolean passedEnd;

  /**
   * Bytes of a file.
   *
   * @param from place of the first
   * @param to place behind the last
   */
  record Range(long from, long to) {
    long length() {
      return to - from;
    }
  }

  SplicedInput(byte[] head, ImageInput file, List<Range> ranges) {
    this.head = head;
    this.file = file;
    this.ranges = ranges;
    length = head.length + ranges.stream().mapToLong(Range::length).sum();
  }

  /** Whether somebody wanted a byte behind the last one. */
  final boolean passedEnd() {
    return passedEnd;
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /** Reads as many bytes as there are: Java takes fewer for the end of the file. */
  @Override
  public int read(byte[] target, int offset, int wanted) throws IOException {
    checkClosed();
    bitOffset = 0;
    int count = 0;
    for (int more = 0; count < wanted && more >= 0; ) {
      more =
          streamPos < head.length
              ? ofHead(target, offset + count, wanted - count)
              : ofFile(target, offset + count, wanted - count);
      count += Math.max(0, more);
      streamPos += Math.max(0, more);
    }
    passedEnd |= count == 0 && wanted > 0;
    return count == 0 && wanted > 0 ? -1 : count;
  }

  private int ofHead(byte[] target, int offset, int wanted) {
    int count = Math.min(wanted, head.length - (int) streamPos);
    System.arraycopy(head, (int) streamPos, target, offset, count);
    return count;
  }

  private int ofFile(byte[] target, int offset, int wanted) throws IOException {
    long place = streamPos - head.length;
    for (Range range : ranges) {
      if (place < range.length()) {
        file.seek(range.from() + place);
        return file.read(target, offset, (int) Math.min(wanted, range.length() - place));
      }
      place -= range.length();
    }
    return -1;
  }

  @Override
  public final long length() {
    return length;
  }
}
