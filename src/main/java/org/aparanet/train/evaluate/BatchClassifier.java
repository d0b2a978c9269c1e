package org.aparanet.train.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StagedBatch;

/**
 * Classification of any number of images, batch by batch, in the memory of one batch: each batch
 * takes the places of the one before.
 */
public final class BatchClassifier {
  private final Session session;
  private final StagedBatch staged;
  private final float[] logits;

  /**
   * Makes places for a batch in the session, which can have no others of that kind.
   *
   * @param session that classifies; it stays the caller's to close
   * @throws EngineException if the session cannot take them
   */
  public BatchClassifier(Session session) {
    this.session = session;
    staged = new StagedBatch(session);
    logits = new float[Math.multiplyExact(session.batch(), session.network().classes())];
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
    int size = session.network().input().size();
    for (int i = 0; i < count; i++) {
      images.get(i).copy(0, staged.pixels(), i * size);
    }
    staged.infer(count, logits);
    Outputs.requireFinite(session, logits, count, row -> images.get(row).name());
    List<Prediction> predictions = new ArrayList<>(count);
    for (int row = 0; row < count; row++) {
      predictions.add(Outputs.prediction(logits, row, session.network().classes()));
    }
    return predictions;
  }
}
