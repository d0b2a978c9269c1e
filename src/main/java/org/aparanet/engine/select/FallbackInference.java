package org.aparanet.engine.select;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Inference;
import org.aparanet.model.Network;

/** Inference that goes on elsewhere when its device fails. */
final class FallbackInference implements Inference {
  private final Inference first;
  private final Supplier<Inference> next;
  private final Consumer<String> notes;
  private volatile Inference current;
  private boolean fallen; // guarded by this
  private boolean closed; // guarded by this

  /**
   * @param first on the device that may fail
   * @param next opens the one to go on with
   * @param notes told why, in a sentence
   */
  FallbackInference(Inference first, Supplier<Inference> next, Consumer<String> notes) {
    this.first = first;
    current = first;
    this.next = next;
    this.notes = notes;
  }

  @Override
  public Device device() {
    return current.device();
  }

  @Override
  public Network network() {
    return current.network();
  }

  @Override
  public void infer(byte[] pixels, int count, float[] logits) {
    Inference used = current;
    try {
      used.infer(pixels, count, logits);
      requireFinite(used, count, logits);
    } catch (EngineException e) {
      fallBack(used, e).infer(pixels, count, logits);
    } catch (IllegalStateException e) { // another thread has closed it after a failure
      if (used == current) {
        throw e;
      }
      current.infer(pixels, count, logits);
    }
  }

  /** A device may compute wrongly; if it is the parameters' fault, the next one gives the same. */
  private void requireFinite(Inference used, int count, float[] logits) {
    if (used != first) {
      return;
    }
    for (int i = 0; i < count * used.network().classes(); i++) {
      if (!Float.isFinite(logits[i])) {
        throw new EngineException(used.device() + " gives an output that is not finite");
      }
    }
  }

  /** The one to go on with, which the first thread that sees the failure opens. */
  private Inference fallBack(Inference failed, EngineException failure) {
    synchronized (this) {
      if (closed || fallen && failed == current) {
        throw failure;
      }
      if (fallen) {
        return current;
      }
      fallen = true;
      current = next.get();
    }
    try {
      failed.close();
    } catch (RuntimeException e) { // it is of no use any more
      failure.addSuppressed(e);
    }
    notes.accept(failure.getMessage() + "; using the Java engine");
    return current;
  }

  @Override
  public synchronized void close() {
    closed = true;
    current.close();
  }
}
