package org.aparanet.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/** The orientation of a PNG: its chunk eXIf, which stands before or behind the picture's data. */
final class Png {
  private static final int SIGNATURE = 8;
  private static final int AROUND = 12; // length, type and checksum of a chunk
  private static final int EXIF = 0x65584966;
  private static final int END = 0x49454E44;

  private Png() {}

  /**
   * @param in whose byte order and position are others afterwards
   */
  static Orientation orientation(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    try {
      long at = SIGNATURE;
      while (true) {
        in.seek(at);
        long length = in.readUnsignedInt();
        int type = in.readInt();
        if (type == EXIF) {
          return ExifOrientation.read(in, at + 8);
        }
        if (type == END) {
          return Orientation.UPRIGHT;
        }
        at += length + AROUND;
      }
    } catch (EOFException e) { // whether the picture is all there, its decoder finds out
      return Orientation.UPRIGHT;
    }
  }
}
