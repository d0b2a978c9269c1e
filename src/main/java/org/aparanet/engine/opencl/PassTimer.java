package org.aparanet.engine.opencl;

import com.aparapi.Config;
import com.aparapi.Kernel;
import com.aparapi.ProfileInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.aparanet.engine.LaunchCost;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.StepProfile;
import org.aparanet.engine.opencl.kernel.DeviceState;
import org.aparanet.engine.opencl.plan.PassParts;
import org.aparanet.engine.opencl.plan.PassTable;
import org.aparanet.engine.support.StepParts;
import org.aparanet.model.Network;

/**
 * Time of each pass of a step: passes are executed one by one and timed by OpenCL events if Aparapi
 * records them ({@link OpenClDevices#timeLaunches}), otherwise by the wall clock.
 *
 * <p>A step has two calls of Aparapi with several passes each. An execute of one pass has overhead:
 * arrays are pinned, arguments set. It is measured with passes over no images, which do nothing:
 * one such pass alone takes a call and a launch, and each further one a launch more. The call is
 * subtracted from each pass and counted once for each call of a real step. Arrays that the host has
 * written are copied by the next execute, which here is one over no images, too.
 */
final class PassTimer {
  private static final int ROUNDS = 3;

  private final DeviceState state;
  private final PassTable table;
  private final Execute execute;
  private final int workGroups;
  private final LongSupplier clock;
  private final LongSupplier deviceClock;
  private final List<Long> empty = new ArrayList<>();
  private final List<Long> emptyChains = new ArrayList<>();
  private final List<Long> emptyOnDevice = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private long begin;

  /**
   * Pass of the step.
   *
   * @param pass its number in the table
   * @param wall its time by the wall clock, in nanoseconds
   * @param onDevice its time by OpenCL events, in nanoseconds; 0 if none were recorded
   */
  private record Timed(int pass, long wall, long onDevice) {}

  /**
   * Call of the step, with times by the wall clock in nanoseconds.
   *
   * @param start when it began
   * @param writing time of a launch over no images, with the copy of what the host had written
   * @param passes its passes in order
   * @param end when the last of them was done
   */
  private record Call(long start, long writing, List<Timed> passes, long end) {}

  /** Executes some passes of the table. */
  @FunctionalInterface
  interface Execute {
    /**
     * @param lastPass the pass, from 0, after which a forward pass leaves its marks; -1 for none
     */
    void run(int firstPass, int passes, int lastPass);
  }

  /**
   * @param workGroups of each launch
   */
  PassTimer(DeviceState state, PassTable table, Execute execute, int workGroups) {
    this(state, table, execute, workGroups, System::nanoTime, () -> deviceNanos(state.kernel()));
  }

  /**
   * Timer with given clocks, for tests.
   *
   * @param clock the wall clock, in nanoseconds
   * @param deviceClock time of the last launch by OpenCL events, in nanoseconds; 0 if none were
   *     recorded
   */
  PassTimer(
      DeviceState state,
      PassTable table,
      Execute execute,
      int workGroups,
      LongSupplier clock,
      LongSupplier deviceClock) {
    this.state = state;
    this.table = table;
    this.execute = execute;
    this.workGroups = workGroups;
    this.clock = clock;
    this.deviceClock = deviceClock;
  }

  private static long deviceNanos(Kernel kernel) {
    long nanos = 0;
    if (Config.enableProfiling) {
      for (ProfileInfo event : kernel.getProfileInfo()) {
        if (event.getLabel().startsWith("exec")) {
          nanos += event.getEnd() - event.getStart();
        }
      }
    }
    return nanos;
  }

  /** Loss that is timed separately. */
  TimedLoss timed(LossGradient loss) {
    return new TimedLoss(loss, clock);
  }

  /** Loss with the time of its first call and of the end of its last. */
  static final class TimedLoss implements LossGradient {
    private final LossGradient loss;
    private final LongSupplier clock;
    private boolean called;
    private long start;
    private long end;

    private TimedLoss(LossGradient loss, LongSupplier clock) {
      this.loss = loss;
      this.clock = clock;
    }

    @Override
    public boolean apply(float[] logits, float[] dLogits, int offset, int first, int rows) {
      if (!called) { // may be called for parts of the batch
        start = clock.getAsLong();
        called = true;
      }
      boolean finite = loss.apply(logits, dLogits, offset, first, rows);
      end = clock.getAsLong();
      return finite;
    }
  }

