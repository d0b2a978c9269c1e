package org.aparanet.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.FileName;
import org.aparanet.data.format.InputFile;
import org.aparanet.data.format.Printable;
import org.aparanet.data.format.WrongFileException;
import org.aparanet.data.image.ImageFormat;
import org.aparanet.data.image.ImageInput;
import org.aparanet.data.image.PictureFile;
import org.aparanet.file.IoReason;
import org.aparanet.model.Shape;

/** Reads PNG, JPEG, GIF, BMP, TIFF and WebP files for a network, as a viewer shows them. */
public final class ImageFile {
  /** Of names of pictures, whether they can be read here or not. */
  private static final Set<String> ENDINGS =
      Set.of(
          "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "avif", "heic", "heif", "svg");

  private static final int MEGAPIXEL = 1_000_000;
  private static final int MOST_MEGAPIXELS = 100;
  private static final int LONGEST_SIDE = 65_535; // as JPEG has it

  /** However many threads read: no more is decoded at a time than the largest image has. */
  private static final Semaphore MEGAPIXELS = new Semaphore(MOST_MEGAPIXELS, true);

  private ImageFile() {}

  /**
   * Reads one image, as grey for a network of one channel or as red, green and blue for three, and
   * stretches it to the network's size: averaged by area where it shrinks, bilinear where it grows.
   * It is turned as its EXIF orientation says; of an animation or of several pages the first
   * picture is taken, at its place on the whole canvas; transparent parts become white; colour
   * profiles are not applied.
   *
   * @param file PNG, JPEG, GIF, BMP, TIFF or WebP
   * @param shape what the network takes; 1 or 3 channels
   * @param invert whether to swap dark and light, as for ink on paper and a network that learned
   *     from MNIST, where digits are light on dark
   * @return a set of one image; its class is not known and its label is 0
   * @throws DataException if the file is no such image, is damaged or cut off, or has more than 100
   *     megapixels or a side of more than 65,535; or if it cannot be read, which is no fault of its
   *     own
   */
  public static ImageSet read(Path file, Shape shape, boolean invert) {
    requireChannels(file, shape);
    return set(
        name(file),
        opened(file, (name, picture) -> pixels(name, picture, (height, width) -> shape)),
        invert);
  }

  /**
   * Reads one image as {@link #read(Path, Shape, boolean)} does, of a file's bytes.
   *
   * @param name of the image, for messages
   * @param file what such a file has in it; not changed
   * @param shape what the network takes; 1 or 3 channels
   * @param invert whether to swap dark and light
   * @return a set of one image; its class is not known and its label is 0
   * @throws DataException as for a file: a {@link WrongFileException} where the bytes are to blame
   */
  public static ImageSet read(String name, byte[] file, Shape shape, boolean invert) {
    requireChannels(name, shape);
    return read(name, file, (height, width) -> shape, invert);
  }

  /**
   * Reads one image of a file's bytes as grey, with its aspect ratio.
   *
   * @param name of the image, for messages
   * @param file what such a file has in it; not changed
   * @param longest its longer side gets so many pixels
   * @param invert whether to swap dark and light
   * @return a set of one image; its class is not known and its label is 0
   * @throws DataException as for a file: a {@link WrongFileException} where the bytes are to blame
   */
  public static ImageSet readGrey(String name, byte[] file, int longest, boolean invert) {
    return read(
        name,
        file,
        (height, width) -> {
          double scale = (double) longest / Math.max(height, width);
          return new Shape(
              1,
              (int) Math.max(1, Math.round(height * scale)),
              (int) Math.max(1, Math.round(width * scale)));
        },
        invert);
  }

  private static ImageSet read(String name, byte[] file, Sizing sizing, boolean invert) {
    try (ImageInput in = new ImageInput(file)) {
      return set(name, opened(name, in, (n, picture) -> pixels(n, picture, sizing)), invert);
    } catch (IOException e) {
      throw new DataException(name + " cannot be read: " + IoReason.of(e), e);
    }
  }

  /** Height and width in which an image is shown, in pixels. */
  record Size(int height, int width) {
    int longer() {
      return Math.max(height, width);
    }

    int shorter() {
      return Math.min(height, width);
    }
  }

  /**
   * The size of an image file, as its header has it.
   *
   * @return empty if the file is no such image, or too large
   * @throws DataException if it cannot be read, which is no fault of its own
   */
  static Optional<Size> size(Path file) {
    try {
      return Optional.of(
          opened(
              file,
              (name, picture) -> {
                megapixels(name, picture);
                return new Size(picture.height(), picture.width());
              }));
    } catch (WrongFileException e) {
      return Optional.empty();
    }
  }

  /** What is taken from an opened file. */
  @FunctionalInterface
  private interface Taking<T> {
    T from(String name, PictureFile picture) throws IOException;
  }

  /** The shape that an image gets, by its own height and width, which may be beyond any shape's. */
  @FunctionalInterface
  private interface Sizing {
    Shape of(int height, int width);
  }

  /** An image that was read. */
  private record Resized(Shape shape, byte[] pixels) {}

  private static ImageSet set(String name, Resized image, boolean invert) {
    byte[] pixels = image.pixels();
    if (invert) {
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) ~pixels[i];
      }
    }
    return new ImageSet(name, image.shape(), pixels, new byte[1], 1);
  }

  /**
   * {@return whether a file is somebody's picture, of a format that is read here or another one, as
   * its first bytes or its name say; also true if that cannot be told}
   *
   * @param file which is there
   */
  public static boolean isImage(Path file) {
    String name = FileName.of(file).toLowerCase(Locale.ROOT);
    if (ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))) {
      return true;
    }
    try (ImageInput in = new ImageInput(file)) {
      return ImageFormat.of(in).isPresent();
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Makes sure that a network can be shown image files at all.
   *
   * @param path a file, or a folder of files
   * @param shape what the network takes
   * @throws DataException if it takes other than 1 or 3 channels
   */
  public static void requireChannels(Path path, Shape shape) {
    requireChannels(name(path), shape);
  }

  private static void requireChannels(String name, Shape shape) {
    if (!ImageScaling.suits(shape)) {
      throw new DataException(
          name
              + " cannot be shown to a network that takes "
              + shape.channels()
              + " channels; image files give 1 or 3");
    }
  }

  private static String name(Path file) {
    return Printable.of(file.toString());
  }

  private static <T> T opened(Path file, Taking<T> taking) {
    InputFile.requireReadable(file);
    try (ImageInput in = new ImageInput(file)) {
      return opened(name(file), in, taking);
    } catch (IOException e) {
      throw new DataException(name(file) + " cannot be read: " + IoReason.of(e), e);
    }
  }

  private static <T> T opened(String name, ImageInput in, Taking<T> taking) throws IOException {
    try {
      ImageFormat format =
          ImageFormat.of(in)
              .orElseThrow(
                  () ->
                      new WrongFileException(
                          name
                              + " is not an image; allowed are PNG, JPEG, GIF, BMP, TIFF and"
                              + " WebP"));
      try (PictureFile picture = PictureFile.open(format, in)) {
        return taking.from(name, picture);
      }
    } catch (DataException e) {
      requireInnocent(in);
      throw e;
    } catch (IOException | RuntimeException e) { // decoders fail in many ways on damaged files
      requireInnocent(in);
      boolean silent =
          e instanceof RuntimeException
              || e.getMessage() == null
              || e.getMessage().strip().endsWith(":"); // and then the exception that it wraps
      throw new WrongFileException(
          name
              + " cannot be read as an image: "
              + (silent ? PictureFile.DAMAGED : Printable.of(e.getMessage())),
          e);
    }
  }

  /** A decoder also wraps what is not the image's fault, such as a disk that fails. */
  private static void requireInnocent(ImageInput in) throws IOException {
    if (in.failure().isPresent()) {
      throw in.failure().get();
    }
  }

  /** Size that the file's header announces, in megapixels, rounded up. */
  private static int megapixels(String name, PictureFile picture) {
    int width = picture.width();
    int height = picture.height();
    long pixels = (long) width * height;
    if (pixels > (long) MOST_MEGAPIXELS * MEGAPIXEL) {
      throw new WrongFileException(
          "%s has %d x %d pixels; at most %d megapixels are allowed"
              .formatted(name, width, height, MOST_MEGAPIXELS));
    }
    if (Math.max(width, height) > LONGEST_SIDE) {
      throw new WrongFileException(
          "%s has %d x %d pixels; a side may have at most %d"
              .formatted(name, width, height, LONGEST_SIDE));
    }
    return (int) (pixels / MEGAPIXEL) + (pixels % MEGAPIXEL == 0 ? 0 : 1);
  }

  private static Resized pixels(String name, PictureFile picture, Sizing sizing)
      throws IOException {
    int megapixels = megapixels(name, picture);
    Shape shape = sizing.of(picture.height(), picture.width());
    MEGAPIXELS.acquireUninterruptibly(megapixels);
    try {
      Shape stored = picture.orientation().stored(shape);
      byte[] pixels = ImageScaling.pixels(decode(picture), stored);
      return new Resized(shape, picture.orientation().turn(pixels, shape));
    } catch (OutOfMemoryError e) {
      throw new DataException(
          "%s has %d x %d pixels, for which Java's heap of %d MiB is too small; give it more, with -Xmx in the environment variable APARANET_JAVA_OPTIONS or after java"
              .formatted(
                  name, picture.width(), picture.height(), Runtime.getRuntime().maxMemory() >> 20),
          e);
    } finally {
      MEGAPIXELS.release(megapixels);
    }
  }

  /** Decoders wrap a lack of memory, too. */
  private static BufferedImage decode(PictureFile picture) throws IOException {
    try {
      return picture.decode();
    } catch (IOException | RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof OutOfMemoryError full) {
          throw full;
        }
      }
      throw e;
    }
  }
}
