package org.aparanet.engine.select;

import java.util.Locale;
import java.util.Optional;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.TrainingMemory;
import org.aparanet.model.Network;

/**
 * Check, before a session allocates anything, that there is memory for it.
 *
 * @param network to be trained
 * @param rule of the optimizer
 * @param besides bytes of the images, which are in Java's heap beside the session
 */
record MemoryCheck(Network network, Optimizer.Rule rule, long besides) {

  /**
   * The memory of a session.
   *
   * @return empty where the engine does not know it
   * @throws EngineException if there is not so much; the message has the numbers, and what helps
   */
  Optional<TrainingMemory> require(Engine engine, int batch) {
    Optional<TrainingMemory> memory = memory(engine, batch);
    if (memory.isPresent() && !memory.get().fits(besides)) {
      throw new EngineException(refusal(engine, batch, memory.get()));
    }
    return memory;
  }

  private Optional<TrainingMemory> memory(Engine engine, int batch) {
    try {
      return engine.memory(network, batch, rule);
    } catch (EngineException e) { // more than an array can hold, unless the device itself fails
      int most = fits(engine, 1) ? largestBatch(engine, batch) : 0;
      throw most == 0 ? e : new EngineException(e.getMessage() + "; " + largest(most), e);
    }
  }

  private static String largest(int batch) {
    return "the largest batch that fits is " + batch + " (--batch " + batch + ")";
  }

  private String refusal(Engine engine, int batch, TrainingMemory memory) {
    boolean inOne = memory.total() + besides <= memory.available();
    boolean heap = memory.available() == TrainingMemory.heap();
    String found =
        inOne
            ? String.format(
                Locale.ROOT,
                "; %s of that lie in one array, and the device takes no more than %s",
                size(memory.largest()),
                size(memory.availableInOne()))
            : String.format(
                Locale.ROOT,
                "%s; %s %s",
                besides > 0 ? ", beside images of " + size(besides) : "",
                heap ? "Java's heap has room for" : "the device has",
                size(memory.available()));
    int most = largestBatch(engine, batch);
    String smaller = most == 0 ? "not even a batch of 1 fits" : largest(most);
    String larger =
        heap && !inOne
            ? String.format(
                Locale.ROOT,
                "; the environment variable APARANET_JAVA_OPTIONS=-Xmx%dg gives Java enough",
                (memory.total() + besides) * 3 / 2 / (1 << 30) + 1)
            : "";
    return String.format(
        Locale.ROOT,
        "%s needs %s at batch %d: %s of parameters, gradients and moments and %s of activations%s;"
            + " %s%s",
        engine.device(),
        size(memory.total()),
        batch,
        size(memory.parameters()),
        size(memory.activations()),
        found,
        smaller,
        larger);
  }

  /** The largest batch below the given one that fits; 0 if there is none. */
  private int largestBatch(Engine engine, int batch) {
    int fits = 0;
    int tooLarge = batch;
    while (tooLarge - fits > 1) {
      int middle = fits + (tooLarge - fits) / 2;
      if (fits(engine, middle)) {
        fits = middle;
      } else {
        tooLarge = middle;
      }
    }
    return fits;
  }

  private boolean fits(Engine engine, int batch) {
    try {
      return engine.memory(network, batch, rule).stream().allMatch(memory -> memory.fits(besides));
    } catch (EngineException e) {
      return false; // more than an array can hold
    }
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", (bytes + 999_999) / 1_000_000);
  }
}
