package org.aparanet.serve;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.aparanet.data.ImageScaling;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Shape;

/** {@code GET /images/N}: a test image as a PNG, and its label. */
final class ImagesRoute implements Route {
  private final ServedModel served;

  ImagesRoute(ServedModel served) {
    this.served = served;
  }

  @Override
  public Answer answer(Request request) throws IOException {
    new Query(request.query(), Set.of());
    Optional<ImageSet> images = served.images();
    if (images.isEmpty()) {
      throw new RequestException(404, "there is no data set here; serve takes one with --data");
    }
    ImageSet set = images.get();
    if (!ImageScaling.suits(set.shape())) {
      throw new RequestException(
          404, "images of " + set.shape() + " are no pictures: those have 1 or 3 channels");
    }
    int number = number(request.rest(), set);
    JsonObject json = new JsonObject();
    json.addProperty("number", number);
    json.addProperty("count", set.count());
    json.addProperty("set", set.name());
    json.addProperty("label", set.label(number));
    json.addProperty("name", served.model().className(set.label(number)));
    json.addProperty("png", Base64.getEncoder().encodeToString(png(set, number)));
    return Answer.json(json.toString());
  }

  private static int number(String text, ImageSet set) {
    if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) < set.count()) {
      return Integer.parseInt(text);
    }
    throw new RequestException(
        404, set.name() + " has no such image; there are " + set.count() + ", counted from 0");
  }

  private static byte[] png(ImageSet set, int number) throws IOException {
    Shape shape = set.shape();
    BufferedImage image =
        new BufferedImage(
            shape.width(),
            shape.height(),
            shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    byte[] pixels = new byte[shape.size()];
    set.copy(number, pixels, 0);
    for (int i = 0; i < shape.plane(); i++) {
      for (int c = 0; c < shape.channels(); c++) {
        int value = pixels[c * shape.plane() + i] & 0xFF;
        image.getRaster().setSample(i % shape.width(), i / shape.width(), c, value);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    }
    return bytes.toByteArray();
  }
}
