package org.aparanet.engine.cpu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Inference;
import org.aparanet.engine.Session;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.StepProfile;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.train.loss.SoftmaxCrossEntropy;

/**
 * Times of a layer of a certain shape, as the engine computes it in a training step and in
 * inference, for some batch and some threads. All shapes are timed in one Java, a second each.
 */
final class ShapeTimes {
  private static final float LEARNING_RATE = 1e-6f;

  private final int threads;
  private final double seconds;

  /**
   * @param seconds of each timing, of which the first half is not measured
   */
  ShapeTimes(int threads, double seconds) {
    this.threads = threads;
    this.seconds = seconds;
  }

  /**
   * Nanoseconds of the forward pass and both gradients in a training step: the layer's part of what
   * the step's threads book, of the whole step's time.
   */
  double training(LayerShape shape) {
    Network network = shape.network();
    ImageSet images = images(network, shape.batch());
    int[] order = IntStream.range(0, shape.batch()).toArray();
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(2, shape.batch());
    loss.bind(images, order, 0, shape.batch());
    try (Session session = new CpuEngine(threads).open(network, shape.batch())) {
      session.load(images);
      session.setParameters(Initialization.suited(network).draw(network, 1));
      return median(() -> of(session.profile(order, 0, shape.batch(), loss, LEARNING_RATE)));
    }
  }

  private static double of(StepProfile profile) {
    double busy = 0;
    double own = 0;
    for (StepPart part : profile.parts()) {
      if (part.kind() != StepPart.Kind.WAITING) {
        busy += part.nanos();
        own += part.name().startsWith("2. ") ? part.nanos() : 0;
      }
    }
    return own / busy * profile.nanos();
  }

  /** Nanoseconds of inference: a network with the layer, less the same without it. */
  double inference(LayerShape shape) {
    return inference(shape.network(), shape.batch()) - inference(shape.without(), shape.batch());
  }

  private double inference(Network network, int batch) {
    float[] parameters = Initialization.suited(network).draw(network, 1);
    byte[] pixels = pixels(network, batch);
    float[] logits = new float[2 * batch];
    try (Inference inference = new CpuEngine(threads).openInference(network, parameters, batch)) {
      return median(
          () -> {
            long begin = System.nanoTime();
            inference.infer(pixels, batch, logits);
            return System.nanoTime() - begin;
          });
    }
  }

  private static byte[] pixels(Network network, int batch) {
    byte[] pixels = new byte[batch * network.input().size()];
    new Random(1).nextBytes(pixels);
    return pixels;
  }

  private static ImageSet images(Network network, int batch) {
    return new ImageSet("drawn", network.input(), pixels(network, batch), new byte[batch], 2);
  }

  /** Nanoseconds of the multiply-adds of {@link PeakBenchmark}. */
  double peak() {
    PeakBenchmark multiplyAdds = new PeakBenchmark();
    float[] sums = new float[1]; // so that they have to be computed
    return median(
        () -> {
          long begin = System.nanoTime();
          sums[0] += multiplyAdds.multiplyAdd();
          return System.nanoTime() - begin;
        });
  }

  /** A call, and what it took. */
  private interface Call {
    double nanoseconds();
  }

  private double median(Call call) {
    long begin = System.nanoTime();
    List<Double> times = new ArrayList<>();
    while (times.size() < 3 || System.nanoTime() - begin < seconds * 1e9) {
      double took = call.nanoseconds();
      if (System.nanoTime() - begin > seconds / 2 * 1e9) {
        times.add(took);
      }
    }
    Collections.sort(times);
    return times.get(times.size() / 2);
  }
}
