package org.aparanet.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

class RequestImagesTest {
  private static final Shape DIGIT = new Shape(1, 28, 28);

  /** A bar of 40 x 160 pixels fits 20 x 20 as one of 5 x 20, whatever the picture's own shape. */
  @Test
  void aDrawingKeepsItsAspectRatio() throws IOException {
    for (int width : new int[] {40, 160, 640}) {
      BufferedImage picture = new BufferedImage(width, 160, BufferedImage.TYPE_BYTE_GRAY);
      Graphics2D graphics = picture.createGraphics();
      graphics.setColor(Color.WHITE);
      graphics.fillRect((width - 40) / 2, 0, 40, 160);
      graphics.dispose();
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(picture, "png", png);

      Request request = new Request("", "drawing=1", "image/png", png.toByteArray());
      Query query = new Query("drawing=1", RequestImages.PARAMETERS);
      byte[] pixels = RequestImages.read(request, query, DIGIT).set().pixels();

      int columns = 0;
      for (int x = 0; x < 28; x++) {
        columns += (pixels[14 * 28 + x] & 0xFF) > 127 ? 1 : 0;
      }
      int rows = 0;
      for (int y = 0; y < 28; y++) {
        rows += (pixels[y * 28 + 14] & 0xFF) > 127 ? 1 : 0;
      }
      assertEquals("20 rows, 5 columns", rows + " rows, " + columns + " columns", "" + width);
    }
  }
}
