package org.aparanet;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.aparanet.engine.Inference;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Initialization;
import org.aparanet.model.Model;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;

/**
 * Inference in the Java engine beside ONNX Runtime, on the ONNX files of the same models: images in
 * a second, medians of rounds in which each has its turn, alone. {@code mvn -q -Pinference} runs
 * it.
 *
 * <p>Arguments: rounds and seconds of a turn (default: 5 1).
 */
public final class InferenceTiming {
  private static final Shape DIGIT = new Shape(1, 28, 28);
  private static final int[] BATCHES = {1, 256};

  private InferenceTiming() {}

  /** Something that classifies a batch, over and over. */
  private interface Turn extends AutoCloseable {
    void batch() throws OrtException;

    @Override
    void close() throws OrtException;
  }

  /** Opens something for a turn. */
  private interface Opening {
    Turn open() throws OrtException;
  }

  public static void main(String[] arguments) throws IOException, OrtException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 1;
    int threads = Runtime.getRuntime().availableProcessors();
    Path folder = Files.createTempDirectory("inference");
    System.out.printf(
        "%-8s %5s  %12s  %12s  %12s  %6s%n",
        "network", "batch", "aparanet", "ORT 1 thread", "ORT " + threads, "ratio");
    for (NamedNetwork named : NamedNetwork.values()) {
      Network network = named.network(DIGIT, 10);
      Model model = new Model(network, Initialization.HE.draw(network, 1));
      Path file = folder.resolve(named.label() + ".onnx");
      model.saveOnnx(file);
      for (int batch : BATCHES) {
        byte[] pixels = new byte[batch * DIGIT.size()];
        new Random(1).nextBytes(pixels);
        Map<String, Opening> turns = new TreeMap<>();
        turns.put("0", () -> ours(model, pixels, batch, threads));
        turns.put("1", () -> runtime(file, pixels, batch, 1));
        turns.put("2", () -> runtime(file, pixels, batch, threads));
        Map<String, List<Double>> speeds = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
          for (Map.Entry<String, Opening> turn : turns.entrySet()) {
            speeds
                .computeIfAbsent(turn.getKey(), t -> new ArrayList<>())
                .add(batch * speed(turn.getValue(), seconds));
          }
        }
        double[] medians = speeds.values().stream().mapToDouble(InferenceTiming::median).toArray();
        System.out.printf(
            Locale.ROOT,
            "%-8s %5d  %,12.0f  %,12.0f  %,12.0f  %6.2f%n",
            named.label(),
            batch,
            medians[0],
            medians[1],
            medians[2],
            medians[0] / Math.max(medians[1], medians[2]));
      }
      Files.delete(file);
    }
    Files.delete(folder);
  }

  /** Batches in a second, after a turn of half the length that does not count. */
  private static double speed(Opening opening, double seconds) throws OrtException {
    try (Turn turn = opening.open()) {
      run(turn, seconds / 2);
      return run(turn, seconds);
    }
  }

  private static double run(Turn turn, double seconds) throws OrtException {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    long batches = 0;
    long now;
    do {
      turn.batch();
      batches++;
      now = System.nanoTime();
    } while (now < end);
    return batches * 1e9 / (now - start);
  }

  private static Turn ours(Model model, byte[] pixels, int batch, int threads) {
    Inference inference =
        new CpuEngine(threads).openInference(model.network(), model.parameters(), batch);
    float[] logits = new float[batch * model.network().classes()];
    return new Turn() {
      @Override
      public void batch() {
        inference.infer(pixels, batch, logits);
      }

      @Override
      public void close() {
        inference.close();
      }
    };
  }

  private static Turn runtime(Path file, byte[] pixels, int batch, int threads)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    OrtSession session = environment.createSession(file.toString(), options);
    FloatBuffer values = FloatBuffer.allocate(pixels.length);
    for (byte pixel : pixels) {
      values.put((pixel & 0xFF) / 255f);
    }
    OnnxTensor image =
        OnnxTensor.createTensor(
            environment,
            values.flip(),
            new long[] {batch, DIGIT.channels(), DIGIT.height(), DIGIT.width()});
    Map<String, OnnxTensor> inputs = Map.of("image", image);
    return new Turn() {
      @Override
      public void batch() throws OrtException {
        session.run(inputs).close();
      }

      @Override
      public void close() throws OrtException {
        image.close();
        session.close();
        options.close();
      }
    };
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    return Arrays.stream(sorted).skip((sorted.length - 1) / 2).findFirst().orElseThrow();
  }
}
