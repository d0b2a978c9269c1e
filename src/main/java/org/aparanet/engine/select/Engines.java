package org.aparanet.engine.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Inference;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingMemory;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.engine.check.DeviceCheck;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.frozen.FrozenLayers;
import org.aparanet.engine.opencl.OpenClDevices;
import org.aparanet.model.Network;

/** The engines of this machine: which there are, and which one a user's choice means. */
public final class Engines {
  /** The longest array that every JVM can make. */
  private static final int MOST_LOGITS = Integer.MAX_VALUE - 8;

  private final Engine cpu;
  private final Supplier<OpenCl> source;
  private final Verdicts verdicts;
  private final DeviceTrust trust;
  private OpenCl found;

  /**
   * The engines of this machine.
   *
   * @param threads threads of the Java engine, at least 1
   */
  public Engines(int threads) {
    this(
        new CpuEngine(threads),
        () -> {
          OpenClDevices devices =
              OpenClDevices.find(CacheFolder.ofThisUser(), ProgramVersion.ofThisProgram());
          return new OpenCl(devices.engines(), devices.problem());
        },
        Verdicts.ofThisUser());
  }

  /** With the given engines instead of this machine's, and what is known of them. */
  Engines(Engine cpu, Supplier<OpenCl> openCl, Verdicts verdicts) {
    this.cpu = cpu;
    source = openCl;
    this.verdicts = verdicts;
    trust = new DeviceTrust(verdicts);
  }

  /**
   * OpenCL engines of this machine, or the reason why there is none.
   *
   * @param engines one for each device
   * @param problem why there is none
   */
  public record OpenCl(List<? extends Engine> engines, Optional<String> problem) {}

  /** Has OpenCL devices time their launches; to be called before the first engine is made. */
  public static void timeLaunches() {
    OpenClDevices.timeLaunches();
  }

  /** {@return all devices: those of OpenCL in the drivers' order, then the Java engine} */
  public List<Device> devices() {
    return all().stream().map(Engine::device).toList();
  }

  /** {@return the engines of all devices, in the order of {@link #devices()}} */
  public List<Engine> all() {
    List<Engine> all = new ArrayList<>(openCl().engines());
    all.add(cpu);
    return all;
  }

  /**
   * The engine that a choice means; for {@code auto} that of {@link #preferred()}.
   *
   * @param choice which device
   * @return the engine
   * @throws EngineException if the device cannot be had, with the cause
   */
  public Engine engine(DeviceChoice choice) {
    return switch (choice.kind()) {
      case CPU -> cpu;
      case OPENCL -> numbered(choice);
      case GPU -> firstGpu();
      case AUTO ->
          all().stream().filter(e -> e.device().equals(preferred())).findFirst().orElse(cpu);
    };
  }

  /** {@return why there is no OpenCL device and what to install; empty if there is one} */
  public Optional<String> openClProblem() {
    return openCl().problem();
  }

  /**
   * The device that {@code auto} tries first: a GPU if there is one of which nothing bad is known,
   * else the Java engine.
   *
   * @return the device
   */
  public Device preferred() {
    return gpus().stream()
        .filter(gpu -> trust.knownObjection(gpu).isEmpty())
        .findFirst()
        .map(Engine::device)
        .orElse(cpu.device());
  }

  /** {@return the objections of earlier checks to GPUs, a sentence without a full stop for each} */
  public List<String> objections() {
    return gpus().stream().flatMap(gpu -> trust.knownObjection(gpu).stream()).toList();
  }

  /**
   * Checks every device, in the order of {@link #devices()}, one when its report is asked for. What
   * it comes to is remembered when {@code auto} next looks for a device.
   *
   * @return a report for each device, made when it is asked for
   */
  public Stream<CheckReport> check() {
    return check(note -> {});
  }

  /**
   * As above.
   *
   * @param notes told which OpenCL device is about to be checked
   * @return a report for each device, made when it is asked for
   */
  public Stream<CheckReport> check(Consumer<String> notes) {
    return all().stream().map(engine -> check(engine, notes));
  }

  private CheckReport check(Engine engine, Consumer<String> notes) {
    if (engine != cpu) {
      notes.accept("checking " + engine.device() + " against the reference ...");
    }
    CheckReport report = DeviceCheck.full(engine);
    if (engine != cpu && report.failure().isEmpty()) {
      verdicts.keep(engine, report);
    }
    return report;
  }

  /**
   * Opens a session on the device that a choice means. Only {@code auto} falls back, now or later
   * ({@link Opened#fallBack}); the result's notices say why it did not take a GPU.
   *
   * @param choice which device
   * @param network to be trained or run
   * @param batch the most images of a call
   * @return the session, with what is to be said of it
   * @throws EngineException if the device that was asked for cannot be had, with the cause, or the
   *     batch's logits are more than an array can hold
   */
  public Opened open(DeviceChoice choice, Network network, int batch) {
    return open(choice, network, batch, note -> {});
  }

