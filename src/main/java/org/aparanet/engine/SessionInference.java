package org.aparanet.engine;

import org.aparanet.data.ImageSet;
import org.aparanet.model.Network;

/** Inference by a session, one call at a time. */
final class SessionInference implements Inference {
  private final Session session;
  private final float[] parameters;
  private final byte[] staged; // [batch, image]
  private final int[] indices; // of the staged images in the session
  private final float[] outputs; // [batch, classes]
  private boolean closed;

  /**
   * @param session is closed with this
   */
  SessionInference(Session session, float[] parameters) {
    this.session = session;
    this.parameters = parameters.clone();
    Network network = session.network();
    int batch = session.batch();
    staged = new byte[Math.multiplyExact(batch, network.input().size())];
    outputs = new float[Math.multiplyExact(batch, network.classes())];
    session.setParameters(this.parameters);
    int first =
        session.stage(
            new ImageSet("images to classify", network.input(), staged, new byte[batch], 1));
    indices = new int[batch];
    for (int i = 0; i < batch; i++) {
      indices[i] = first + i;
    }
  }

  @Override
  public Device device() {
    return session.device();
  }

  @Override
  public Network network() {
    return session.network();
  }

  @Override
  public synchronized void infer(byte[] pixels, int count, float[] logits) {
    if (closed) {
      throw new IllegalStateException("the inference is closed");
    }
    InferenceArguments.require(network(), pixels, count, logits);
    int size = network().input().size();
    int classes = network().classes();
    for (int from = 0; from < count; from += session.batch()) {
      int images = Math.min(session.batch(), count - from);
      System.arraycopy(pixels, from * size, staged, 0, images * size);
      run(images);
      System.arraycopy(outputs, 0, logits, from * classes, images * classes);
    }
  }

  /** Where the device has lost the parameters, it gets them once more. */
  private void run(int images) {
    try {
      session.infer(indices, 0, images, outputs);
    } catch (StateLostException e) {
      session.setParameters(parameters);
      session.infer(indices, 0, images, outputs);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      session.close();
    }
  }
}
