package org.aparanet.engine.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.ForwardingSession;
import org.aparanet.engine.Inference;
import org.aparanet.engine.PretendedGpu;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.frozen.FrozenLayers;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which device a choice means, and when another one takes its place. */
class EnginesTest {
  private static final Network NETWORK = NetworkText.parse(new Shape(1, 4, 4), "dense 2");

  private static Engine engine(int index, Device.Kind kind, String failure) {
    Engine works = new CpuEngine(1);
    Device device = new Device("opencl:" + index, kind, "Test " + index, "Platform", 1 << 30, 8);
    return new Engine() {
      @Override
      public Device device() {
        return device;
      }

      @Override
      public Session open(Network network, int batch) {
        if (failure != null) {
          throw new EngineException(failure);
        }
        return new ForwardingSession(works.open(network, batch), device);
      }
    };
  }

  private static Engines engines(Engine... openCl) {
    return TestEngines.of(openCl);
  }

  private static Engines.Opened open(Engines engines, String choice) {
    Engines.Opened opened = engines.open(DeviceChoice.parse(choice), NETWORK, 1);
    opened.close();
    return opened;
  }

  @Test
  void autoTakesTheFirstGpuThatWorks() {
    Engines engines =
        engines(
            engine(0, Device.Kind.CPU, null),
            engine(1, Device.Kind.GPU, "opencl:1 (Test 1) could not build the kernels"),
            engine(2, Device.Kind.GPU, null));
    Engines.Opened opened = open(engines, "auto");
    assertEquals("opencl:2", opened.session().device().id());
    assertEquals(List.of("opencl:1 (Test 1) could not build the kernels"), opened.notices());
  }

  /** A GPU whose second inference fails, for good or once. */
  private static Engine gpuThatFails(Supplier<EngineException> failure, boolean once) {
    return new PretendedGpu(
        new CpuEngine(1),
        session ->
            new ForwardingSession(session, session.device()) {
              private int calls;

              @Override
              public void infer(int[] images, int from, int count, float[] logits) {
                calls++;
                if (calls == 2 || calls > 2 && !once) {
                  super.setParameters(new float[NETWORK.parameterCount()]); // they are lost
                  throw failure.get();
                }
                super.infer(images, from, count, logits);
              }
            });
  }

  private static float[] infer(Inference inference, int value) {
    byte[] pixels = new byte[16];
    pixels[3] = (byte) value;
    float[] logits = new float[2];
    inference.infer(pixels, 1, logits);
    return logits;
  }

  private static float[] ramp() {
    float[] parameters = new float[NETWORK.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = i;
    }
    return parameters;
  }

