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
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.engine.check.CheckedOperation;
import org.aparanet.engine.check.DeviceCheck;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.opencl.kernel.KernelFields;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.SyncInterval;
import org.aparanet.train.Trainer;
import org.aparanet.train.Trainers;
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
    assertEquals(EnumSet.allOf(CheckedOperation.class), right.errors().keySet());

    Launch tooFar =
        (kernel, range, passes) -> {
          new KernelFields(kernel).multiplyLearningRate(1.001f);
          Launch.APARAPI.execute(kernel, range, passes);
        };
    CheckReport wrong = DeviceCheck.brief(engine.with(tooFar));
    assertEquals(Optional.of(CheckedOperation.UPDATE), wrong.wrong(), wrong::verdict);
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

  /** The same with the loss on the device: at any execute of a run, each step being one. */
  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void aDeviceThatComputesTheLossMayBeLostAtAnyTime(HostMemory memory) {
    TrainingPlan plan = plan("2").withSoftmax(TrainingPlan.Softmax.DEVICE);
    TrainingResult expected;
    try (Session session = new CpuEngine(1).open(NETWORK, BATCH)) {
      expected = trainer(session, Optional.empty(), "2").run(start());
    }
    int executes = OPENING + 3 * (STEPS_OF_AN_EPOCH + EXECUTES_OF_A_TEST);
    for (int execute = OPENING + 1; execute <= executes + 1; execute += 3) {
      try (Session session = open(memory, failingFrom(execute, OpenClFaultTest::refused));
          Session other = new CpuEngine(1).open(NETWORK, BATCH)) {
        TrainingResult result =
            Trainers.of(
                    session,
                    Optional.of(() -> other),
                    images(),
                    images(),
                    plan,
                    new TrainingListener() {})
                .run(start());
        int lost = execute;
        Device last = result.devices().get(result.devices().size() - 1);
        assertEquals(execute <= executes ? other.device() : session.device(), last);
        assertArrayEquals(
            expected.parameters(), result.parameters(), 1e-5f, () -> "lost at execute " + lost);
        assertEquals(expected.test(), result.test());
      }
    }
  }

  /** In whichever step of whichever epoch, and in whichever test: every fourth execute of a run. */
  @ParameterizedTest
  @EnumSource(value = HostMemory.class, names = "SEPARATE")
  void aDeviceMayBeLostAtAnyTime(HostMemory memory) {
    TrainingResult expected;
    try (Session session = new CpuEngine(1).open(NETWORK, BATCH)) {
      expected = trainer(session, Optional.empty(), "2").run(start());
    }
    for (int execute = OPENING + 1; execute <= executesOf(15); execute += 4) {
      try (Session session = open(memory, failingFrom(execute, OpenClFaultTest::refused));
          Session other = new CpuEngine(1).open(NETWORK, BATCH)) {
        TrainingResult result = trainer(session, Optional.of(other), "2").run(start());

        int lost = execute;
        assertEquals(other.device(), result.devices().get(result.devices().size() - 1));
        assertArrayEquals(
            expected.parameters(), result.parameters(), 1e-5f, () -> "lost at execute " + lost);
        assertEquals(expected.test(), result.test());
      }
    }
  }

  /**
   * With the bytes that a message names there is room, and with one less there is not: so each
   * array is asked for in turn.
   */
  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void messagesNameTheBytesThatAreMissing(HostMemory memory) {
    OpenClEngine engine = OpenClTestDevice.engine(memory);
    // few parameters and a large batch, then the other way round
    assertEquals("activations", refusedBelowTheirBytes(engine, NETWORK, 1000).get(0));
    Network wide = NetworkText.parse(new Shape(1, 2, 2), "dense 999, dense 100");
    List<String> refused = refusedBelowTheirBytes(engine, wide, 1);
    assertTrue(refused.contains("parameters"), refused::toString);
  }

  /** The arrays that were refused, in their order, with less memory than they need. */
  private static List<String> refusedBelowTheirBytes(
      OpenClEngine engine, Network network, int batch) {
    Pattern sentence =
        Pattern.compile(" has no room for the (.*): (\\d+) bytes in one piece, it allows (\\d+)");
    List<String> refused = new ArrayList<>();
    long really = engine.target().getMaxMemAllocSize();
    long allowed = 100;
    try {
      while (true) {
        engine.target().setMaxMemAllocSize(allowed);
        EngineException failure;
        try (Session session = engine.open(network, batch)) {
          return refused;
        } catch (EngineException e) {
          failure = e;
        }
        Matcher matcher =
            sentence.matcher(failure.getMessage().substring(engine.device().toString().length()));
        assertTrue(matcher.matches(), failure.getMessage());
        assertTrue(failure.getMessage().startsWith(engine.device().toString()));
        assertEquals(allowed, Long.parseLong(matcher.group(3)));
        long needed = Long.parseLong(matcher.group(2));
        assertTrue(needed > allowed, failure.getMessage());
        if (allowed < needed - 1) {
          allowed = needed - 1; // refused once more, for the same array
        } else {
          refused.add(matcher.group(1));
          allowed = needed;
          assertBytes(network, batch, matcher.group(1), needed);
        }
      }
    } finally {
      engine.target().setMaxMemAllocSize(really);
    }
  }

  private static void assertBytes(Network network, int batch, String what, long bytes) {
    if (what.equals("parameters")) { // and their mark
      assertEquals((network.parameterCount() + 1) * 4L, bytes);
    } else if (what.equals("activations")) {
      assertTrue(bytes > 4L * batch * network.input().size(), what + ": " + bytes);
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

  /** It runs, but the marks of its answer are those of a step before. */
  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void anAnswerOfAnotherStepIsNoticed(HostMemory memory) {
    Launch silent =
        (kernel, range, passes) -> {
          new KernelFields(kernel).leaveNoMarks();
          Launch.APARAPI.execute(kernel, range, passes);
        };
    String missing = " did not run the kernel: its answer to step %d is missing";
    try (Session session = open(memory, failingFrom(OPENING + 2, silent))) {
      session.load(images());
      session.setParameters(start());
      session.infer(new int[1], 0, 1, new float[NETWORK.classes()]);
      assertEquals(
          session.device() + missing.formatted(3),
          assertThrows(
                  EngineException.class,
                  () -> session.infer(new int[1], 0, 1, new float[NETWORK.classes()]))
              .getMessage());
    }
    EngineException failure =
        assertThrows(EngineException.class, () -> open(memory, failingFrom(1, silent)).close());
    assertTrue(failure.getMessage().endsWith(missing.formatted(1)), failure.getMessage());
  }

  /** What a session brings to the host. */
  private enum Readback {
    LOGITS(
        KernelFields::forgetLogits,
        session -> session.infer(new int[1], 0, 1, new float[NETWORK.classes()]),
        " did not hand over its results"),
    STATUS(
        KernelFields::forgetStatus,
        session -> session.infer(new int[1], 0, 1, new float[NETWORK.classes()]),
        " is missing"),
    PARAMETERS(
        KernelFields::forgetParameters, Session::parameters, "before the readback of parameters"),
    GRADIENTS(
        KernelFields::forgetGradients, Session::gradients, "before the readback of gradients"),
    FIRST_MOMENTS(
        KernelFields::forgetFirstMoments, Session::state, "before the readback of moments"),
    SECOND_MOMENTS(
        KernelFields::forgetSecondMoments, Session::state, "before the readback of moments");

    private final Consumer<KernelFields> forgetting;
    private final Consumer<Session> reading;
    private final String message;

    Readback(Consumer<KernelFields> forgetting, Consumer<Session> reading, String message) {
      this.forgetting = forgetting;
      this.reading = reading;
      this.message = message;
    }
  }

  /**
   * Aparapi says nothing of a readback that failed, as of an array that it does not know. Whether
   * the last step trained or not: some marks change with it, and some do not.
   */
  @ParameterizedTest
  @EnumSource
  void aReadbackThatFailsIsNoticed(Readback readback) {
    for (boolean inferred : new boolean[] {false, true}) {
      KernelFields[] kernel = new KernelFields[1];
      boolean[] forget = new boolean[1];
      Launch launch =
          (own, range, passes) -> {
            kernel[0] = new KernelFields(own);
            Launch.APARAPI.execute(own, range, passes);
            if (forget[0]) {
              readback.forgetting.accept(kernel[0]);
            }
          };
      try (Session session = open(HostMemory.SEPARATE, launch)) {
        session.load(images());
        session.setParameters(start());
        session.optimize(
            new Optimizer(Optimizer.Rule.ADAM, 0.9f, 0.99f, 0, Float.POSITIVE_INFINITY), 0);
        LossGradient loss = (logits, dLogits, offset, first, rows) -> true;
        assertTrue(session.step(new int[BATCH], 0, BATCH, loss, 0.1f));
        if (inferred && readback != Readback.GRADIENTS) { // an inference leaves them their step
          session.infer(new int[1], 0, 1, new float[NETWORK.classes()]);
        }
        if (readback == Readback.LOGITS || readback == Readback.STATUS) {
          forget[0] = true;
        } else {
          readback.reading.accept(session); // so the host has an array with the right mark
          readback.forgetting.accept(kernel[0]);
        }
        String message =
            assertThrows(EngineException.class, () -> readback.reading.accept(session))
                .getMessage();
        assertTrue(message.startsWith(session.device().toString()), message);
        assertTrue(message.contains(readback.message), message);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void notANumberInTheOutputsEndsTheRunWithTheLastGoodParameters(HostMemory memory) {
    int forward = executesOf(6) + 1;
    AtomicInteger count = new AtomicInteger();
    Launch once =
        (kernel, range, passes) -> {
          if (count.incrementAndGet() == forward) {
            float[] parameters = new KernelFields(kernel).parameters();
            kernel.get(parameters);
            parameters[NETWORK.parameterCount() - 1] = Float.NaN; // a bias of the logits
            kernel.put(parameters);
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
        new KernelFields(kernel).multiplyLearningRate(Float.NaN);
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
      Trainers.of(session, images(), images(), plan("1000"), listener).run(start());
    }
    return kept[0];
  }

  /** Three epochs of five steps. */
  private static TrainingPlan plan(String sync) {
    return TrainingPlan.of(3, BATCH, 0.1f).withSync(SyncInterval.parse(sync));
  }

  private static Trainer trainer(Session session, Optional<Session> other, String sync) {
    return Trainers.of(
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
