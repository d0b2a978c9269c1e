package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aparapi.Kernel;
import com.aparapi.Range;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.engine.check.DeviceCheck;
import org.aparanet.engine.check.Operation;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.SyncInterval;
import org.aparanet.train.Trainer;
import org.aparanet.train.TrainingDivergedException;
import org.aparanet.train.TrainingFailedException;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong on an OpenCL device is noticed, and nothing that was learned before is lost. */
class OpenClFaultTest {
  private static final Network NETWORK =
      NetworkText.parse(new Shape(1, 6, 6), "conv 3 3 relu, dense 4");
  private static final int IMAGES = 20;
  private static final int BATCH = 4;

  /** Executes before the first training step: a session's first act is one. */
  private static final int OPENING = 1;

  private static final int EXECUTES_OF_A_STEP = 2;
  private static final int STEPS_OF_AN_EPOCH = 5;

  /** The test after an epoch has the same images. */
  private static final int EXECUTES_OF_A_TEST = STEPS_OF_AN_EPOCH;

  /** Aparapi's launch until the given execute, counted from 1, and another one from there on. */
  private static Launch failingFrom(int execute, Launch failure) {
    AtomicInteger count = new AtomicInteger();
    return (kernel, range, passes) ->
        (count.incrementAndGet() < execute ? Launch.APARAPI : failure)
            .execute(kernel, range, passes);
  }

  /** More work-items in a group than any device takes: the driver refuses, as if it were lost. */
  private static void refused(Kernel kernel, Range range, int passes) {
    int items = 1 << 16;
    kernel.execute(Range.create(range.getDevice(), items, items), passes);
  }

  /** How many executes there have been after some steps of a run, and the tests between them. */
  private static int executesOf(int steps) {
    return OPENING + EXECUTES_OF_A_STEP * steps + EXECUTES_OF_A_TEST * (steps / STEPS_OF_AN_EPOCH);
  }

