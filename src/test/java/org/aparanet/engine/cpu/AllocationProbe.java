package org.aparanet.engine.cpu;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;

/**
 * A program that trains and prints the least bytes that a step has allocated on its thread, as
 * {@code bytes N}.
 *
 * <p>Arguments: the network's text, the batch, the optimizer's rule, and how many bytes are so few
 * that it need not go on looking.
 */
final class AllocationProbe {
  private static final Shape INPUT = new Shape(1, 28, 28);

  /** Until the compiler has seen everything, vectors are objects. */
  private static final int MOST_ROUNDS = 400;

  private static final int STEPS_OF_A_ROUND = 10;

  private AllocationProbe() {}

  public static void main(String[] arguments) {
    Network network = NetworkText.parse(INPUT, arguments[0]);
    int batch = Integer.parseInt(arguments[1]);
    Optimizer.Rule rule = Optimizer.Rule.valueOf(arguments[2]);
    long few = Long.parseLong(arguments[3]);
    byte[] pixels = new byte[batch * INPUT.size()];
    new Random(1).nextBytes(pixels);
    int[] indices = IntStream.range(0, batch).toArray();
    int classes = network.classes();
    LossGradient small =
        (logits, dLogits, offset, first, rows) -> {
          for (int i = offset; i < offset + rows * classes; i++) {
            dLogits[i] = 1e-6f * logits[i];
          }
          return true;
        };
    try (Session session = new CpuEngine(1).open(network, batch)) {
      session.load(new ImageSet("noise", INPUT, pixels, new byte[batch], classes));
      session.setParameters(Initialization.suited(network).draw(network, 1));
      if (rule != Optimizer.Rule.SGD) {
        session.optimize(new Optimizer(rule, 0.9f, rule.moments() > 1 ? 0.99f : 0, 0, 1), 1);
      }
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long least = Long.MAX_VALUE;
      for (int round = 0; round < MOST_ROUNDS && least > few; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < STEPS_OF_A_ROUND; i++) {
          session.step(indices, 0, batch, small, 1e-6f);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        least = Math.min(least, bytes / STEPS_OF_A_ROUND);
      }
      System.out.println("bytes " + least);
    }
  }
}
