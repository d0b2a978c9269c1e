package org.aparanet.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * The orientation among the EXIF data of a picture, which has the structure of a TIFF file: a tag
 * of the first directory. Nothing else of it is read, so that what cameras do wrong elsewhere in it
 * (makers' notes, thumbnails, wrong lengths) does not matter.
 */
final class ExifOrientation {
  private static final int TAG = 0x0112;
  private static final int ENTRY = 12;

  private ExifOrientation() {}

  /**
   * @param in whose byte order is as before afterwards, and its position is another
   * @param start where the TIFF structure begins
   * @return upright if there is no orientation, or none that can be made out
   */
  static Orientation read(ImageInputStream in, long start) throws IOException {
    ByteOrder order = in.getByteOrder();
    try {
      return Orientation.of(number(in, start));
    } catch (EOFException e) {
      return Orientation.UPRIGHT;
    } finally {
      in.setByteOrder(order);
    }
  }

  private static long number(ImageInputStream in, long start) throws IOException {
    in.seek(start);
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    int mark = in.readUnsignedShort();
    if (mark != 0x4949 && mark != 0x4D4D) { // "II" and "MM"
      return 0;
    }
    in.setByteOrder(mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    if (in.readUnsignedShort() != 42) {
      return 0;
    }
    long directory = start + in.readUnsignedInt();
    in.seek(directory);
    int entries = in.readUnsignedShort();
    for (int i = 0; i < entries; i++) {
      in.seek(directory + 2 + (long) i * ENTRY);
      if (in.readUnsignedShort() == TAG) {
        return value(in);
      }
    }
    return 0;
  }

  private static long value(ImageInputStream in) throws IOException {
    int type = in.readUnsignedShort();
    if (in.readUnsignedInt() < 1) {
      return 0;
    }
    return switch (type) {
      case 1 -> in.readUnsignedByte();
      case 3 -> in.readUnsignedShort();
      case 4 -> in.readUnsignedInt();
      default -> 0;
    };
  }
}
