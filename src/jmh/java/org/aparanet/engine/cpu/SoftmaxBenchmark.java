package org.aparanet.engine.cpu;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Shape;
import org.aparanet.train.loss.SoftmaxCrossEntropy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Times softmax, loss and gradient of a batch, on random logits, in one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SoftmaxBenchmark {
  /** Logits of each image. */
  @Param({})
  public int classes;

  /** Images of a batch. */
  @Param({})
  public int batch;

  /** Part of each label that is shared out. */
  @Param({})
  public float smoothing;

  private SoftmaxCrossEntropy loss;
  private float[] logits;
  private float[] dLogits;

  /** Draws logits and labels, and has the loss compiled. */
  @Setup
  public void draw() {
    Random random = new Random(1);
    byte[] labels = new byte[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = (byte) random.nextInt(Math.min(classes, Byte.MAX_VALUE));
    }
    loss = new SoftmaxCrossEntropy(classes, batch, smoothing);
    loss.bind(
        new ImageSet("random", new Shape(1, 1, 1), new byte[batch], labels, Math.min(classes, 256)),
        IntStream.range(0, batch).toArray(),
        0,
        batch);
    logits = new float[batch * classes];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (3 * random.nextGaussian());
    }
    dLogits = new float[logits.length];
    Warmup.run(this::apply);
  }

  /** A batch. */
  @Benchmark
  public boolean apply() {
    return loss.apply(logits, dLogits, 0, 0, batch);
  }
}
