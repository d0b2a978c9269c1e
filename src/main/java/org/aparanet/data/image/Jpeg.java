package org.aparanet.data.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOException;

/**
 * The head of a JPEG file, sorted: tables and frame for the decoder, the orientation for us, and
 * nothing else. Left to itself, Java's decoder would apply some colour profiles and not others,
 * stop at a damaged one, and take YCbCr for RGB where a marker is missing; so it gets one marker of
 * ours instead, which says which colours libjpeg (and so Pillow and browsers) would find.
 */
final class Jpeg {
  private static final int MOST_BYTES = 1 << 20;
  private static final int APP1 = 0xE1;
  private static final int START_OF_SCAN = 0xDA;
  private static final int END = 0xD9;
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
  private static final byte[] JFIF_MARK = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADOBE_MARK = "Adobe".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] JFIF = {
    (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  /** It leaves three colours and four as they stand. */
  private static final byte[] ADOBE = {
    (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
  };

  private final ImageInput in;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private Orientation orientation;
  private boolean jfif;
  private int transform = -1; // of Adobe's marker
  private int[] components = {};

  private Jpeg(ImageInput in) {
    this.in = in;
  }

  /**
   * What a JPEG file holds.
   *
   * @param pixels the file for the decoder
   * @param orientation how the picture is to be turned
   * @param inks how its four colours are stored; null where there are not four
   */
  record Parts(JpegInput pixels, Orientation orientation, Inks.Stored inks) {}

  /**
   * @throws IOException if the head is damaged, or of a kind that is not read
   */
  static Parts of(ImageInput in) throws IOException {
    Jpeg jpeg = new Jpeg(in);
    long scan = jpeg.readHead();
    byte[] marker = jpeg.marker();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8});
    head.writeBytes(marker);
    head.writeBytes(jpeg.kept.toByteArray());
    return new Parts(
        new JpegInput(head.toByteArray(), in, scan),
        jpeg.orientation == null ? Orientation.UPRIGHT : jpeg.orientation,
        jpeg.components.length < 4
            ? null
            : jpeg.transform <= 0 ? Inks.Stored.INVERTED : Inks.Stored.INVERTED_YCC);
  }

  /** Reads all segments up to the first scan, and says where that begins. */
  private long readHead() throws IOException {
    long at = 2;
    while (true) {
      in.seek(at);
      int marker = nextMarker();
      long segment = in.getStreamPosition();
      if (marker == START_OF_SCAN) {
        return segment - 2;
      }
      if (marker == END) {
        throw new IIOException(PictureFile.DAMAGED);
      }
      if (marker == 0x01 || marker >= 0xD0 && marker <= 0xD7) { // they stand alone
        at = segment;
        continue;
      }
      int length = in.readUnsignedShort();
      if (length < 2) {
        throw new IIOException(PictureFile.DAMAGED);
      }
      read(marker, segment + 2, length - 2);
      at = segment + length;
    }
  }

  /** Any number of 0xFF stand before a marker, and decoders forgive what is between segments. */
  private int nextMarker() throws IOException {
    int value = in.readUnsignedByte();
    while (true) {
      while (value != 0xFF) {
        value = in.readUnsignedByte();
      }
      while (value == 0xFF) {
        value = in.readUnsignedByte();
      }
      if (value != 0) {
        return value;
      }
    }
  }

  private void read(int marker, long start, int length) throws IOException {
    if (marker >= 0xE0 && marker <= 0xEF || marker == 0xFE) {
      readApplication(marker, start, length);
      return;
    }
    if (kept.size() + length > MOST_BYTES) {
      throw new IIOException(PictureFile.DAMAGED);
    }
    byte[] content = new byte[length];
    in.seek(start);
    in.readFully(content);
    kept.writeBytes(
        new byte[] {(byte) 0xFF, (byte) marker, (byte) (length + 2 >> 8), (byte) (length + 2)});
    kept.writeBytes(content);
    if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
      readFrame(content);
    }
  }

  private void readFrame(byte[] content) throws IOException {
    int count = content.length < 6 ? 0 : content[5];
    if (content.length != 6 + 3 * count) {
      throw new IIOException(PictureFile.DAMAGED);
    }
    components = new int[count];
    for (int i = 0; i < count; i++) {
      components[i] = content[6 + 3 * i] & 0xFF;
    }
  }

  private void readApplication(int marker, long start, int length) throws IOException {
    byte[] first = new byte[Math.min(length, 12)];
    in.seek(start);
    in.readFully(first);
    if (marker == 0xE0) {
      jfif |= length >= 14 && Bytes.startsWith(first, JFIF_MARK);
    } else if (marker == APP1 && orientation == null && Bytes.startsWith(first, EXIF)) {
      orientation = ExifOrientation.read(in, start + EXIF.length);
    } else if (marker == 0xEE && length >= 12 && Bytes.startsWith(first, ADOBE_MARK)) {
      transform = first[11] & 0xFF;
    }
  }

  /** The marker that says what the components are, by the rules that libjpeg goes by. */
  private byte[] marker() throws IOException {
    return switch (components.length) {
      case 1 -> JFIF;
      case 3 -> isRgb() ? ADOBE : JFIF;
      case 4 -> ADOBE; // Java's decoder gives no other four colours than these, as they stand
      default ->
          throw new IIOException(
              "it is a JPEG of " + components.length + " colours; read are 1, 3 and 4");
    };
  }

  private boolean isRgb() {
    if (jfif) {
      return false;
    }
    return transform < 0
        ? components[0] == 'R' && components[1] == 'G' && components[2] == 'B'
        : transform == 0;
  }
}
