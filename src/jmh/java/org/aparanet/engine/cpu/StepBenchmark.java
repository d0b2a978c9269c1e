package org.aparanet.engine.cpu;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.aparanet.data.DataSets;
import org.aparanet.data.ImageSet;
import org.aparanet.data.Split;
import org.aparanet.engine.Session;
import org.aparanet.engine.cpu.lane.BenchmarkSlice;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.train.loss.SoftmaxCrossEntropy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Times whole training steps and inference, on MNIST's test images. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StepBenchmark {
  /** So small that the loss stays finite however long the benchmark trains. */
  private static final float LEARNING_RATE = 1e-4f;

  /** Name of a preset. */
  @Param({})
  public String network;

  /** Images of a step. */
  @Param({})
  public int batch;

  /** Threads of the engine. */
  @Param({})
  public int threads;

  private ImageSet images;
  private int[] order;
  private int from;
  private Session session;
  private SoftmaxCrossEntropy loss;
  private float[] logits;

  /** Opens the session and has its work compiled. */
  @Setup
  public void open() {
    images = DataSets.openSplit("mnist", Path.of("data"), Split.TEST);
    order = IntStream.range(0, images.count()).toArray();
    Network layers = BenchmarkSlice.network(network);
    session = new CpuEngine(threads).open(layers, batch);
    session.load(images);
    session.setParameters(Initialization.suited(layers).draw(layers, 1));
    loss = new SoftmaxCrossEntropy(layers.classes(), batch);
    logits = new float[batch * layers.classes()];
    Warmup.run(this::step); // inference is a part of it
  }

  /** Closes the session. */
  @TearDown
  public void close() {
    session.close();
  }

  private int next() {
    from = from + 2 * batch <= images.count() ? from + batch : 0;
    return from;
  }

  /** A training step. */
  @Benchmark
  public void step() {
    int first = next();
    loss.bind(images, order, first, batch);
    if (!session.step(order, first, batch, loss, LEARNING_RATE)) {
      throw new IllegalStateException("the loss is not finite");
    }
  }

  /** An inference. */
  @Benchmark
  public float[] infer() {
    session.infer(order, next(), batch, logits);
    return logits;
  }
}
