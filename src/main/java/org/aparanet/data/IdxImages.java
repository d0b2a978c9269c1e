package org.aparanet.data;

import java.io.IOException;
import org.aparanet.data.format.IdxFile;
import org.aparanet.data.format.Transposition;
import org.aparanet.data.store.PixelSink;
import org.aparanet.model.Shape;

/** Values of an IDX file, put together to images. */
final class IdxImages implements IdxFile.Values {
  private final Shape shape;
  private final boolean transposed;
  private final PixelSink sink;
  private final byte[] image; // as it stands in the file
  private final byte[] upright;
  private int filled;

  /**
   * @param shape of one image
   * @param transposed whether images stand column by column in the file
   * @param sink takes an image at a time
   */
  IdxImages(Shape shape, boolean transposed, PixelSink sink) {
    this.shape = shape;
    this.transposed = transposed;
    this.sink = sink;
    image = new byte[shape.size()];
    upright = transposed ? new byte[shape.size()] : image;
  }

  @Override
  public void take(byte[] portion, int count) throws IOException {
    for (int from = 0; from < count; ) {
      int part = Math.min(count - from, image.length - filled);
      System.arraycopy(portion, from, image, filled, part);
      from += part;
      filled += part;
      if (filled == image.length) {
        if (transposed) {
          Transposition.of(image, upright, 0, shape.width(), shape.height());
        }
        sink.write(upright, 0, upright.length);
        filled = 0;
      }
    }
  }
}
