package org.aparanet.engine.opencl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.opencl.kernel.KernelFields;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;

/**
 * A program that opens sessions one after another, trains a step in each and closes it, and prints
 * the process's resident memory in KiB after each tenth of them, as {@code resident N}.
 *
 * <p>Between them it opens sessions that fail while they open, behind an execute: their arrays are
 * large, so that a few of them tell.
 *
 * <p>Arguments: {@code SHARED} or {@code SEPARATE}, and the number of sessions.
 */
final class SessionsProbe {
  private static final int FAILING_EVERY = 5;
  private static final int LARGE_BATCH = 512;

  private SessionsProbe() {}

  public static void main(String[] arguments) throws IOException {
    HostMemory memory = HostMemory.valueOf(arguments[0]);
    int sessions = Integer.parseInt(arguments[1]);
    OpenClEngine engine = OpenClDevices.find().engines().get(0).with(memory);
    Launch silent =
        (kernel, range, passes) -> {
          new KernelFields(kernel).leaveNoMarks();
          Launch.APARAPI.execute(kernel, range, passes);
        };
    Network network = NetworkText.parse(new Shape(1, 32, 32), "conv 8 3 relu, pool 2, dense 10");
    byte[] pixels = new byte[64 * 1024];
    new Random(1).nextBytes(pixels);
    ImageSet images = new ImageSet("noise", network.input(), pixels, new byte[64], 10);
    float[] parameters = Initialization.HE.draw(network, 1);
    for (int i = 1; i <= sessions; i++) {
      try (Session session = engine.open(network, 64)) {
        int first = session.load(images);
        session.setParameters(parameters);
        int[] indices = IntStream.range(first, first + 64).toArray();
        session.step(indices, 0, 64, (logits, dLogits, offset, row, rows) -> true, 0.01f);
      }
      if (i % FAILING_EVERY == 0) {
        requireFailure(engine.with(silent), network);
      }
      if (i % (sessions / 10) == 0) {
        System.gc();
        System.out.println("resident " + resident());
      }
    }
  }

  private static void requireFailure(Engine failing, Network network) {
    try (Session session = failing.open(network, LARGE_BATCH)) {
      throw new AssertionError(session + " was to fail while it opened");
    } catch (EngineException e) {
      if (!e.getMessage().endsWith("did not run the kernel: its answer to step 1 is missing")) {
        throw e;
      }
    }
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
