package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.ForwardingSession;
import org.aparanet.engine.PretendedGpu;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.select.TestEngines;
import org.aparanet.model.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees when a device fails while it trains. */
class DeviceFaultTest {
  private static final Engine WORKS = new CpuEngine(1);

  @TempDir Path folder;

  @Test
  void autoGoesOnWithTheJavaEngineAndTheSameResult() throws Exception {
    Run undisturbed = train("undisturbed", WORKS, "--device", "cpu");
    Run run = train("model", PretendedGpu.failingAtStep(WORKS, 28), "--sync-every", "4");

    assertEquals(0, run.status, run.err);
    List<String> said = run.err.lines().filter(line -> line.contains("fell off")).toList();
    assertEquals(
        List.of(
            "opencl:0 (Pretended) fell off the bus; going on from step 24 on cpu (Java engine)"),
        said);
    assertEquals(result(undisturbed), result(run));
    assertTrue(
        run.out.strip().endsWith(" on opencl:0 (Pretended), then cpu (Java engine)"), run.out);
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("undisturbed")),
        Files.readAllBytes(folder.resolve("model")));
    assertEquals(40, steps("model.jsonl").size());
    assertEquals(steps("undisturbed.jsonl"), steps("model.jsonl"));
  }

  /** The frozen layers go on on the other device, too, with nothing of what was kept. */
  @Test
  void autoGoesOnWithFrozenLayers() throws Exception {
    Run undisturbed = train("undisturbed", WORKS, "--device", "cpu", "--freeze", "1");
    Run run =
        train("model", PretendedGpu.failingAtStep(WORKS, 28), "--sync-every", "4", "--freeze", "1");

    assertEquals(0, run.status, run.err);
    assertTrue(run.err.contains("fell off the bus; going on from step 24 on cpu"), run.err);
    assertEquals(result(undisturbed), result(run));
    assertEquals(steps("undisturbed.jsonl"), steps("model.jsonl"));
  }

  @Test
  void aDeviceThatGaveNothingIsNotNamedInTheResult() throws Exception {
    Run run = train("model", PretendedGpu.failingAtStep(WORKS, 1));

    assertEquals(0, run.status, run.err);
    assertTrue(
        run.err.contains(
            "opencl:0 (Pretended) fell off the bus; going on from the beginning on cpu (Java"
                + " engine)"),
        run.err);
    assertTrue(run.out.strip().endsWith(" images/s on cpu (Java engine)"), run.out);
  }

  @Test
  void aSetThatDoesNotFitIsTrainedWithTheJavaEngine() throws Exception {
    PretendedGpu full =
        new PretendedGpu(
            WORKS,
            session ->
                new ForwardingSession(session, session.device()) {
                  @Override
                  public int load(ImageSet images) {
                    throw new EngineException(device() + " has no room for " + images.name());
                  }
                });

    Run auto = train("auto", full);
    Run gpu = train("gpu", full, "--device", "gpu");

    assertEquals(0, auto.status, auto.err);
    assertTrue(
        auto.err.contains(
            "opencl:0 (Pretended) has no room for mnist train; going on from the beginning on cpu"),
        auto.err);
    assertEquals(1, gpu.status);
    assertEquals("aparanet: opencl:0 (Pretended) has no room for mnist train", gpu.last());
    assertFalse(Files.exists(folder.resolve("gpu")));
  }

  @Test
  void aDeviceThatWasAskedForStopsWithTheCauseAndWhatWasLearned() throws Exception {
    Path kept = folder.resolve("kept");
    Run undisturbed =
        train(
            "whole",
            WORKS,
            "--device",
            "cpu",
            "--checkpoint",
            kept.toString(),
            "--checkpoint-every",
            "4",
            "--checkpoint-keep",
            "10");
    assertEquals(0, undisturbed.status, undisturbed.err);
    float[] after24 = ModelFile.load(kept.resolve("step-0000000024.safetensors")).parameters();
    for (String device : List.of("gpu", "opencl:0")) {
      Path model = folder.resolve("model");
      Run run =
          train(
              "model",
              PretendedGpu.failingAtStep(WORKS, 28),
              "--device",
              device,
              "--sync-every",
              "4");

      assertEquals(1, run.status);
      assertEquals("", run.out);
      assertEquals(
          "aparanet: opencl:0 (Pretended) fell off the bus; the parameters after step 24 were still"
              + " good and are in "
              + model,
          run.last());
      assertArrayEquals(after24, ModelFile.load(model).parameters());
      Files.delete(model);
    }
  }

  @Test
  void nothingIsWrittenWhereNothingWasLearned() throws Exception {
    Path model = Files.writeString(folder.resolve("model"), "older");

    Run run = train("model", PretendedGpu.failingAtStep(WORKS, 3), "--device", "gpu");

    assertEquals(1, run.status);
    assertEquals(
        "aparanet: opencl:0 (Pretended) fell off the bus; nothing learned before that was kept, and"
            + " no model was written",
        run.last());
    assertEquals("older", Files.readString(model));
  }

  /** Steps are told once, whatever had to be repeated; on this device they are the same. */
  private List<String> steps(String history) throws Exception {
    return Files.readAllLines(folder.resolve(history)).stream()
        .filter(line -> line.startsWith("{\"step\""))
        .toList();
  }

  private static String result(Run run) {
    return run.out.strip().split(",")[0];
  }

  /** Two epochs of 20 steps. */
  private Run train(String model, Engine engine, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--limit", "200", "--epochs", "2", "--batch", "10", "--network"));
    arguments.addAll(List.of("pool 4, dense 10", "--output", folder.resolve(model).toString()));
    arguments.addAll(List.of("--history", folder.resolve(model + ".jsonl").toString()));
    arguments.addAll(List.of(more));
    return run(engine, arguments.toArray(String[]::new));
  }

  private static Run run(Engine engine, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            threads -> TestEngines.trusted(engine),
            new PrintWriter(out),
            new PrintWriter(err),
            arguments);
    return new Run(status, out.toString(), err.toString());
  }

  private record Run(int status, String out, String err) {
    String last() {
      return err.lines().reduce((before, line) -> line).orElse("");
    }
  }
}
