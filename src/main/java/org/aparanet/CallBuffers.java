package org.aparanet;

import java.util.ArrayDeque;
import java.util.Deque;
import org.aparanet.model.Network;

/** Arrays that calls borrow, so that a call allocates none. */
final class CallBuffers {
  private final Network network;
  private final int images;
  private final int most;
  private final Deque<Buffer> idle = new ArrayDeque<>(); // guarded by itself

  /**
   * @param images that a buffer has room for
   * @param most buffers that are kept while nobody uses them
   */
  CallBuffers(Network network, int images, int most) {
    this.network = network;
    this.images = images;
    this.most = most;
  }

  /**
   * Room for a call.
   *
   * @param pixels [images, C, H, W]
   * @param logits [images, classes]
   */
  record Buffer(byte[] pixels, float[] logits) {}

  Buffer take() {
    synchronized (idle) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    return new Buffer(
        new byte[Math.multiplyExact(images, network.input().size())],
        new float[Math.multiplyExact(images, network.classes())]);
  }

  void giveBack(Buffer buffer) {
    synchronized (idle) {
      if (idle.size() < most) {
        idle.push(buffer);
      }
    }
  }
}
