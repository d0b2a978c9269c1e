package org.aparanet.train.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Engine;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.ReferenceFile;
import org.aparanet.engine.Session;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.engine.opencl.OpenClTestDevice;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.train.Rounds;
import org.aparanet.train.Shares;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rounds with OpenCL devices among the sessions. */
class OpenClRoundsTest {
  private static final ImageSet IMAGES = ReferenceFile.images();
  private static final Network LENET = NetworkText.parse(IMAGES.shape(), RoundDevicesTest.LENET);
  private static final int BATCH = 64;

  private final List<Session> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Session::close);
  }

  private Session open(Engine engine, Network network) {
    Session session = engine.open(network, BATCH);
    opened.add(session);
    return session;
  }

  private static TrainingPlan plan(int epochs, int steps) {
    return TrainingPlan.of(epochs, BATCH, 0.01f)
        .withOptimizer(
            new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0.001f, Float.POSITIVE_INFINITY))
        .withRounds(new Rounds(Shares.parse("3:2"), steps));
  }

  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void everyStepOfTwoOfThemIsThatOfOne(HostMemory memory) {
    Session one = open(OpenClTestDevice.engine(memory), LENET);
    Session two = open(OpenClTestDevice.engine(memory), LENET);
    Session three = open(OpenClTestDevice.engine(memory), LENET);
    int epochs = memory == HostMemory.SEPARATE ? 10 : 2; // of 20 steps
    requireClose(RoundRuns.differences(one, List.of(two, three), IMAGES, plan(epochs, 1)));
  }

  @Test
  void everyStepBesideTheJavaEngineIsThatOfOne() {
    Session one = open(new CpuEngine(1), LENET);
    Session two = open(OpenClTestDevice.engine(HostMemory.SEPARATE), LENET);
    Session three = open(new CpuEngine(1), LENET);
    requireClose(RoundRuns.differences(one, List.of(two, three), IMAGES, plan(10, 1)));
  }

  private static void requireClose(double[] differences) {
    assertEquals(0, differences[0], 1e-6, "loss");
    assertEquals(0, differences[1], 2e-6, "state");
  }

  /** With softmax on the device, steps of a round need no word from the host. */
  @Test
  void softmaxOnTheDeviceIsThatOfTheHost() {
    RoundRuns.Told host = new RoundRuns.Told();
    RoundRuns.Told device = new RoundRuns.Told();
    TrainingPlan plan = plan(1, 5);
    TrainingResult onHost = run(plan, host);
    TrainingResult onDevice = run(plan.withSoftmax(TrainingPlan.Softmax.DEVICE), device);
    assertEquals(20, device.losses.size());
    for (int i = 0; i < 20; i++) {
      assertEquals(host.losses.get(i), device.losses.get(i), 1e-4, "step " + (i + 1));
    }
    assertEquals(0, RoundRuns.largest(onHost.parameters(), onDevice.parameters()), 1e-4);
  }

  private TrainingResult run(TrainingPlan plan, RoundRuns.Told told) {
    List<Session> two =
        List.of(
            open(OpenClTestDevice.engine(HostMemory.SHARED), LENET),
            open(OpenClTestDevice.engine(HostMemory.SEPARATE), LENET));
    return RoundRuns.several(two, IMAGES, plan, told);
  }
}
