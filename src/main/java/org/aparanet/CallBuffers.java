package org.aparanet;

import java.util.ArrayDeque;
import java.util.Deque;
import org.aparanet.model.Network;

/** Arrays that calls borrow, so that a call mostly allocates none. */
final class CallBuffers {
  private final Network network;
  private final int most;
  private final Deque<Buffer> idle = new ArrayDeque<>(); // guarded by itself

  /**
   * @param most buffers that are kept while nobody uses them
   */
  CallBuffers(Network network, int most) {
    this.network = network;
    this.most = most;
  }

  /**
   * Room for a call.
   *
   * @param images for which there is room
   * @param pixels [images, C, H, W]
   * @param logits [images, classes]
   */
  record Buffer(int images, byte[] pixels, float[] logits) {}

  /** A buffer for at least so many images. */
  Buffer take(int images) {
    synchronized (idle) {
      Buffer buffer = idle.poll();
      if (buffer != null && buffer.images >= images) {
        return buffer;
      }
    }
    return new Buffer(
        images,
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