  private static Session open(HostMemory memory, Launch launch) {
    return OpenClTestDevice.engine(memory).with(launch).open(NETWORK, BATCH);
  }

  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void aDeviceThatComputesRightPassesTheCheckAndAnotherOneDoesNot(HostMemory memory) {
    OpenClEngine engine = OpenClTestDevice.engine(memory);
    CheckReport right = DeviceCheck.full(engine);
    assertTrue(right.right(), right::verdict);
    assertEquals(EnumSet.allOf(Operation.class), right.errors().keySet());

    Launch tooFar =
        (kernel, range, passes) -> {
          ((TrainingKernel) kernel).learningRate *= 1.001f;
          Launch.APARAPI.execute(kernel, range, passes);
        };
    CheckReport wrong = DeviceCheck.brief(engine.with(tooFar));
    assertEquals(Optional.of(Operation.UPDATE), wrong.wrong(), wrong::verdict);
  }

  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void aDeviceThatCannotExecuteIsRefusedWhenASessionOpens(HostMemory memory) {
    OpenClEngine engine =
        OpenClTestDevice.engine(memory).with(failingFrom(1, OpenClFaultTest::refused));
    EngineException failure =
        assertThrows(EngineException.class, () -> engine.open(NETWORK, BATCH));

    assertTrue(failure.getMessage().startsWith("opencl:0 ("), failure.getMessage());
    assertTrue(failure.getMessage().contains("failed while it ran a kernel"), failure.getMessage());
  }

  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void aDeviceLostInMidRunStopsTheRunWithTheLastGoodParameters(HostMemory memory) {
    float[] afterFour = trained(memory, 4);
    try (Session session = open(memory, failingFrom(executesOf(6) + 1, OpenClFaultTest::refused))) {
      TrainingFailedException stopped =
          assertThrows(
              TrainingFailedException.class,
              () -> trainer(session, Optional.empty(), "2").run(start()));

      assertTrue(
          stopped.getMessage().contains("failed while it ran a kernel"), stopped.getMessage());
      assertEquals(5, stopped.step(), "the end of the first epoch");
    }
    try (Session session = open(memory, failingFrom(executesOf(4) + 2, OpenClFaultTest::refused))) {
      TrainingFailedException stopped =
          assertThrows(
              TrainingFailedException.class,
              () -> trainer(session, Optional.empty(), "2").run(start()));

      assertEquals(4, stopped.step(), "between the forward and the backward pass of step 5");
      assertArrayEquals(afterFour, stopped.parameters());
    }
  }

  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void aDeviceLostInMidRunIsReplacedAndTheResultIsTheSame(HostMemory memory) {
    TrainingResult expected;
    try (Session session = new CpuEngine(1).open(NETWORK, BATCH)) {
      expected = trainer(session, Optional.empty(), "2").run(start());
    }
    for (int execute : new int[] {executesOf(0) + 1, executesOf(3) + 1, executesOf(7) + 2}) {
      List<Device> devices = new ArrayList<>();
      try (Session session = open(memory, failingFrom(execute, OpenClFaultTest::refused));
          Session other = new CpuEngine(1).open(NETWORK, BATCH)) {
        TrainingResult result = trainer(session, Optional.of(other), "2").run(start());

        if (execute > executesOf(2)) {
          devices.add(session.device());
        }
        devices.add(other.device());
        assertArrayEquals(expected.parameters(), result.parameters(), 1e-5f);
        assertEquals(expected.test(), result.test());
        assertEquals(devices, result.devices());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void whatDoesNotFitIntoTheDeviceIsRefusedByName(HostMemory memory) {
    OpenClEngine engine = OpenClTestDevice.engine(memory);
    Network small = NetworkText.parse(NETWORK.input(), "pool 3, dense 4");
    long really = engine.target().getMaxMemAllocSize();
    try {
      engine.target().setMaxMemAllocSize(2000);
      assertTrue(
          assertThrows(EngineException.class, () -> engine.open(NETWORK, 1000))
              .getMessage()
              .startsWith(engine.device() + " has no room for the activations: "));

      engine.target().setMaxMemAllocSize(170); // four images of 36 bytes
      try (Session session = engine.open(small, 1)) {
        assertEquals(
            engine.device()
                + " has no room for the images of noise: 20 images in all, it takes 16 in 4 pieces"
                + " of 170 bytes at most",
            assertThrows(EngineException.class, () -> session.load(images())).getMessage());
        assertEquals(0, session.load(images().first(16)), "the session still works");
        session.setParameters(Initialization.HE.draw(small, 1));
        session.infer(new int[1], 0, 1, new float[4]);
      }
    } finally {
      engine.target().setMaxMemAllocSize(really);
    }
  }

  /** Aparapi allocates the images' buffer at the next execute; nothing is said before. */
  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void memoryThatRunsOutBehindALoadIsAFailureOfTheNextCall(HostMemory memory) {
    Launch outOfMemory =
        (kernel, range, passes) -> {
          throw new DeviceKernelManager.DeviceFailedException(range.getDevice());
        };
    try (Session session = open(memory, failingFrom(OPENING + 1, outOfMemory))) {
      session.load(images());
      EngineException failure =
          assertThrows(
              EngineException.class,
              () -> session.infer(new int[1], 0, 1, new float[NETWORK.classes()]));
      assertTrue(failure.getMessage().contains("failed while"), failure.getMessage());
      assertFalse(failure instanceof StateLostException, "going back would not help");
    }
  }

  /** Aparapi's thread pool computes the same, so only its books tell. */
  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void workDoneSomewhereElseIsNoticed(HostMemory memory) {
    Launch elsewhere =
        (kernel, range, passes) -> {
          useThreadPool(kernel);
          kernel.execute(Range.create(64), passes);
        };
    try (Session session = open(memory, failingFrom(OPENING + 1, elsewhere))) {
      session.load(images());
      assertEquals(
          session.device() + " did not run the kernel: it ran somewhere else",
          assertThrows(
                  EngineException.class,
                  () -> session.infer(new int[1], 0, 1, new float[NETWORK.classes()]))
              .getMessage());
    }
    assertThrows(EngineException.class, () -> open(memory, failingFrom(1, elsewhere)).close());
  }

  @SuppressWarnings("deprecation") // the only way to the thread pool past DeviceKernelManager
  private static void useThreadPool(Kernel kernel) {
    kernel.setExecutionModeWithoutFallback(Kernel.EXECUTION_MODE.JTP);
  }

  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void anExecuteThatDoesNothingIsNoticed(HostMemory memory) {
    Launch nothing = (kernel, range, passes) -> {};
    try (Session session = open(memory, failingFrom(OPENING + 1, nothing))) {
      session.load(images());
      assertThrows(
          EngineException.class,
          () -> session.infer(new int[1], 0, 1, new float[NETWORK.classes()]));
    }
  }

  /** Aparapi says nothing of a readback that failed, as of an array that it does not know. */
  @ParameterizedTest
  @EnumSource(value = HostMemory.class, names = "SEPARATE")
  void aReadbackThatFailsIsNoticed(HostMemory memory) {
    Launch unreadable =
        (kernel, range, passes) -> {
          Launch.APARAPI.execute(kernel, range, passes);
          ((TrainingKernel) kernel).logits = new float[BATCH * NETWORK.classes()];
        };
    try (Session session = open(memory, failingFrom(OPENING + 1, unreadable))) {
      session.load(images());
      assertEquals(
          session.device() + " did not hand over its results",
          assertThrows(
                  EngineException.class,
                  () -> session.infer(new int[1], 0, 1, new float[NETWORK.classes()]))
              .getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void notANumberInTheOutputsEndsTheRunWithTheLastGoodParameters(HostMemory memory) {
    int forward = executesOf(6) + 1;
    AtomicInteger count = new AtomicInteger();
    Launch once =
        (kernel, range, passes) -> {
          TrainingKernel training = (TrainingKernel) kernel;
          if (count.incrementAndGet() == forward) {
            kernel.get(training.parameters);
            training.parameters[NETWORK.parameterCount() - 1] = Float.NaN; // a bias of the logits
            kernel.put(training.parameters);
          }
          Launch.APARAPI.execute(kernel, range, passes);
        };
    assertStopsAfterTheFirstEpoch(memory, once, "the loss is no longer finite at step 7");
  }

  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void anUpdateToNotANumberNeverGetsIntoWhatIsKept(HostMemory memory) {
    assertStopsAfterTheFirstEpoch(
        memory,
        updatingToNotANumber(executesOf(6) + EXECUTES_OF_A_STEP),
        "the loss is no longer finite at step 8");
    // the epoch's last: no loss comes behind it
    assertStopsAfterTheFirstEpoch(
        memory,
        updatingToNotANumber(executesOf(9) + EXECUTES_OF_A_STEP),
        "a parameter is no longer finite at step 10");
  }

  private static Launch updatingToNotANumber(int execute) {
    AtomicInteger count = new AtomicInteger();
    return (kernel, range, passes) -> {
      if (count.incrementAndGet() == execute) {
        ((TrainingKernel) kernel).learningRate = Float.NaN;
      }
      Launch.APARAPI.execute(kernel, range, passes);
    };
  }

  private static void assertStopsAfterTheFirstEpoch(
      HostMemory memory, Launch launch, String message) {
    float[] afterFive = trained(memory, STEPS_OF_AN_EPOCH);
    try (Session session = open(memory, launch)) {
      TrainingDivergedException stopped =
          assertThrows(
              TrainingDivergedException.class,
              () -> trainer(session, Optional.empty(), "1000").run(start()));
      assertTrue(stopped.getMessage().startsWith(message), stopped.getMessage());
      assertEquals(STEPS_OF_AN_EPOCH, stopped.step());
      assertArrayEquals(afterFive, stopped.parameters());
    }
  }

  /** The parameters after some steps on a device that does not fail. */
  private static float[] trained(HostMemory memory, int steps) {
    float[][] kept = new float[1][];
    try (Session session = open(memory, Launch.APARAPI)) {
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void step(Step step) {
              if (step.step() == steps) {
                kept[0] = session.parameters();
              }
            }
          };
      new Trainer(session, images(), images(), plan("1000"), listener).run(start());
    }
    return kept[0];
  }

  /** Three epochs of five steps. */
  private static TrainingPlan plan(String sync) {
    return new TrainingPlan(3, BATCH, 0.1f, 1, true, SyncInterval.parse(sync));
  }

  private static Trainer trainer(Session session, Optional<Session> other, String sync) {
    return new Trainer(
        session,
        other.map(next -> () -> next),
        images(),
        images(),
        plan(sync),
        new TrainingListener() {});
  }

  private static float[] start() {
    return Initialization.HE.draw(NETWORK, 1);
  }

  private static ImageSet images() {
    Random random = new Random(8);
    byte[] pixels = new byte[IMAGES * NETWORK.input().size()];
    random.nextBytes(pixels);
    byte[] labels = new byte[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = (byte) random.nextInt(NETWORK.classes());
    }
    return new ImageSet("noise", NETWORK.input(), pixels, labels, NETWORK.classes());
  }
}
