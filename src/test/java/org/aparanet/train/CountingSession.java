package org.aparanet.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.LossOnDevice;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.StepOutcome;
import org.aparanet.engine.TrainingState;
import org.aparanet.model.Network;
import org.aparanet.train.loss.SoftmaxCrossEntropy;

/**
 * A device on which a test decides what goes wrong. Each step folds the images' indices and the
 * gradient into the only state, the first parameter: any step left out, doubled or out of order
 * shows in it.
 */
public final class CountingSession implements Session {
  private static final int FIRST_IMAGE = 1000;

  public final List<List<Integer>> batches = new ArrayList<>();

  /** Calls of {@link #step}, counted from 1, that fail with a lost state. */
  public final Set<Integer> losses = new HashSet<>();

  /** Calls of {@link #infer}, counted from 1, that fail with a lost state. */
  public final Set<Integer> inferLosses = new HashSet<>();

  /** Call of {@link #step} from which on the logits are NaN. */
  public int notANumberFrom = Integer.MAX_VALUE;

  /** Call of {@link #step} that leaves an infinite parameter behind a finite loss. */
  public int overflowAt = Integer.MAX_VALUE;

  /** Call of {@link #step}, counted from 1, at which the device fails for good. */
  public int failsAtStep = Integer.MAX_VALUE;

  /** Call of {@link #infer}, counted from 1, at which the device fails for good. */
  public int failsAtInfer = Integer.MAX_VALUE;

  /** Whether there is no room for images. */
  public boolean full;

  /** Whether inference gives NaN. */
  public boolean infersNotANumber;

  /** The class that a call of {@link #infer}, counted from 1, predicts for all of its images. */
  public IntUnaryOperator predicts = call -> 0;

  /** Called in each step with the number of steps so far, and in each inference with 0. */
  public IntConsumer works = steps -> {};

  /** Steps in a row whose losses it computes itself; 0 if it cannot. */
  public int window;

  public int parameterReads;
  private final String id;
  private final Network network;
  private final int batch;
  private final float[] parameters;
  private int images;
  private int steps;
  private int infers;
  private boolean lost;
  private long taken; // steps since the optimizer was set

  public CountingSession(Network network, int batch) {
    this("fake", network, batch);
  }

  /**
   * @param id of the device
   */
  public CountingSession(String id, Network network, int batch) {
    this.id = id;
    this.network = network;
    this.batch = batch;
    parameters = new float[network.parameterCount()];
  }

  @Override
  public Device device() {
    return new Device(id, Device.Kind.ACCELERATOR, "Counter", "test", 1, 1);
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public int load(ImageSet set) {
    if (full) {
      throw new EngineException("no room for " + set.name());
    }
    int first = FIRST_IMAGE + images;
    images += set.count();
    return first;
  }

  @Override
  public int load(float[][] images) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int stage(ImageSet images) {
    return load(images);
  }

  @Override
  public void optimize(Optimizer optimizer, long seed) {
    taken = 0;
  }

  @Override
  public TrainingState state() {
    return new TrainingState(parameters(), new float[0], new float[0], taken);
  }

  @Override
  public void restore(TrainingState state) {
    setParameters(state.parameters());
    taken = state.steps();
  }

  @Override
  public void setParameters(float[] values) {
    System.arraycopy(values, 0, parameters, 0, parameters.length);
    lost = false;
  }

  @Override
  public float[] parameters() {
    requireState();
    parameterReads++;
    return parameters.clone();
  }

  @Override
  public boolean step(int[] indices, int from, int count, LossGradient loss, float learningRate) {
    steps++;
    if (losses.contains(steps)) {
      lost = true;
      Arrays.fill(parameters, -1);
    }
    requireState();
    requireDevice(steps < failsAtStep);
    works.accept(steps);
    List<Integer> batchImages = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      batchImages.add(indices[i] - FIRST_IMAGE);
    }
    batches.add(batchImages);
    float[] logits = new float[count * network.classes()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = steps >= notANumberFrom ? Float.NaN : (parameters[0] * 7 + i) % 5;
    }
    float[] gradient = new float[logits.length];
    if (!loss.apply(logits, gradient, 0, 0, count)) {
      return false;
    }
    parameters[0] = (parameters[0] * 31 + batchImages.hashCode() % 1009 + gradient[0]) % 4093;
    taken++;
    if (steps == overflowAt) {
      parameters[0] = Float.POSITIVE_INFINITY;
    }
    return true;
  }

  @Override
  public Optional<LossOnDevice> lossOnDevice() {
    return window == 0 ? Optional.empty() : Optional.of(new Losses());
  }

  /** A state that is lost is not seen before the outcomes are. */
  private final class Losses implements LossOnDevice {
    private final List<StepOutcome> outcomes = new ArrayList<>();

    @Override
    public int window() {
      return window;
    }

    @Override
    public void step(
        int[] images, int from, int count, int[] labels, float smoothing, float learningRate) {
      SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(network.classes(), count, smoothing);
      byte[] bytes = new byte[count];
      for (int i = 0; i < count; i++) {
        bytes[i] = (byte) labels[i];
      }
      ImageSet set =
          new ImageSet(
              "labels",
              network.input(),
              new byte[count * network.input().size()],
              bytes,
              network.classes());
      loss.bind(set, IntStream.range(0, count).toArray(), 0, count);
      try {
        boolean finite = CountingSession.this.step(images, from, count, loss, learningRate);
        outcomes.add(new StepOutcome(finite ? loss.lossSum() : Double.NaN, loss.correct()));
      } catch (StateLostException e) {
        lost = true;
      }
    }

    @Override
    public List<StepOutcome> outcomes() {
      requireState();
      return outcomes;
    }
  }

  @Override
  public float[] gradients() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void infer(int[] indices, int from, int count, float[] logits) {
    infers++;
    if (inferLosses.contains(infers)) {
      lost = true;
    }
    requireState();
    requireDevice(infers < failsAtInfer);
    works.accept(0);
    Arrays.fill(logits, infersNotANumber ? Float.NaN : 0);
    for (int row = 0; row < count; row++) {
      logits[row * network.classes() + predicts.applyAsInt(infers)] += 1;
    }
  }

  @Override
  public void close() {}

  private static void requireDevice(boolean works) {
    if (!works) {
      throw new EngineException("the device is gone");
    }
  }

  private void requireState() {
    if (lost) {
      throw new StateLostException("the device lost its buffers");
    }
  }
}
