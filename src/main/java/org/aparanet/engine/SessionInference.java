package org.aparanet.engine;

import java.util.function.Supplier;
import org.aparanet.model.Network;

/**
 * Inference by a session, one call at a time. The session is opened, used and closed by one thread
 * of its own: drivers' libraries keep things for each thread that uses them, and a program may have
 * any number.
 */
final class SessionInference implements Inference {
  private final OneThread thread = new OneThread("aparanet-inference");
  private final float[] parameters;
  private Session session; // these are the thread's
  private StagedBatch staged;
  private float[] outputs; // [batch, classes]
  private final Device device;
  private final Network network;

  /**
   * @param opening opens the session, which is closed with this
   * @param parameters copied
   * @throws EngineException if the session cannot be opened
   */
  SessionInference(Supplier<Session> opening, float[] parameters) {
    this.parameters = parameters.clone();
    try {
      thread.run(() -> open(opening));
    } catch (RuntimeException | Error e) {
      thread.close();
      throw e;
    }
    device = session.device();
    network = session.network();
  }

  private void open(Supplier<Session> opening) {
    session = opening.get();
    try {
      outputs = new float[Math.multiplyExact(session.batch(), session.network().classes())];
      session.setParameters(parameters);
      staged = new StagedBatch(session);
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public void infer(byte[] pixels, int count, float[] logits) {
    if (thread.isClosed()) {
      throw new IllegalStateException("the inference is closed");
    }
    InferenceArguments.require(network, pixels, count, logits);
    thread.run(() -> run(pixels, count, logits));
  }

  private void run(byte[] pixels, int count, float[] logits) {
    int size = network.input().size();
    int classes = network.classes();
    for (int from = 0; from < count; from += session.batch()) {
      int images = Math.min(session.batch(), count - from);
      System.arraycopy(pixels, from * size, staged.pixels(), 0, images * size);
      run(images);
      System.arraycopy(outputs, 0, logits, from * classes, images * classes);
    }
  }

  /** Where the device has lost the parameters, it gets them once more. */
  private void run(int images) {
    try {
      staged.infer(images, outputs);
    } catch (StateLostException e) {
      session.setParameters(parameters);
      staged.infer(images, outputs);
    }
  }

  @Override
  public synchronized void close() {
    if (!thread.isClosed()) {
      try {
        thread.run(session::close);
      } finally {
        thread.close();
      }
    }
  }
}