  /** Begins the timing of a step; called before it. */
  void begin() {
    calls.clear();
    for (int round = 0; round < ROUNDS; round++) {
      empty.add(empty(1));
      emptyOnDevice.add(deviceClock.getAsLong());
      emptyChains.add(empty(table.forwardPasses()));
    }
    begin = clock.getAsLong();
  }

  /** Executes the passes one by one, in place of one execute of all. */
  void execute(PassTable.Passes passes) {
    boolean training = state.training();
    long start = clock.getAsLong();
    long writing = empty(1);
    List<Timed> timed = new ArrayList<>();
    for (int i = 0; i < passes.count(); i++) {
      // marks are checked before the first backward pass and written after the last forward pass
      state.setTraining(training && i == 0);
      boolean leave = !training && i == passes.count() - 1;
      long before = clock.getAsLong();
      execute.run(passes.first() + i, 1, leave ? 0 : -1);
      timed.add(new Timed(passes.first() + i, clock.getAsLong() - before, deviceClock.getAsLong()));
    }
    state.setTraining(training);
    calls.add(new Call(start, writing, timed, clock.getAsLong()));
  }

  /** Time of forward passes over no images, which do nothing, in nanoseconds. */
  private long empty(int count) {
    long[] nanos = new long[1];
    state.withoutImages(
        () -> {
          long start = clock.getAsLong();
          execute.run(0, count, -1);
          nanos[0] = clock.getAsLong() - start;
        });
    return nanos[0];
  }

  /**
   * Profile of the step; called after it.
   *
   * @param next images that its update has prefetched for the next step
   * @param loss the loss, which is applied between a step's two calls; a step of one call has none
   *     on the host
   */
  StepProfile profile(Network network, int images, int next, TimedLoss loss) {
    long done = clock.getAsLong();
    double alone = median(empty);
    double launch =
        Math.max(0, Math.min(alone, (median(emptyChains) - alone) / (table.forwardPasses() - 1)));
    double call = alone - launch;
    boolean noted =
        calls.stream().flatMap(c -> c.passes().stream()).allMatch(pass -> pass.onDevice() > 0);
    // OpenCL events do not contain the host's overhead of each launch
    double waiting = noted ? Math.max(0, launch - median(emptyOnDevice)) : 0;
    StepParts work = new StepParts(network, images);
    PassParts known = new PassParts(table, work, next);
    List<StepPart> parts = new ArrayList<>();
    long handedOver = begin; // end of what precedes the call: the start of the step, or the loss
    for (int i = 0; i < calls.size(); i++) {
      Call made = calls.get(i);
      boolean last = i == calls.size() - 1;
      double up = Math.max(0, made.start() - handedOver + made.writing() - alone);
      parts.add(i == 0 ? work.indices(up) : work.gradient(up));
      String name = "call " + (i + 1) + " of " + calls.size();
      double calling = call + made.passes().size() * waiting;
      parts.add(
          new StepPart(
              name + (noted ? ", waiting for launches" : ""),
              StepPart.Kind.CALL,
              calling,
              0,
              0,
              0));
      for (Timed pass : made.passes()) {
        double nanos = noted ? pass.onDevice() : Math.max(0, pass.wall() - call);
        parts.add(known.of(pass.pass(), nanos).of(workGroups));
      }
      if (last) {
        parts.add(work.answer(done - made.end()));
      } else {
        parts.add(work.logits(loss.start - made.end()));
        parts.add(work.softmax(loss.end - loss.start));
        handedOver = loss.end;
      }
    }
    return new StepProfile(
        parts, noted ? byDeviceClock() : byWallClock(), Optional.of(new LaunchCost(call, launch)));
  }

  private String byDeviceClock() {
    return "each launch was executed alone and timed by the device's own clock (OpenCL events); what"
        + " the step's "
        + calls.size()
        + " calls and its launches cost the host beside that, found with launches over no images,"
        + " is a row of its own for each call; the step is timed by the wall clock";
  }

  private String byWallClock() {
    return "each launch was executed alone and timed by the wall clock, with the wait for it; what a"
        + " call costs, found with launches over no images, was taken off each and counted once for"
        + " each of the step's "
        + calls.size()
        + " calls";
  }

  private static double median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
