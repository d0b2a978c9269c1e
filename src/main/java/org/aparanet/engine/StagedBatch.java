package org.aparanet.engine;

import org.aparanet.data.ImageSet;
import org.aparanet.model.Shape;

/**
 * Places for a batch of images in a session, which each batch takes anew: so any number of images
 * is classified in the memory of one batch.
 */
public final class StagedBatch {
  private final Session session;
  private final byte[] pixels; // [batch, C, H, W]
  private final int[] indices; // of the places in the session

  /**
   * Makes the places; a session can have no others of that kind.
   *
   * @param session that classifies; it stays the caller's to close
   * @throws EngineException if the session cannot take them
   */
  public StagedBatch(Session session) {
    this.session = session;
    Shape shape = session.network().input();
    pixels = new byte[Math.multiplyExact(session.batch(), shape.size())];
    indices = new int[session.batch()];
    int first = session.stage(new ImageSet("a batch", shape, pixels, new byte[indices.length], 1));
    for (int i = 0; i < indices.length; i++) {
      indices[i] = first + i;
    }
  }

  /** {@return the images' unsigned bytes [batch, C, H, W], to be written before {@link #infer}} */
  public byte[] pixels() {
    return pixels;
  }

  /**
   * Runs the network forward on the first images.
   *
   * @param count number of images, 1 to the session's batch
   * @param logits receives the outputs [count, classes]
   * @throws EngineException if the device fails
   */
  public void infer(int count, float[] logits) {
    session.infer(indices, 0, count, logits);
  }
}
