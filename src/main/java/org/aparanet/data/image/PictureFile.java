package org.aparanet.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A picture in a file, whose size is known before anything is decoded: the first one of an
 * animation, at its place on the whole canvas.
 */
public final class PictureFile implements Closeable {
  public static final String DAMAGED = "its data is damaged or cut off";

  private final ImageReader reader;
  private final ImageInputStream pixels;
  private final Canvas canvas;
  private final Orientation orientation;
  private final Inks.Stored inks;
  private String warning;

  private PictureFile(
      ImageReader reader,
      ImageInputStream pixels,
      Canvas canvas,
      Orientation orientation,
      Inks.Stored inks) {
    this.reader = reader;
    this.pixels = pixels;
    this.canvas = canvas;
    this.orientation = orientation;
    this.inks = inks;
  }

  /**
   * Reads the header.
   *
   * @param in used as long as the picture is open; not closed with it
   * @throws IOException if the header is damaged, or the file cannot be read
   */
  public static PictureFile open(ImageFormat format, ImageInput in) throws IOException {
    ImageReader reader = Decoders.of(format);
    try {
      return open(format, in, reader);
    } catch (IOException | RuntimeException e) {
      reader.dispose();
      throw e;
    }
  }

  private static PictureFile open(ImageFormat format, ImageInput in, ImageReader reader)
      throws IOException {
    switch (format) {
      case JPEG -> {
        Jpeg.Parts jpeg = Jpeg.of(in);
        reader.setInput(jpeg.pixels(), true, true);
        return new PictureFile(
            reader, jpeg.pixels(), size(reader), jpeg.orientation(), jpeg.inks());
      }
      case WEBP -> {
        WebP.Parts webP = WebP.of(in);
        reader.setInput(webP.pixels(), true, true);
        return new PictureFile(reader, webP.pixels(), webP.canvas(), webP.orientation(), null);
      }
      default -> {
        Canvas screen = format == ImageFormat.GIF ? Gif.canvas(in) : null;
        Orientation orientation = orientation(format, in);
        in.setByteOrder(ByteOrder.BIG_ENDIAN);
        in.seek(0);
        reader.setInput(in, true, true);
        return new PictureFile(
            reader, in, screen == null ? size(reader) : screen, orientation, null);
      }
    }
  }

  private static Orientation orientation(ImageFormat format, ImageInput in) throws IOException {
    return switch (format) {
      case PNG -> Png.orientation(in);
      case TIFF -> ExifOrientation.read(in, 0);
      default -> Orientation.UPRIGHT;
    };
  }

  private static Canvas size(ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if (width < 1 || height < 1) {
      throw new IIOException(DAMAGED);
    }
    return Canvas.of(width, height);
  }

  /** Width as it is shown. */
  public int width() {
    return orientation.swapsSides() ? canvas.height() : canvas.width();
  }

  /** Height as it is shown. */
  public int height() {
    return orientation.swapsSides() ? canvas.width() : canvas.height();
  }

  /** How what is decoded is to be turned. */
  public Orientation orientation() {
    return orientation;
  }

  /**
   * Decodes the picture, as it is stored: not turned.
   *
   * @throws IOException if it is damaged or cut off, or the file cannot be read
   */
  public BufferedImage decode() throws IOException {
    reader.addIIOReadWarningListener((source, text) -> warn(text));
    BufferedImage picture =
        inks == null ? reader.read(0) : Inks.rgb(reader.readRaster(0, null), inks);
    if (warning != null || pixels instanceof JpegInput jpeg && jpeg.passedEnd()) {
      throw new IIOException(DAMAGED);
    }
    requireWholeNumbers(picture);
    return canvas.show(picture);
  }

  /** Bytes too many between two parts of a JPEG are no damage; some cameras write them. */
  private void warn(String text) {
    if (!text.contains("extraneous bytes before marker")) {
      warning = text;
    }
  }

  private static void requireWholeNumbers(BufferedImage picture) throws IOException {
    int type = picture.getColorModel().getTransferType();
    if (picture.getColorModel() instanceof ComponentColorModel
        && type != DataBuffer.TYPE_BYTE
        && type != DataBuffer.TYPE_USHORT) {
      throw new IIOException("its pixels are no whole numbers of at most 16 bits");
    }
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
