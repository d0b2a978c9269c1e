package org.aparanet.data.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOException;
import org.aparanet.data.image.SplicedInput.Range;

/**
 * The first picture of a WebP file, without anything around it, for a decoder that would apply a
 * colour profile, knows no place on a canvas, and takes the size of the data's own header on trust.
 */
final class WebP {
  private static final int HEADER = 12; // "RIFF", length, "WEBP"
  private static final int BEFORE = 8; // type and length of a chunk
  private static final int FRAME = 16; // numbers before the chunks of an animation's picture
  private static final int LOSSY = code("VP8 ");
  private static final int LOSSLESS = code("VP8L");
  private static final int EXTENDED = code("VP8X");
  private static final int ALPHA = code("ALPH");
  private static final int ANIMATED = code("ANMF");
  private static final int EXIF = code("EXIF");
  private static final int HAS_ALPHA = 0x10;

  private final ImageInput in;
  private Canvas canvas;
  private int width;
  private int height;
  private boolean framed;
  private Chunk alpha;
  private Chunk picture;
  private Orientation orientation = Orientation.UPRIGHT;

  /** A part of the file, by its place, without type and length. */
  private record Chunk(int type, long start, long length) {
    Range range() {
      return new Range(start - BEFORE, start + length + (length & 1));
    }
  }

  /**
   * What a WebP file holds.
   *
   * @param pixels a file of its first picture alone
   */
  record Parts(SplicedInput pixels, Canvas canvas, Orientation orientation) {}

  private WebP(ImageInput in) {
    this.in = in;
  }

  /**
   * @throws IOException if the file is damaged or cut off
   */
  static Parts of(ImageInput in) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    WebP webP = new WebP(in);
    in.seek(4);
    long end = BEFORE + in.readUnsignedInt();
    if (in.length() >= 0 && end > in.length()) {
      throw new IIOException(PictureFile.DAMAGED);
    }
    webP.readChunks(HEADER, end);
    return webP.parts();
  }

  private static int code(String type) {
    return ByteBuffer.wrap(type.getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt();
  }

  private void readChunks(long from, long end) throws IOException {
    for (long at = from; at + BEFORE <= end; ) {
      in.seek(at);
      Chunk chunk = new Chunk(in.readInt(), at + BEFORE, in.readUnsignedInt());
      if (chunk.start() + chunk.length() > end) {
        throw new IIOException(PictureFile.DAMAGED);
      }
      read(chunk);
      at = chunk.range().to();
    }
  }

  private void read(Chunk chunk) throws IOException {
    int type = chunk.type();
    if (type == EXTENDED && canvas == null) {
      in.skipBytes(4); // flags, which the chunks themselves tell
      canvas = Canvas.of(1 + read24(), 1 + read24());
      width = canvas.width();
      height = canvas.height();
    } else if (type == ANIMATED && canvas != null && picture == null && !framed) {
      framed = true;
      int x = 2 * read24();
      int y = 2 * read24();
      width = 1 + read24();
      height = 1 + read24();
      canvas = new Canvas(canvas.width(), canvas.height(), x, y);
      readChunks(chunk.start() + FRAME, chunk.start() + chunk.length());
    } else if (type == ALPHA && picture == null) {
      alpha = chunk;
    } else if ((type == LOSSY || type == LOSSLESS) && picture == null) {
      picture = chunk;
    } else if (type == EXIF) {
      orientation = exif(chunk);
    }
  }

  private int read24() throws IOException {
    return in.readUnsignedShort() | in.readUnsignedByte() << 16;
  }

  /** Some programs put before it what stands before it in a JPEG. */
  private Orientation exif(Chunk chunk) throws IOException {
    boolean marked = chunk.length() >= 6 && in.readInt() == code("Exif");
    return ExifOrientation.read(in, chunk.start() + (marked ? 6 : 0));
  }

  private Parts parts() throws IOException {
    if (picture == null) {
      throw new IIOException(PictureFile.DAMAGED);
    }
    requireSize();
    if (picture.type() == LOSSLESS || alpha == null) {
      return new Parts(
          new SplicedInput(head(picture.range().length()), in, List.of(picture.range())),
          canvas,
          orientation);
    }
    in.seek(alpha.start());
    if ((in.readUnsignedByte() & 3) != 1) {
      throw new IIOException("it is a WebP with uncompressed transparency, which is not read");
    }
    List<Range> ranges = new ArrayList<>(List.of(alpha.range(), picture.range()));
    long length = BEFORE + 10 + alpha.range().length() + picture.range().length();
    byte[] head =
        ByteBuffer.allocate(HEADER + BEFORE + 10)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(head(length))
            .putInt(EXTENDED)
            .putInt(10)
            .putInt(HAS_ALPHA)
            .putShort((short) (width - 1))
            .put((byte) (width - 1 >> 16))
            .putShort((short) (height - 1))
            .put((byte) (height - 1 >> 16))
            .array();
    return new Parts(new SplicedInput(head, in, ranges), canvas, orientation);
  }

  private static byte[] head(long length) {
    return ByteBuffer.allocate(HEADER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(code("RIFF"))
        .putInt((int) (length + 4))
        .putInt(code("WEBP"))
        .array();
  }

  /** The picture's own header must not announce another size than the file's. */
  private void requireSize() throws IOException {
    in.seek(picture.start() + (picture.type() == LOSSY ? 6 : 1));
    int bits = in.readInt();
    boolean lossy = picture.type() == LOSSY;
    int ownWidth = lossy ? bits & 0x3FFF : 1 + (bits & 0x3FFF);
    int ownHeight = lossy ? bits >> 16 & 0x3FFF : 1 + (bits >> 14 & 0x3FFF);
    if (canvas == null) {
      canvas = Canvas.of(ownWidth, ownHeight);
    } else if (ownWidth != width
        || ownHeight != height
        || canvas.x() + width > canvas.width()
        || canvas.y() + height > canvas.height()) {
      throw new IIOException(PictureFile.DAMAGED);
    }
  }
}