  /**
   * As above.
   *
   * @param choice which device
   * @param network to be trained or run
   * @param batch the most images of a call
   * @param notes told of what takes a while, in a sentence each, before it begins
   * @return the session, with what is to be said of it
   */
  public Opened open(DeviceChoice choice, Network network, int batch, Consumer<String> notes) {
    return open(choice, network, FrozenLayers.NONE, batch, Optimizer.Rule.SGD, 0, notes);
  }

  /**
   * As above, for a training: checks first that there is memory for it.
   *
   * @param choice which device
   * @param network to be trained
   * @param frozen layers of it that keep their parameters
   * @param batch the most images of a call
   * @param rule of the optimizer
   * @param imageBytes of the images in Java's heap
   * @param notes told of what takes a while, in a sentence each, before it begins
   * @return the session, with what is to be said of it
   */
  public Opened open(
      DeviceChoice choice,
      Network network,
      FrozenLayers frozen,
      int batch,
      Optimizer.Rule rule,
      long imageBytes,
      Consumer<String> notes) {
    requireLogits(network, batch);
    MemoryCheck check = new MemoryCheck(frozen.learning(network), rule, imageBytes);
    return new Opened(
        find(
            choice,
            engine -> {
              Optional<TrainingMemory> memory = check.require(engine, batch);
              return new Roomy(frozen.open(engine, network, batch), memory);
            },
            notes));
  }

  /**
   * Opens a session on each device of several for one training, in their order, if there is memory
   * for all of them. Of {@code all}, a GPU that computes wrongly or cannot be opened is left out,
   * and so is the Java engine where a GPU takes its memory; the result's notices say so. A single
   * device is opened as by the method above.
   *
   * @param choices which devices
   * @param network to be trained
   * @param frozen layers of it that keep their parameters
   * @param batch the most images of a call
   * @param rule of the optimizer
   * @param imageBytes of the images in Java's heap
   * @param notes told of what takes a while, in a sentence each, before it begins
   * @return the sessions, with what is to be said of them
   * @throws EngineException if a device that was named cannot be had, with the cause; no session is
   *     left open then
   */
  public OpenedDevices openAll(
      DeviceChoices choices,
      Network network,
      FrozenLayers frozen,
      int batch,
      Optimizer.Rule rule,
      long imageBytes,
      Consumer<String> notes) {
    if (!choices.areSeveral()) {
      DeviceChoice choice = choices.named().get(0);
      Opened opened = open(choice, network, frozen, batch, rule, imageBytes, notes);
      return new OpenedDevices(List.of(opened), opened.notices());
    }
    requireLogits(network, batch);
    MemoryCheck check = new MemoryCheck(frozen.learning(network), rule, imageBytes);
    SessionOpening opening =
        new SessionOpening(
            check,
            batch,
            engine -> {
              Optional<TrainingMemory> memory = check.require(engine, batch);
              if (engine != cpu) {
                tellOfKernels(engine, notes);
              }
              Roomy roomy = new Roomy(frozen.open(engine, network, batch), memory);
              return new Opened(new Found<>(roomy, List.of(), null));
            });
    return choices.all()
        ? openAll(opening, notes)
        : opened(opening.all(choices.named().stream().map(this::engine).toList()), List.of());
  }

  private OpenedDevices openAll(SessionOpening opening, Consumer<String> notes) {
    List<String> notices = new ArrayList<>();
    List<Engine> engines = new ArrayList<>();
    for (Engine gpu : gpus()) {
      trust.objection(gpu, notes).ifPresentOrElse(notices::add, () -> engines.add(gpu));
    }
    if (engines.isEmpty()) {
      notices.add(withoutGpu(notices));
    }
    engines.add(cpu);
    return opened(opening.possible(engines, notices), notices);
  }

  /** Advice for the Java engine comes last. */
  private OpenedDevices opened(List<Opened> opened, List<String> notices) {
    List<String> all = new ArrayList<>(notices);
    if (opened.stream().anyMatch(one -> one.session().device().equals(cpu.device()))) {
      cpu.advice().ifPresent(all::add);
    }
    return new OpenedDevices(opened, all);
  }

  /** A session, and the memory that it takes, where that is known. */
  private record Roomy(Session session, Optional<TrainingMemory> memory) {}

  private static void requireLogits(Network network, int batch) {
    if ((long) batch * network.classes() > MOST_LOGITS) {
      throw new EngineException(
          "a batch of "
              + batch
              + " has too many logits for a network of "
              + network.classes()
              + " classes; it may have at most "
              + MOST_LOGITS / network.classes()
              + " images");
    }
  }

  /**
   * Opens a network for inference on the device that a choice means. Under {@code auto} the Java
   * engine takes over when the device fails.
   *
   * @param choice which device
   * @param network to be run
   * @param parameters of the network; copied
   * @param batch images that a device takes at a time
   * @param notes told of what takes a while, and why a GPU was not used, in a sentence each
   * @return the network on the device, to be closed
   * @throws EngineException if the device that was asked for cannot be had, with the cause
   */
  public Inference openInference(
      DeviceChoice choice, Network network, float[] parameters, int batch, Consumer<String> notes) {
    requireLogits(network, batch);
    Found<Inference> found =
        find(choice, engine -> engine.openInference(network, parameters, batch), notes);
    found.notices().forEach(notes);
    return found.next() == null
        ? found.opened()
        : new FallbackInference(found.opened(), found.next(), notes);
  }

