package org.aparanet.train.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.model.Shape;

/**
 * Classification of any number of images, batch by batch, in the memory of one batch: each batch
 * takes the places of the one before.
 */
public final class BatchClassifier {
  private final Session session;
  private final byte[] pixels; // [batch, channels, height, width]
  private final int imageSize;
  private final int[] indices;
  private final float[] logits;

  /**
   * Makes places for a batch in the session, which can have no others of that kind.
   *
   * @param session that classifies; it stays the caller's to close
   * @throws EngineException if the session cannot take them
   */
  public BatchClassifier(Session session) {
    this.session = session;
    int batch = session.batch();
    Shape shape = session.network().input();
    imageSize = shape.size();
    pixels = new byte[Math.multiplyExact(batch, imageSize)];
    indices = new int[batch];
    logits = new float[Math.multiplyExact(batch, session.network().classes())];
    int first = session.stage(new ImageSet("a batch", shape, pixels, new byte[batch], 1));
    for (int i = 0; i < batch; i++) {
      indices[i] = first + i;
    }
  }

  /**
   * Classifies images with the session's current parameters.
   *
   * @param images 1 to the session's batch, in sets of one image each, of the network's shape
   * @return their predictions, in order
   * @throws EngineException if the device fails, or an output is not finite
   */
  public List<Prediction> predictions(List<ImageSet> images) {
    int count = images.size();
    for (int i = 0; i < count; i++) {
      System.arraycopy(images.get(i).pixels(), 0, pixels, i * imageSize, imageSize);
    }
    session.infer(indices, 0, count, logits);
    Outputs.requireFinite(session, logits, count, row -> images.get(row).name());
    List<Prediction> predictions = new ArrayList<>(count);
    for (int row = 0; row < count; row++) {
      predictions.add(Outputs.prediction(logits, row, session.network().classes()));
    }
    return predictions;
  }
}
