package org.aparanet.engine.cpu;

import java.util.concurrent.Semaphore;
import org.aparanet.engine.Device;
import org.aparanet.engine.Inference;
import org.aparanet.engine.InferenceArguments;
import org.aparanet.engine.cpu.slice.Team;
import org.aparanet.model.Network;

/**
 * Inference in the Java engine. Few images are computed one by one, with channels in the vectors'
 * lanes where the network allows it; many have images in the lanes. A call uses all threads where
 * no other computes, and else one, for which it may have to wait.
 */
final class CpuInference implements Inference {
  /** Multiply-adds of one image that are worth more than one thread. */
  private static final long WORTH_SHARING = 2_000_000;

  private final Device device;
  private final Network network;
  private final int threads;
  private final Arithmetic arithmetic;
  private final float[] parameters;
  private final int few; // the most images that are computed one by one
  private final InferencePlan single; // null where there are none
  private final Semaphore free; // threads that may compute
  private volatile InferencePlan many; // made when it is first used
  private Workers workers; // of who has all threads; made when they are first used
  private volatile boolean closed;

  CpuInference(
      Device device, Network network, float[] parameters, int threads, Arithmetic arithmetic) {
    this.device = device;
    this.network = network;
    this.threads = threads;
    free = new Semaphore(threads);
    this.arithmetic = arithmetic;
    this.parameters = parameters.clone();
    few = CpuLayout.mostWithChannels(network, arithmetic);
    single = few > 0 ? planOfFew() : null;
    many = few > 0 ? null : planOfMany();
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
    requireOpen();
    InferenceArguments.require(network, pixels, count, logits);
    InferencePlan plan = count <= few ? single : many();
    boolean several = count > plan.slice() || plan.wholeBatch() || plan.shares();
    int taken = threads > 1 && several && free.tryAcquire(threads) ? threads : 1;
    if (taken == 1) {
      free.acquireUninterruptibly();
    }
    try {
      requireOpen();
      Team team = taken > 1 ? workers() : Team.ALONE;
      if (plan.wholeBatch()) {
        together(plan, pixels, count, logits, team);
      } else {
        plan.infer(pixels, count, logits, team);
      }
    } finally {
      free.release(taken);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the inference is closed");
    }
  }

  /** Runs as many slices at a time as share the weights of layers of the whole batch. */
  private static void together(
      InferencePlan plan, byte[] pixels, int count, float[] logits, Team team) {
    int most = plan.together() * plan.slice();
    for (int first = 0; first < count; first += most) {
      plan.inferTogether(pixels, first, Math.min(most, count - first), logits, team);
    }
  }

  /** An image's layers divide into few tasks: it counts as shared by no more than two. */
  private InferencePlan planOfFew() {
    int members = network.multiplyAdds() >= WORTH_SHARING ? Math.min(threads, 2) : 1;
    return new InferencePlan(CpuLayout.fewForInference(network), network, parameters, members);
  }

  private InferencePlan planOfMany() {
    CpuLayout layout = CpuLayout.manyForInference(network, threads, arithmetic);
    return new InferencePlan(layout, network, parameters, layout.members());
  }

  private InferencePlan many() {
    if (many == null) {
      synchronized (this) {
        if (many == null) {
          many = CpuEngine.allocate(network, "", this::planOfMany);
        }
      }
    }
    return many;
  }

  private Workers workers() {
    if (workers == null) {
      workers = new Workers(threads);
    }
    return workers;
  }

  @Override
  public void close() {
    closed = true;
    free.acquireUninterruptibly(threads); // calls that compute end first
    try {
      if (workers != null) {
        workers.close();
      }
    } finally {
      free.release(threads);
    }
  }
}