  /**
   * What was opened on a device.
   *
   * @param next opens the same on the Java engine; null where that is no fallback
   */
  private record Found<T>(T opened, List<String> notices, Supplier<T> next) {}

  private <T> Found<T> find(
      DeviceChoice choice, Function<Engine, T> opening, Consumer<String> notes) {
    return switch (choice.kind()) {
      case CPU -> new Found<>(opening.apply(cpu), cpu.advice().stream().toList(), null);
      case OPENCL -> new Found<>(open(numbered(choice), opening, notes), List.of(), null);
      case GPU -> new Found<>(open(firstGpu(), opening, notes), List.of(), null);
      case AUTO -> automatic(opening, notes);
    };
  }

  /** An OpenCL device always has kernels to build. */
  private static <T> T open(Engine engine, Function<Engine, T> opening, Consumer<String> notes) {
    tellOfKernels(engine, notes);
    return opening.apply(engine);
  }

  private static void tellOfKernels(Engine engine, Consumer<String> notes) {
    notes.accept("building kernels for " + engine.device() + " ...");
  }

  private <T> Found<T> automatic(Function<Engine, T> opening, Consumer<String> notes) {
    List<String> notices = new ArrayList<>();
    for (Engine gpu : gpus()) {
      Optional<String> objection = trust.objection(gpu, notes);
      if (objection.isPresent()) {
        notices.add(objection.get());
        continue;
      }
      try {
        return new Found<>(open(gpu, opening, notes), notices, () -> opening.apply(cpu));
      } catch (EngineException e) {
        notices.add(e.getMessage());
      }
    }
    notices.add(withoutGpu(notices));
    cpu.advice().ifPresent(notices::add);
    return new Found<>(opening.apply(cpu), notices, null);
  }

  /** Sentence behind those that say why GPUs are not used. */
  private String withoutGpu(List<String> reasons) {
    return reasons.isEmpty()
        ? "No GPU: " + withoutGpu() + ". Using the Java engine."
        : "Using the Java engine.";
  }

  private Engine numbered(DeviceChoice choice) {
    List<? extends Engine> engines = openCl().engines();
    if (choice.index() < engines.size()) {
      return engines.get(choice.index());
    }
    throw new EngineException(
        "there is no device "
            + choice
            + ": "
            + openClProblem()
                .orElseGet(
                    () ->
                        engines.size() == 1
                            ? "the only OpenCL device is opencl:0"
                            : "the OpenCL devices are opencl:0 to opencl:" + (engines.size() - 1)));
  }

  private Engine firstGpu() {
    if (gpus().isEmpty()) {
      throw new EngineException("there is no GPU: " + withoutGpu());
    }
    return gpus().get(0);
  }

  private String withoutGpu() {
    return openClProblem()
        .orElseGet(
            () ->
                "no OpenCL device is of type GPU ("
                    + openCl().engines().get(0).device()
                    + " is of type "
                    + openCl().engines().get(0).device().kind()
                    + ")");
  }

  private List<? extends Engine> gpus() {
    return openCl().engines().stream()
        .filter(engine -> engine.device().kind() == Device.Kind.GPU)
        .toList();
  }

  private OpenCl openCl() {
    if (found == null) {
      found = source.get();
    }
    return found;
  }

  /** An open session, and under {@code auto} what takes its place if its device fails. */
  public static final class Opened implements AutoCloseable {
    private final List<String> notices;
    private Roomy opened;
    private Supplier<Roomy> next;

    private Opened(Found<Roomy> found) {
      opened = found.opened();
      notices = List.copyOf(found.notices());
      next = found.next();
    }

    /** {@return the session: after {@link #fallBack}, the new one} */
    public Session session() {
      return opened.session();
    }

    /** {@return the memory that the session takes, where its engine knows it} */
    public Optional<TrainingMemory> memory() {
      return opened.memory();
    }

    /** {@return the sentences for the user, such as why a GPU was not used} */
    public List<String> notices() {
      return notices;
    }

    /** {@return whether {@link #fallBack} can be called} */
    public boolean canFallBack() {
      return next != null;
    }

    /**
     * Closes the session, whose device failed, and opens another one on the Java engine.
     *
     * @return the new session, which this object closes
     * @throws EngineException if it cannot be opened
     * @throws IllegalStateException if the session is on the device that was asked for, or already
     *     on the Java engine
     */
    public Session fallBack() {
      if (next == null) {
        throw new IllegalStateException(
            session().device() + " has no other device to fall back to");
      }
      Supplier<Roomy> opening = next;
      next = null;
      session().close();
      opened = opening.get();
      return session();
    }

    @Override
    public void close() {
      session().close();
    }
  }
}
