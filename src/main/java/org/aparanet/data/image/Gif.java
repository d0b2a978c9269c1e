package org.aparanet.data.image;

import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.IIOException;
import javax.imageio.stream.ImageInputStream;

/**
 * The screen of a GIF and the place of its first picture on it, which Java's decoder leaves out.
 */
final class Gif {
  private static final int HEADER = 6;
  private static final int PICTURE = 0x2C;
  private static final int EXTENSION = 0x21;

  private Gif() {}

  /**
   * @param in whose byte order and position are others afterwards
   */
  static Canvas canvas(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(HEADER);
    int screenWidth = in.readUnsignedShort();
    int screenHeight = in.readUnsignedShort();
    int flags = in.readUnsignedByte();
    in.skipBytes(2 + ((flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1));
    skipExtensions(in);
    int x = in.readUnsignedShort();
    int y = in.readUnsignedShort();
    int width = in.readUnsignedShort();
    int height = in.readUnsignedShort();
    return new Canvas(Math.max(screenWidth, x + width), Math.max(screenHeight, y + height), x, y);
  }

  private static void skipExtensions(ImageInputStream in) throws IOException {
    int block = in.readUnsignedByte();
    while (block == EXTENSION) {
      in.readUnsignedByte(); // its kind
      for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
        in.seek(in.getStreamPosition() + length);
      }
      block = in.readUnsignedByte();
    }
    if (block != PICTURE) {
      throw new IIOException(PictureFile.DAMAGED);
    }
  }
}
