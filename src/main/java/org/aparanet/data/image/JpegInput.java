package org.aparanet.data.image;

import java.io.IOException;
import java.util.List;
import javax.imageio.IIOException;

/**
 * A JPEG as its decoder is to see it. It may have as many scans as a progressive one has use for,
 * since a decoder goes over the whole picture for each, and a scan can be a few bytes.
 */
final class JpegInput extends SplicedInput {
  private static final int MOST_SCANS = 500;
  private static final byte MARKER = (byte) 0xFF;
  private static final byte START_OF_SCAN = (byte) 0xDA;

  private long seen;
  private byte last;
  private int scans;

  /**
   * @param head tables and frame, without what does not matter for the pixels
   * @param file the scans stand in
   * @param from where the first scan's header begins
   */
  JpegInput(byte[] head, ImageInput file, long from) {
    super(head, file, List.of(new Range(from, Math.max(from, file.length()))));
  }

  @Override
  public int read(byte[] target, int offset, int wanted) throws IOException {
    long at = getStreamPosition();
    int count = super.read(target, offset, wanted);
    for (int i = (int) Math.max(0, Math.min(Integer.MAX_VALUE, seen - at)); i < count; i++) {
      byte now = target[offset + i];
      if (now == START_OF_SCAN && last == MARKER && ++scans > MOST_SCANS) {
        throw new IIOException("it has more than " + MOST_SCANS + " scans");
      }
      last = now;
    }
    seen = Math.max(seen, at + Math.max(0, count));
    return count;
  }
}
