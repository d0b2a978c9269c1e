package org.aparanet.engine.frozen;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.DeviceTraffic;
import org.aparanet.engine.Engine;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.LossOnDevice;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.StepOutcome;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.StepProfile;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.support.SessionArguments;
import org.aparanet.model.Network;

/**
 * Session of a network whose first layers are frozen. These are a network of their own, for
 * inference alone; the layers behind them are another one, which trains in a session of the same
 * engine on the outputs of the first. Outside, everything is that of the whole network: gradients
 * and moments of the frozen layers are 0.
 */
final class FrozenSession implements Session {
  private final Network network;
  private final int frozen;
  private final Session behind;
  private final FrozenOutputs outputs;
  private final DividedParameters parts;
  private final int frozenParameters;
  private boolean staged;
  private boolean closed;

  FrozenSession(Engine engine, Network network, FrozenLayers layers, int batch) {
    this.network = network;
    frozen = layers.count();
    Network first = network.first(frozen);
    Network second = network.behind(frozen);
    parts = new DividedParameters(first, second);
    frozenParameters = first.parameterCount();
    behind = engine.open(second, batch);
    try {
      outputs = new FrozenOutputs(engine, first, layers.kept(), behind);
    } catch (RuntimeException | Error e) {
      behind.close();
      throw e;
    }
  }

  @Override
  public Device device() {
    return behind.device();
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public int batch() {
    return behind.batch();
  }

  @Override
  public int load(ImageSet images) {
    SessionArguments.requireShape(images, network);
    return outputs.add(images, false);
  }

  @Override
  public int load(float[][] images) {
    SessionArguments.requireFloats(network);
    throw new IllegalArgumentException("the layers behind frozen ones take these layers' outputs");
  }

  @Override
  public int stage(ImageSet images) {
    SessionArguments.requireStage(images, network, batch(), staged);
    staged = true;
    return outputs.add(images, true);
  }

  @Override
  public void optimize(Optimizer optimizer, long seed) {
    behind.optimize(optimizer, seed);
  }

  @Override
  public TrainingState state() {
    TrainingState state = behind.state();
    return new TrainingState(
        parts.join(outputs.parameters(), state.parameters()),
        withFrozen(state.firstMoments()),
        withFrozen(state.secondMoments()),
        state.steps());
  }

  /** Moments of the whole network; none where there are none. */
  private float[] withFrozen(float[] moments) {
    return moments.length == 0 ? moments : parts.join(new float[frozenParameters], moments);
  }

  private float[] withoutFrozen(float[] moments) {
    return moments.length == 0 ? moments : parts.ofSecond(moments);
  }

  @Override
  public void restore(TrainingState state) {
    SessionArguments.requireParameters(state.parameters(), network);
    behind.restore(
        new TrainingState(
            parts.ofSecond(state.parameters()),
            withoutFrozen(state.firstMoments()),
            withoutFrozen(state.secondMoments()),
            state.steps()));
    outputs.setParameters(parts.ofFirst(state.parameters()));
  }

  @Override
  public void setParameters(float[] values) {
    SessionArguments.requireParameters(values, network);
    behind.setParameters(parts.ofSecond(values));
    outputs.setParameters(parts.ofFirst(values));
  }

  @Override
  public float[] parameters() {
    return parts.join(outputs.parameters(), behind.parameters());
  }

  @Override
  public float[] gradients() {
    return parts.join(new float[frozenParameters], behind.gradients());
  }

  @Override
  public boolean step(int[] images, int from, int count, LossGradient loss, float learningRate) {
    Objects.requireNonNull(loss, "loss");
    return behind.step(prepared(images, from, count), 0, count, loss, learningRate);
  }

  private int[] prepared(int[] images, int from, int count) {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
    SessionArguments.requireImages(images, from, count, batch(), outputs.count());
    return outputs.prepare(images, from, count);
  }

  @Override
  public Optional<LossOnDevice> lossOnDevice() {
    return behind.lossOnDevice().map(Losses::new);
  }

  /** Steps with the loss on the device, of images whose outputs are known before. */
  private final class Losses implements LossOnDevice {
    private final LossOnDevice own;

    Losses(LossOnDevice own) {
      this.own = own;
    }

    @Override
    public int window() {
      return own.window();
    }

    @Override
    public void step(
        int[] images, int from, int count, int[] labels, float smoothing, float learningRate) {
      own.step(prepared(images, from, count), 0, count, labels, smoothing, learningRate);
    }

    @Override
    public List<StepOutcome> outcomes() {
      return own.outcomes();
    }
  }

  @Override
  public StepProfile profile(
      int[] images, int from, int count, LossGradient loss, float learningRate) {
    long start = System.nanoTime();
    int[] prepared = prepared(images, from, count);
    double nanos = System.nanoTime() - start;
    StepProfile profile = behind.profile(prepared, 0, count, loss, learningRate);
    List<StepPart> parts = new ArrayList<>();
    String name = "1. to " + frozen + ". frozen, forward";
    parts.add(new StepPart(name, StepPart.Kind.INPUT, nanos, 0, 0, 0));
    parts.addAll(profile.parts());
    return new StepProfile(parts, profile.method(), profile.launchCost());
  }

  @Override
  public void infer(int[] images, int from, int count, float[] logits) {
    SessionArguments.requireRoom(logits, count, network);
    behind.infer(prepared(images, from, count), 0, count, logits);
  }

  @Override
  public Optional<DeviceTraffic> traffic() {
    return behind.traffic();
  }

  @Override
  public void close() {
    closed = true;
    try {
      outputs.close();
    } finally {
      behind.close();
    }
  }
}
