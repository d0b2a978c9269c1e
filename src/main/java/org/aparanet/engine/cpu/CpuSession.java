package org.aparanet.engine.cpu;

import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.StepProfile;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.cpu.slice.DropoutStep;
import org.aparanet.engine.cpu.slice.OperationTimes;
import org.aparanet.engine.cpu.slice.ParameterOrder;
import org.aparanet.engine.cpu.slice.PartUpdate;
import org.aparanet.engine.cpu.slice.StepRates;
import org.aparanet.engine.cpu.slice.Team;
import org.aparanet.engine.support.SessionArguments;
import org.aparanet.model.Network;

/**
 * Session in Java arrays: parameters, gradients, moments and images. {@link Slices} compute the
 * gradients of a step, {@link ParameterUpdate} updates the parameters.
 */
final class CpuSession implements Session {
  private final Device device;
  private final Network network;
  private final int batch;
  private final LoadedImages images = new LoadedImages();
  private final Stopwatches stopwatches = new Stopwatches();
  private final ParameterOrder order;
  private final BiConsumer<Team, float[]> filters; // null where filters are read in place
  private final Slices slices;
  private final ParameterUpdate update;
  private boolean filtersLaidOut; // from the present parameters
  private float[] parameters; // in the session's order; null when closed
  private boolean gradientKnown;
  private boolean staged;
  private Optimizer optimizer = Optimizer.SGD;
  private Moments moments = Moments.zero(Optimizer.SGD, 0);
  private long seed;
  private long steps; // steps since the optimizer was set

  CpuSession(Device device, Network network, int batch, int threads, Arithmetic arithmetic) {
    this(
        device,
        network,
        batch,
        threads,
        CpuLayout.of(network, batch, threads, arithmetic),
        Workers::new);
  }

  /**
   * @param batch the most images of a step
   * @param threads the most threads to use
   * @param layout for as many images and threads
   * @param start starts so many threads
   */
  CpuSession(
      Device device,
      Network network,
      int batch,
      int threads,
      CpuLayout layout,
      IntFunction<Workers> start) {
    this.device = device;
    this.network = network;
    this.batch = batch;
    order = layout.order();
    filters = layout.filters();
    parameters = new float[order.size()];
    slices = new Slices(layout, batch, threads, start, images, stopwatches);
    update =
        new ParameterUpdate(
            slices.workers(), order, layout.arithmetic(), stopwatches, layout.wholeBatch().nodes());
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
  public int batch() {
    return batch;
  }

  @Override
  public int load(ImageSet set) {
    requireOpen();
    SessionArguments.requireShape(set, network);
    return images.add(set);
  }

  @Override
  public int stage(ImageSet set) {
    requireOpen();
    SessionArguments.requireStage(set, network, batch, staged);
    staged = true;
    return load(set); // steps read the set's own pixels
  }

  @Override
  public int load(float[][] floats) {
    requireOpen();
    SessionArguments.requireFloats(network);
    return images.add(floats);
  }

  @Override
  public void optimize(Optimizer how, long dropoutSeed) {
    requireOpen();
    optimizer = how;
    seed = dropoutSeed;
    moments = Moments.zero(how, order.size());
    steps = 0;
  }

  @Override
  public TrainingState state() {
    return moments.state(parameters(), order, steps);
  }

  @Override
  public void restore(TrainingState state) {
    requireOpen();
    SessionArguments.requireState(state, network, optimizer);
    setParameters(state.parameters());
    moments.store(state, order);
    steps = state.steps();
  }

  @Override
  public void setParameters(float[] values) {
    requireOpen();
    SessionArguments.requireParameters(values, network);
    order.store(values, parameters);
    filtersLaidOut = false;
  }

  @Override
  public float[] parameters() {
    requireOpen();
    return order.restore(parameters);
  }

  @Override
  public void parameters(float[] values) {
    requireOpen();
    order.restore(parameters, values);
  }

  @Override
  public float[] gradients() {
    requireOpen();
    if (!gradientKnown) {
      throw new IllegalStateException("there is no gradient: no step has ended with a finite loss");
    }
    return order.restore(slices.gradients()[0]);
  }

  @Override
  public boolean step(int[] indices, int from, int count, LossGradient loss, float learningRate) {
    requireOpen();
    SessionArguments.requireImages(indices, from, count, batch, images.count());
    Objects.requireNonNull(loss, "loss");
    gradientKnown = false;
    Batch rows = new Batch(indices, from, count, new DropoutStep(seed, steps, network.before()));
    layOutFilters();
    StepRates rates = rates(learningRate);
    if (slices.alone(count) && optimizer.isPlain()) {
      gradientKnown = slices.stepAlone(rows, loss, parameters, rates);
    } else {
      PartUpdate early = update.parts(optimizer, rates, steps + 1, parameters, moments);
      gradientKnown = slices.backward(rows, loss, parameters, early);
      if (gradientKnown) {
        float[][] gradients = slices.gradients();
        int groups = slices.groups(count);
        update.apply(optimizer, rates, steps + 1, parameters, gradients, groups, moments);
      }
    }
    if (gradientKnown) {
      slices.normalizations().forEach(n -> n.moveRunning(parameters));
      filtersLaidOut = false;
      steps++;
    }
    return gradientKnown;
  }

  private StepRates rates(float learningRate) {
    int headFrom = optimizer.hasOwnHead() ? order.weight(network.head()) : order.learned();
    return new StepRates(learningRate, optimizer.headRate(learningRate), headFrom);
  }

  @Override
  public StepProfile profile(
      int[] indices, int from, int count, LossGradient loss, float learningRate) {
    requireOpen();
    stopwatches.begin(slices.stopwatches(), network.nodes());
    try {
      long start = System.nanoTime();
      if (!step(indices, from, count, loss, learningRate)) {
        throw new EngineException("the loss of a step that was to be timed is not finite");
      }
      long wall = System.nanoTime() - start;
      return CpuProfile.of(
          network, count, slices.anyNetwork(), stopwatches.all(), slices.workers().count(), wall);
    } finally {
      stopwatches.end();
    }
  }

  @Override
  public void infer(int[] indices, int from, int count, float[] logits) {
    requireOpen();
    SessionArguments.requireImages(indices, from, count, batch, images.count());
    SessionArguments.requireRoom(logits, count, network);
    Batch rows = new Batch(indices, from, count, null);
    layOutFilters();
    slices.normalizations().forEach(n -> n.infer(parameters));
    slices.infer(rows, parameters, logits, network.classes());
  }

  /** Packs the filters for the vectors, if the parameters have changed. */
  private void layOutFilters() {
    if (!filtersLaidOut && filters != null) {
      stopwatches.start(0);
      filters.accept(slices.workers(), parameters);
      stopwatches.lap(0, OperationTimes.Piece.FILTERS);
    }
    filtersLaidOut = true;
  }

  private void requireOpen() {
    if (parameters == null) {
      throw new IllegalStateException("the session is closed");
    }
  }

  @Override
  public void close() {
    slices.close();
    images.clear();
    parameters = null;
  }
}
