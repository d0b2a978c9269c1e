package org.aparanet.engine.select;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aparanet.engine.Device;
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
      throw new EngineException(refusal(List.of(engine), batch, memory.get()));
    }
    return memory;
  }

  /**
   * Makes sure that there is memory for a session of each of several engines: in Java's heap, where
   * all of them have arrays, and on a device that has several of them.
   *
   * @throws EngineException if there is not so much; the message has the numbers, and what helps
   */
  void requireTogether(List<? extends Engine> engines, int batch) {
    engines.forEach(engine -> require(engine, batch));
    for (List<Engine> sharing : sharing(engines)) {
      Optional<TrainingMemory> memory =
          sharing.size() == 1 ? Optional.empty() : together(sharing, batch);
      if (memory.isPresent() && !memory.get().fits(besides)) {
        throw new EngineException(refusal(sharing, batch, memory.get()));
      }
    }
  }

  /** Engines whose sessions take the same memory: those of one device, and all of them. */
  private static List<List<Engine>> sharing(List<? extends Engine> engines) {
    Map<Device, List<Engine>> byDevice = new LinkedHashMap<>();
    engines.forEach(
        engine -> byDevice.computeIfAbsent(engine.device(), d -> new ArrayList<>()).add(engine));
    List<List<Engine>> sharing = new ArrayList<>(byDevice.values());
    sharing.add(List.copyOf(engines));
    return sharing;
  }

  /** The memory of several sessions; empty where no engine knows it. */
  private Optional<TrainingMemory> together(List<Engine> engines, int batch) {
    List<TrainingMemory> each =
        engines.stream().flatMap(engine -> memory(engine, batch).stream()).toList();
    boolean oneDevice = engines.stream().map(Engine::device).distinct().count() == 1;
    long available = oneDevice && !each.isEmpty() ? each.get(0).available() : TrainingMemory.heap();
    return each.isEmpty() ? Optional.empty() : Optional.of(TrainingMemory.sum(each, available));
  }

  private Optional<TrainingMemory> memory(Engine engine, int batch) {
    try {
      return engine.memory(network, batch, rule);
    } catch (EngineException e) { // more than an array can hold, unless the device itself fails
      List<Engine> alone = List.of(engine);
      int most = fits(alone, 1) ? largestBatch(alone, batch) : 0;
      throw most == 0 ? e : new EngineException(e.getMessage() + "; " + largest(most), e);
    }
  }

  private static String largest(int batch) {
    return "the largest batch that fits is " + batch + " (--batch " + batch + ")";
  }

  private String refusal(List<Engine> engines, int batch, TrainingMemory memory) {
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
    int most = largestBatch(engines, batch);
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
        "%s at batch %d: %s of parameters, gradients and moments and %s of activations%s; %s%s",
        needs(engines, size(memory.total())),
        batch,
        size(memory.parameters()),
        size(memory.activations()),
        found,
        smaller,
        larger);
  }

  private static String needs(List<Engine> engines, String size) {
    String names = Device.names(engines.stream().map(Engine::device).toList());
    return engines.size() == 1 ? names + " needs " + size : names + " need " + size + " together";
  }

  /** The largest batch below the given one that fits; 0 if there is none. */
  private int largestBatch(List<Engine> engines, int batch) {
    int fits = 0;
    int tooLarge = batch;
    while (tooLarge - fits > 1) {
      int middle = fits + (tooLarge - fits) / 2;
      if (fits(engines, middle)) {
        fits = middle;
      } else {
        tooLarge = middle;
      }
    }
    return fits;
  }

  private boolean fits(List<Engine> engines, int batch) {
    try {
      for (Engine engine : engines) {
        if (!engine.memory(network, batch, rule).stream().allMatch(m -> m.fits(besides))) {
          return false;
        }
      }
      return engines.size() == 1
          || together(engines, batch).stream().allMatch(memory -> memory.fits(besides));
    } catch (EngineException e) {
      return false; // more than an array can hold
    }
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", (bytes + 999_999) / 1_000_000);
  }
}
