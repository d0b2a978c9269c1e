package org.aparanet.serve;

import java.util.Set;
import org.aparanet.data.ImageFile;
import org.aparanet.data.ImageSet;
import org.aparanet.data.PixelBytes;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.WrongFileException;
import org.aparanet.model.Shape;

/**
 * The images of a request's body: a picture, or numbers as JSON.
 *
 * @param set of images in the network's shape; their labels do not matter
 * @param single whether the body had one image and no list of them
 */
record RequestImages(ImageSet set, boolean single) {
  private static final String NAME = "the picture";
  private static final Set<String> PICTURES =
      Set.of(
          "image/png",
          "image/jpeg",
          "image/gif",
          "image/bmp",
          "image/x-ms-bmp",
          "image/tiff",
          "image/webp",
          "image/*",
          "application/octet-stream");

  /** Parameters of the address that say what to make of a picture. */
  static final Set<String> PARAMETERS = Set.of("drawing", "invert");

  /**
   * Reads the body.
   *
   * @param query with {@code drawing=1}, the picture is light strokes on dark ground, and is
   *     prepared as digits of MNIST were; with {@code invert=1}, dark and light are swapped
   * @param shape what the network takes
   * @throws RequestException if it cannot be read
   */
  static RequestImages read(Request request, Query query, Shape shape) {
    String type = request.mediaType().orElse("application/octet-stream");
    if (type.equals("application/json")) {
      if (query.isOn("drawing") || query.isOn("invert")) {
        throw new RequestException(
            400, "the parameters drawing and invert are for pictures, not for numbers");
      }
      return numbers(PixelsJson.read(request.body(), shape), shape);
    }
    if (!PICTURES.contains(type)) {
      throw new RequestException(
          415,
          "the header Content-Type must be image/png, image/jpeg, image/gif, image/bmp,"
              + " image/tiff, image/webp, application/octet-stream or application/json");
    }
    try {
      return new RequestImages(picture(request.body(), query, shape), true);
    } catch (WrongFileException e) {
      throw new RequestException(400, e.getMessage(), e);
    } catch (DataException e) { // the network takes no pictures, or the heap is too small
      boolean memory = e.getCause() instanceof OutOfMemoryError;
      throw new RequestException(
          memory ? 503 : 400, memory ? "there is no memory for the picture" : e.getMessage(), e);
    }
  }

  private static ImageSet picture(byte[] body, Query query, Shape shape) {
    boolean invert = query.isOn("invert");
    if (!query.isOn("drawing")) {
      return ImageFile.read(NAME, body, shape, invert);
    }
    if (shape.channels() != 1) {
      throw new RequestException(
          400, "the network takes " + shape + "; only for one channel can be drawn");
    }
    ImageSet drawn = ImageFile.readGrey(NAME, body, Drawing.SIDE, invert);
    byte[] prepared = Drawing.prepare(drawn.pixels(), drawn.shape().width(), shape);
    return new ImageSet("the drawing", shape, prepared, new byte[1], 1);
  }

  private static RequestImages numbers(PixelsJson.Read read, Shape shape) {
    int count = read.images().size();
    byte[] pixels = new byte[count * shape.size()];
    for (int i = 0; i < count; i++) {
      PixelBytes.round(read.images().get(i), pixels, i * shape.size());
    }
    ImageSet set = new ImageSet("the request", shape, pixels, new byte[count], 1);
    return new RequestImages(set, read.single());
  }
}