  private static Inference inference(Engines engines, String choice, List<String> notes) {
    return engines.openInference(DeviceChoice.parse(choice), NETWORK, ramp(), 4, notes::add);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "gpu"})
  void anInferenceThatFailsGoesOnWithTheJavaEngineUnderAutoAlone(String choice) {
    List<String> notes = new ArrayList<>();
    Supplier<EngineException> failure = () -> new EngineException("fell off the bus");
    try (Inference inference =
        inference(TestEngines.trusted(gpuThatFails(failure, false)), choice, notes)) {
      float[] expected = infer(inference, 255);
      assertEquals("opencl:0", inference.device().id());
      if (choice.equals("gpu")) {
        assertThrows(EngineException.class, () -> infer(inference, 255));
        return;
      }
      assertArrayEquals(expected, infer(inference, 255));
      assertEquals("cpu", inference.device().id());
      assertEquals("fell off the bus; using the Java engine", notes.get(notes.size() - 1));
      assertArrayEquals(expected, infer(inference, 255));
      inference.close();
      assertThrows(IllegalStateException.class, () -> infer(inference, 255));
    }
  }

  /** More images than the device takes at a time. */
  @Test
  void batchesFollowOneAnother() {
    byte[] pixels = new byte[10 * 16];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (37 * i);
    }
    float[] expected = new float[20];
    float[] found = new float[20];
    Engines engines = TestEngines.trusted(engine(0, Device.Kind.GPU, null));
    try (Inference java = inference(engines, "cpu", new ArrayList<>());
        Inference gpu = inference(engines, "gpu", new ArrayList<>())) {
      java.infer(pixels, 10, expected);
      gpu.infer(pixels, 10, found);
    }
    assertArrayEquals(expected, found, 1e-3f);
    assertFalse(found[0] == found[8]);
  }

  /** What a listener of notes does is nothing that the others wait for. */
  @Test
  void aDeviceThatGivesNoNumbersIsLeftForTheJavaEngine() {
    Engine wrong =
        new PretendedGpu(
            new CpuEngine(1),
            session ->
                new ForwardingSession(session, session.device()) {
                  @Override
                  public void infer(int[] images, int from, int count, float[] logits) {
                    super.infer(images, from, count, logits);
                    logits[count] = Float.NaN;
                  }

                  @Override
                  public void close() {
                    super.close();
                    throw new EngineException("cannot even be closed");
                  }
                });
    List<float[]> others = new ArrayList<>();
    AtomicReference<Inference> opened = new AtomicReference<>();
    try (Inference inference =
        TestEngines.trusted(wrong)
            .openInference(
                DeviceChoice.parse("auto"),
                NETWORK,
                ramp(),
                4,
                note -> {
                  if (opened.get() != null) {
                    others.add(infer(opened.get(), 255));
                  }
                })) {
      opened.set(inference);
      float[] found = infer(inference, 255);
      assertTrue(Float.isFinite(found[0]) && Float.isFinite(found[1]));
      assertEquals("cpu", inference.device().id());
      assertEquals(1, others.size());
      assertArrayEquals(found, others.get(0));
    }
  }

  @Test
  void aDeviceThatLostTheParametersGetsThemAgain() {
    Supplier<EngineException> lost = () -> new StateLostException("lost its state");
    List<String> notes = new ArrayList<>();
    try (Inference inference =
        inference(TestEngines.trusted(gpuThatFails(lost, true)), "auto", notes)) {
      float[] expected = infer(inference, 51);
      assertArrayEquals(expected, infer(inference, 51));
      assertEquals("opencl:0", inference.device().id());
    }
  }

  @Test
  void anInferenceChecksItsArguments() {
    for (String choice : List.of("cpu", "gpu")) {
      try (Inference inference =
          inference(engines(engine(0, Device.Kind.GPU, null)), choice, new ArrayList<>())) {
        assertRefused(
            "0 images to classify; there must be at least 1",
            () -> inference.infer(new byte[16], 0, new float[2]));
        assertRefused(
            "an array of 31 pixels; 2 images need 32",
            () -> inference.infer(new byte[31], 2, new float[4]));
        assertRefused(
            "an array of 3 logits; 2 images need 4",
            () -> inference.infer(new byte[32], 2, new float[3]));
      }
    }
  }

  private static void assertRefused(String message, Runnable use) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, use::run).getMessage());
  }

  @Test
  void whatTakesLongIsToldBeforeItBegins() {
    Engines engines = engines(engine(0, Device.Kind.GPU, null), engine(1, Device.Kind.CPU, null));
    String first =
        "checking opencl:0 (Test 0): first use of this device and driver by this version, which takes"
            + " some seconds ...";
    String build = "building kernels for opencl:0 (Test 0) ...";

    assertEquals(List.of(first, build), notes(engines, "auto"));
    assertEquals(List.of(build), notes(engines, "auto"), "the verdict is known by now");
    assertEquals(List.of("building kernels for opencl:1 (Test 1) ..."), notes(engines, "opencl:1"));
    assertEquals(List.of(), notes(engines, "cpu"));
  }

  private static List<String> notes(Engines engines, String choice) {
    List<String> notes = new ArrayList<>();
    engines.open(DeviceChoice.parse(choice), NETWORK, FrozenLayers.NONE, 1, notes::add).close();
    return notes;
  }

  @Test
  void choicesMayHaveCapitals() {
    for (String text : List.of("auto", "gpu", "cpu", "opencl:7")) {
      assertEquals(text, DeviceChoice.parse(text.toUpperCase(Locale.ROOT)).toString());
    }
  }

  @Test
  void autoFallsBackToJavaAndSaysWhy() {
    Engines.Opened failed = open(engines(engine(0, Device.Kind.GPU, "it smokes")), "auto");
    assertEquals("cpu", failed.session().device().id());
    assertEquals(List.of("it smokes", "Using the Java engine."), failed.notices());

    Engines.Opened none = open(engines(), "auto");
    assertEquals("cpu", none.session().device().id());
    assertEquals(List.of("No GPU: there is no driver. Using the Java engine."), none.notices());
  }

  @Test
  void autoNeverTakesAnOpenClDeviceOfTypeCpu() {
    Engines engines = engines(engine(0, Device.Kind.CPU, null));
    assertEquals("cpu", open(engines, "auto").session().device().id());
    assertEquals("cpu", engines.preferred().id());
    assertTrue(open(engines, "auto").notices().get(0).contains("opencl:0 (Test 0) is of type CPU"));
  }

  /** Accelerators among them: what they are good at is not known. */
  @ParameterizedTest
  @EnumSource(value = Device.Kind.class, names = "GPU", mode = EnumSource.Mode.EXCLUDE)
  void onlyAGpuCountsAsOne(Device.Kind kind) {
    Engines engines = engines(engine(0, kind, null));
    assertEquals("cpu", open(engines, "auto").session().device().id());
    assertEquals("cpu", engines.preferred().id());
    assertMessage(
        "there is no GPU: no OpenCL device is of type GPU (opencl:0 (Test 0) is of type "
            + kind
            + ")",
        engines,
        "gpu");
    Engines both = engines(engine(0, kind, null), engine(1, Device.Kind.GPU, null));
    assertEquals("opencl:1", open(both, "auto").session().device().id());
    assertEquals("opencl:1", open(both, "gpu").session().device().id());
    assertEquals("opencl:1", both.preferred().id());
  }

  @Test
  void aDeviceThatWasAskedForIsTakenOrFails() {
    Engines engines =
        engines(engine(0, Device.Kind.CPU, null), engine(1, Device.Kind.GPU, "it smokes"));
    assertEquals("opencl:0", open(engines, "opencl:0").session().device().id());
    assertEquals("cpu", open(engines, "cpu").session().device().id());
    assertMessage("it smokes", engines, "gpu");
    assertMessage("it smokes", engines, "opencl:1");
    assertMessage(
        "there is no device opencl:2: the OpenCL devices are opencl:0 to opencl:1",
        engines,
        "opencl:2");
    assertMessage(
        "there is no device opencl:1: the only OpenCL device is opencl:0",
        engines(engine(0, Device.Kind.CPU, null)),
        "opencl:1");
    assertMessage("there is no GPU: there is no driver", engines(), "gpu");
    assertMessage("there is no device opencl:0: there is no driver", engines(), "opencl:0");
  }

  @Test
  void onlyAutoOnAGpuCanFallBackAndDoesSoOnce() {
    Engines engines = engines(engine(0, Device.Kind.GPU, null));
    try (Engines.Opened opened = engines.open(DeviceChoice.parse("auto"), NETWORK, 3)) {
      Session failed = opened.session();
      assertTrue(opened.canFallBack());

      Session other = opened.fallBack();

      assertEquals("cpu", other.device().id());
      assertEquals(3, other.batch());
      assertEquals(NETWORK, other.network());
      assertSame(other, opened.session());
      assertThrows(IllegalStateException.class, failed::parameters, "it is closed");
      assertFalse(opened.canFallBack());
      assertThrows(IllegalStateException.class, opened::fallBack);
    }
    for (String choice : List.of("gpu", "opencl:0", "cpu")) {
      assertFalse(open(engines, choice).canFallBack(), choice);
    }
    assertFalse(open(engines(), "auto").canFallBack(), "it is on the Java engine already");
  }

  @Test
  void autoTakesNoGpuThatComputesWronglyAndSaysSo() {
    Engines engines = engines(PretendedGpu.computingWrongly(new CpuEngine(1)));
    assertEquals("opencl:0", engines.preferred().id(), "nothing is known yet");

    Engines.Opened opened = open(engines, "auto");

    assertEquals("cpu", opened.session().device().id());
    assertEquals(2, opened.notices().size());
    assertTrue(
        opened
            .notices()
            .get(0)
            .matches(
                "opencl:0 \\(Pretended\\) computes wrongly: update is off by \\d\\.\\de-0\\d of the"
                    + " right result, and at most 1e-05 is allowed; it is not used \\(\"aparanet"
                    + " devices --check\" tests it again\\)"),
        opened.notices()::toString);
    assertEquals("cpu", engines.preferred().id());
    assertEquals(opened.notices().subList(0, 1), engines.objections());
    assertEquals("opencl:0", open(engines, "gpu").session().device().id(), "asked for by name");
  }

  @Test
  void aGpuIsCheckedOnceForAllProcesses(@TempDir Path folder) {
    AtomicInteger opened = new AtomicInteger();
    Engine right =
        new PretendedGpu(
            new CpuEngine(1),
            session -> {
              opened.incrementAndGet();
              return session;
            });
    Supplier<Verdicts> kept = () -> new Verdicts(Optional.of(folder), Optional.of("1.0"));

    assertEquals(
        "opencl:0", open(TestEngines.of(kept.get(), right), "auto").session().device().id());
    assertTrue(opened.get() > 2, "it was checked");
    opened.set(0);
    assertEquals(
        "opencl:0", open(TestEngines.of(kept.get(), right), "auto").session().device().id());
    assertEquals(1, opened.get(), "only the session itself");

    Engines wrong = TestEngines.of(kept.get(), PretendedGpu.computingWrongly(new CpuEngine(1)));
    assertFalse(wrong.check().toList().get(0).right());
    assertEquals("cpu", open(wrong, "auto").session().device().id());
    opened.set(0);
    assertEquals(
        "cpu",
        open(TestEngines.of(kept.get(), right), "auto").session().device().id(),
        "a kept verdict holds until the device is checked again");
    assertEquals(0, opened.get());
    assertTrue(TestEngines.of(kept.get(), right).check().allMatch(CheckReport::right));
    assertEquals(
        "opencl:0", open(TestEngines.of(kept.get(), right), "auto").session().device().id());
  }

  /** Another process may need the device's memory, and not tomorrow. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCheckThatWasNotFinishedIsNotRemembered(boolean asked, @TempDir Path folder) {
    Supplier<Verdicts> kept = () -> new Verdicts(Optional.of(folder), Optional.of("1.0"));
    Verdicts verdicts = kept.get();
    for (int step : new int[] {1, 2, 20}) { // before anything was measured, and later
      Engines failing =
          TestEngines.of(verdicts, PretendedGpu.failingAtStep(new CpuEngine(1), step));
      if (asked) {
        assertTrue(failing.check().toList().get(0).failure().isPresent());
      } else {
        Engines.Opened opened = open(failing, "auto");
        assertEquals("cpu", opened.session().device().id());
        assertTrue(opened.notices().get(0).contains("fell off the bus"));
      }
      assertEquals(List.of(), failing.objections());
      assertEquals("opencl:0", failing.preferred().id());
    }
    Engine right = new PretendedGpu(new CpuEngine(1), session -> session);
    for (Verdicts known : List.of(verdicts, kept.get())) {
      assertEquals("opencl:0", open(TestEngines.of(known, right), "auto").session().device().id());
    }
  }

  @Test
  void aBatchWithMoreLogitsThanAnArrayHoldsIsRefused() {
    Network wide = NetworkText.parse(new Shape(1, 1, 1), "dense 40000");
    EngineException failure =
        assertThrows(
            EngineException.class, () -> engines().open(DeviceChoice.parse("cpu"), wide, 65_536));
    assertEquals(
        "a batch of 65536 has too many logits for a network of 40000 classes; it may have at most"
            + " 53687 images",
        failure.getMessage());
  }

  @Test
  void javaEngineIsHadWithoutLookingForOpenCl() {
    Engines engines =
        new Engines(
            new CpuEngine(1),
            () -> {
              throw new AssertionError("OpenCL was looked for");
            },
            new Verdicts(Optional.empty(), Optional.empty()));
    assertEquals("cpu", open(engines, "cpu").session().device().id());
  }

  private static void assertMessage(String expected, Engines engines, String choice) {
    EngineException failure =
        assertThrows(EngineException.class, () -> open(engines, choice), choice);
    assertEquals(expected, failure.getMessage());
  }
}
