package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.aparanet.engine.Device;
import org.aparanet.engine.LaunchCost;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.StepProfile;
import org.aparanet.engine.opencl.kernel.DeviceMemory;
import org.aparanet.engine.opencl.kernel.DeviceState;
import org.aparanet.engine.opencl.kernel.KernelFields;
import org.aparanet.engine.opencl.kernel.MatrixProduct;
import org.aparanet.engine.opencl.plan.PassTable;
import org.aparanet.engine.opencl.plan.PassTableBuilder;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step of known times, by clocks that go on only when something is done. */
class PassTimerTest {
  private static final Network NETWORK =
      NetworkText.parse(new Shape(1, 9, 9), "conv 4 3 relu, pool 2, dense 6 relu, dense 3");
  private static final int BATCH = 5;

  // nanoseconds
  private static final long CALL = 7000;
  private static final long LAUNCH = 400;
  private static final long LAUNCH_ON_DEVICE = 150;
  private static final long WRITING = 1100;
  private static final long LOSS = 2300;
  private static final long READING = 900;

  private final PassTable table = PassTableBuilder.table(NETWORK, BATCH, 4);
  private final DeviceState state = state();
  private final KernelFields kernel = new KernelFields(state.kernel());
  private long clock;
  private long onDevice;
  private int empty;
  private boolean written = true;

  private DeviceState state() {
    Device none = new Device("opencl:0", Device.Kind.GPU, "none", "none", 0, 1);
    return new DeviceState(
        NETWORK,
        BATCH,
        table.layout(),
        4 * MatrixProduct.GROUP,
        new DeviceMemory(none, Long.MAX_VALUE, false),
        new TrafficCounter());
  }

  /** What a pass of the step takes beside its launch; each another time. */
  private static long work(int pass) {
    return 10_000 + 1000L * pass;
  }

  private void execute(int first, int passes, int last) {
    clock += CALL;
    if (kernel.batch() == 0) { // launches over no images, of which the first ones are no measure
      empty++;
      clock += empty <= 2 ? 50 * CALL : empty <= 4 ? -CALL / 2 : 0;
    }
    if (!written) {
      clock += WRITING;
      written = true;
    }
    onDevice = 0;
    for (int pass = first; pass < first + passes; pass++) {
      clock += LAUNCH;
      onDevice += LAUNCH_ON_DEVICE;
      if (kernel.batch() > 0) {
        clock += work(pass);
        onDevice += work(pass);
      }
    }
  }

  private StepProfile profile(boolean noted, PassTable.Passes back) {
    PassTimer timer =
        new PassTimer(state, table, this::execute, 4, () -> clock, () -> noted ? onDevice : 0);
    StepProfile profile = null;
    for (int step = 0; step < 3; step++) { // the last one, so that nothing is left of those before
      timer.begin();
      PassTimer.TimedLoss loss =
          timer.timed(
              (logits, dLogits, offset, first, rows) -> {
                clock += LOSS * rows / BATCH;
                return true;
              });
      kernel.setBatch(BATCH);
      written = false;
      timer.execute(table.forward());
      clock += READING;
      loss.apply(new float[0], new float[0], 0, 0, 2); // in pieces
      loss.apply(new float[0], new float[0], 0, 2, BATCH - 2);
      written = false;
      timer.execute(back);
      clock += READING;
      profile = timer.profile(NETWORK, BATCH, 0, loss);
    }
    return profile;
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void eachPieceHasItsOwnTime(boolean noted, boolean clipped) {
    PassTable.Passes back = clipped ? table.clipped() : table.backward();
    StepProfile profile = profile(noted, back);

    List<StepPart> parts = profile.parts();
    int forward = table.forward().count();
    int passes = forward + back.count();
    assertEquals(passes + 7, parts.size()); // softmax, two calls and four transfers
    List<StepPart> launched = parts.stream().filter(part -> part.launches() > 0).toList();
    assertEquals(passes, launched.size());
    double work = 0;
    for (int i = 0; i < passes; i++) {
      int pass = i < forward ? table.forward().first() + i : back.first() + i - forward;
      work += work(pass);
      StepPart part = launched.get(i);
      long launch = noted ? LAUNCH_ON_DEVICE : LAUNCH;
      assertEquals(launch + work(pass), part.nanos(), 1e-6, part.name());
      assertEquals(1, part.launches());
    }
    assertEquals(LOSS, nanos(profile, StepPart.Kind.SOFTMAX), 1e-6);
    assertEquals(2 * (WRITING + READING), nanos(profile, StepPart.Kind.TRANSFER), 1e-6);
    assertEquals(
        2 * CALL + (noted ? passes * (LAUNCH - LAUNCH_ON_DEVICE) : 0),
        nanos(profile, StepPart.Kind.CALL),
        1e-6);
    assertEquals(
        2 * (CALL + WRITING + READING) + LOSS + passes * LAUNCH + work,
        profile.nanos(),
        1e-6,
        "what a step takes that is not taken apart");
    assertEquals(Optional.of(new LaunchCost(CALL, LAUNCH)), profile.launchCost());
  }

  private static double nanos(StepProfile profile, StepPart.Kind kind) {
    return profile.parts().stream()
        .filter(part -> part.kind() == kind)
        .mapToDouble(StepPart::nanos)
        .sum();
  }
}
