package org.aparanet.train.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.aparanet.data.DataSet;
import org.aparanet.data.ImageSet;
import org.aparanet.data.store.DataMemory;
import org.aparanet.engine.Device;
import org.aparanet.engine.frozen.FrozenLayers;
import org.aparanet.engine.select.DeviceChoices;
import org.aparanet.engine.select.Engines;
import org.aparanet.engine.select.OpenedDevices;
import org.aparanet.file.Claims;
import org.aparanet.model.Initialization;
import org.aparanet.model.Model;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.OtherClasses;
import org.aparanet.train.InputNormalization;
import org.aparanet.train.LearningRateSchedule;
import org.aparanet.train.LogitScale;
import org.aparanet.train.MismatchException;
import org.aparanet.train.NetworkChoice;
import org.aparanet.train.NetworkMatch;
import org.aparanet.train.ParameterAverage;
import org.aparanet.train.Position;
import org.aparanet.train.Rounds;
import org.aparanet.train.RunDevices;
import org.aparanet.train.Setting;
import org.aparanet.train.SettingException;
import org.aparanet.train.Settings;
import org.aparanet.train.Shares;
import org.aparanet.train.SnapshotKeeper;
import org.aparanet.train.Trainer;
import org.aparanet.train.TrainingControl;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.TrainingSummary;
import org.aparanet.train.checkpoint.Checkpoint;
import org.aparanet.train.checkpoint.CheckpointFolder;
import org.aparanet.train.checkpoint.RunIdentity;
import org.aparanet.train.history.History;
import org.aparanet.train.rounds.RoundDevices;

/** Training with checked network, images and plan, before a device is opened for it. */
public final class PreparedTraining {
  private static final int MIB = 1 << 20;

  private final Settings settings;
  private final Optional<Path> checkpoints;
  private final Optional<Checkpoint> from;
  private final Model start;
  private final TrainingData data;
  private final TrainingPlan plan;
  private final TrainingSummary summary;
  private final Optional<RunIdentity> run;
  private final FrozenLayers frozen;
  private final List<String> notes = new ArrayList<>();

  /**
   * Prepares a training.
   *
   * @param settings all that is set
   * @param weights model to start from, if there is one
   * @param checkpoints folder in which the run is kept, if it is
   * @param from checkpoint to continue from, if there is one; it has a folder then
   * @throws SettingException if a setting is not allowed, or does not suit the images
   * @throws org.aparanet.train.MismatchException if network, images and checkpoint do not go
   *     together
   * @throws org.aparanet.model.ModelFileException if the model cannot be read
   */
  public PreparedTraining(
      Settings settings,
      Optional<Weights> weights,
      Optional<Path> checkpoints,
      Optional<Checkpoint> from,
      DataSet set) {
    this(settings, weights, checkpoints, from, LocalImages.of(settings, set));
  }

  /**
   * Prepares a training with images that may be elsewhere; as above otherwise.
   *
   * @param images divided as the settings say
   */
  public PreparedTraining(
      Settings settings,
      Optional<Weights> weights,
      Optional<Path> checkpoints,
      Optional<Checkpoint> from,
      RunImages images) {
    settings.checkDevices(from.isPresent());
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.from = from;
    data = images.data();
    start = from.map(Checkpoint::model).orElseGet(() -> start(weights, images));
    plan = settings.plan(start.network());
    frozen = frozenLayers();
    noteEmptyAverage();
    summary = summaryOfPlan();
    run = checkpoints.map(folder -> identity(images.digest(plan)));
    from.ifPresent(checkpoint -> checkpoint.run().requireSame(run.orElseThrow()));
  }

  /** The same training with other rounds, and the devices for them. */
  private PreparedTraining(PreparedTraining other, Rounds rounds, List<Device> devices) {
    settings = other.settings.divided(rounds, devices);
    checkpoints = other.checkpoints;
    from = other.from;
    data = other.data;
    start = other.start;
    plan = other.plan.withRounds(rounds);
    frozen = other.frozen;
    summary = summaryOfPlan();
    run = other.run.map(identity -> identity(identity.data()));
  }

  private TrainingSummary summaryOfPlan() {
    return new TrainingSummary(start.network(), plan, settings.get(Setting.VALIDATION).orElse(0f));
  }

  private RunIdentity identity(String digest) {
    return new RunIdentity(summary.description(), digest, settings.kept(start.network().text()));
  }

  /** The network with the parameters to start from. */
  private Model start(Optional<Weights> weights, RunImages all) {
    ImageSet images = data.train();
    boolean ownNetwork = weights.isPresent() && !settings.has(Setting.NETWORK);
    Optional<Model> given = weights.map(file -> ownNetwork ? suited(file, images) : file.model());
    Network layers = ownNetwork ? given.get().network() : network(images);
    NetworkMatch.check(layers, images);
    given.ifPresent(model -> requireLayers(weights.get().file(), model.network(), layers));
    Network network =
        layers.withNormalization(
            InputNormalization.of(settings, given, images, () -> all.normalization(layers)));
    float[] parameters = given.map(Model::parameters).orElseGet(() -> drawn(network));
    List<String> names = images.classNames();
    return new Model(
        network, parameters, names.isEmpty() && ownNetwork ? given.get().classNames() : names);
  }

  /** A model, with a last layer of its own where the images have other classes. */
  private Model suited(Weights weights, ImageSet images) {
    Model model = weights.model();
    if (NetworkMatch.hasClasses(model, images)) {
      return model;
    }
    List<Network.Node> nodes = model.network().nodes();
    notes.add(
        "%s has learned other classes: its last layer, %s, is replaced by a new one, dense %d"
            .formatted(
                weights.file(), nodes.get(nodes.size() - 1).layer().text(), images.classes()));
    Model other = OtherClasses.of(model, images.classes(), images.classNames(), settings.seed());
    LogitScale.apply(other.network(), other.parameters(), logitScale());
    return other;
  }

  /** Drawn parameters, the last layer's times the scale of the logits. */
  private float[] drawn(Network network) {
    float[] parameters = Initialization.suited(network).draw(network, settings.seed());
    LogitScale.apply(network, parameters, logitScale());
    return parameters;
  }

  private float logitScale() {
    return settings.get(Setting.LOGIT_SCALE).orElse(1f);
  }

  /** Keeps the outputs of the frozen layers for images that do not change, if there is room. */
  private FrozenLayers frozenLayers() {
    boolean steady = plan.augmentation().isNone();
    long images =
        (steady ? data.train().count() : 0L)
            + data.validation().map(ImageSet::count).orElse(0)
            + data.test().count();
    FrozenLayers layers = new FrozenLayers(plan.freeze(), true);
    int sessions = settings.get(Setting.DEVICE).map(DeviceChoices::count).orElse(1);
    long bytes = sessions * layers.bytes(start.network(), images);
    if (bytes <= DataMemory.most()) {
      return layers;
    }
    notes.add(
        "the outputs of the %d frozen layers for %d images take %d MiB%s, more than the %d MiB that data may take of Java's heap; they are computed for each batch again"
            .formatted(
                plan.freeze(),
                images,
                (bytes + MIB - 1) / MIB,
                sessions == 1 ? "" : " on " + sessions + " devices",
                DataMemory.most() / MIB));
    return new FrozenLayers(plan.freeze(), false);
  }

  private void noteEmptyAverage() {
    LearningRateSchedule.Run length = plan.run(data.train().count());
    if (plan.average() != ParameterAverage.NONE && !plan.average().adds(length)) {
      notes.add(
          "the average %s has none of the states of this run of %d step%s, %d an epoch; the last parameters count, as without it"
              .formatted(
                  plan.average().text(),
                  length.steps(),
                  length.steps() == 1 ? "" : "s",
                  length.stepsPerEpoch()));
    }
  }

  private static void requireLayers(Path file, Network found, Network wanted) {
    if (!found.hasLayersOf(wanted)) {
      throw new MismatchException(
          file + ": holds the network \"" + found + "\", not \"" + wanted + "\"");
    }
  }

  private Network network(ImageSet images) {
    String text = settings.get(Setting.NETWORK).orElse(NamedNetwork.ARTICLE.label());
    try {
      return NetworkChoice.of(text, images.shape(), images.classes());
    } catch (IllegalArgumentException e) {
      throw SettingException.refused(Setting.NETWORK, e.getMessage(), e);
    }
  }

  /** The network with the parameters before the first step, or those of the checkpoint. */
  public Model start() {
    return start;
  }

  /**
   * What is to be said: what became of the model to start from, that the outputs of frozen layers
   * are not kept, and that an average has no states; in a sentence each.
   */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** The layers that keep their parameters. */
  public FrozenLayers frozen() {
    return frozen;
  }

  /** Where the run starts: the beginning, or the place of the checkpoint. */
  public Position position() {
    return from.map(checkpoint -> checkpoint.snapshot().position()).orElse(Position.START);
  }

  /** The images. */
  public TrainingData data() {
    return data;
  }

  /** How to train. */
  public TrainingPlan plan() {
    return plan;
  }

  /** The training in words. */
  public TrainingSummary summary() {
    return summary;
  }

  /**
   * Opens a session on each device of the settings, if there is memory for them.
   *
   * @param engines the engines to choose from, by threads of the Java engine
   * @param notes told why a device is not used, and what takes a while, in a sentence each
   * @return the sessions, to be closed
   * @throws org.aparanet.engine.EngineException if a device that was named cannot be had
   */
  public OpenedDevices open(IntFunction<Engines> engines, Consumer<String> notes) {
    DeviceChoices choices = settings.get(Setting.DEVICE).orElse(DeviceChoices.AUTO);
    OpenedDevices opened =
        engines
            .apply(choices.threads(settings.get(Setting.THREADS)))
            .openAll(
                choices,
                start.network(),
                frozen,
                plan.sessionBatch(),
                plan.optimizer().rule(),
                data.bytesInMemory(),
                notes);
    opened.notices().forEach(notes);
    return opened;
  }

  /**
   * Fixes the shares that the devices have of each batch, by measuring their speed if need be. A
   * device that would have none is closed.
   *
   * @param opened the devices
   * @param notes told what was measured, and which devices are left out, in a sentence each
   * @return this training with these shares
   * @throws SettingException if shares were given that do not suit the devices
   * @throws org.aparanet.engine.EngineException if a device fails
   */
  public PreparedTraining divided(OpenedDevices opened, Consumer<String> notes) {
    Shares shares =
        new ShareChoice(settings, from.isPresent(), start, data.train(), plan, notes).among(opened);
    return new PreparedTraining(
        this,
        shares.count() == 1
            ? Rounds.NONE
            : new Rounds(shares, settings.get(Setting.ROUND).orElse(1), plan.rounds().sharded()),
        opened.devices());
  }

  /**
   * The history of the run, if there is to be one: begun anew, or continued from the checkpoint.
   *
   * @param claims has its file
   * @throws java.io.UncheckedIOException if it cannot be written, or is of another run
   */
  public Optional<History> openHistory(Claims claims) {
    return settings
        .get(Setting.HISTORY)
        .map(
            file ->
                from.isPresent()
                    ? History.resume(
                        file, summary.description(), from.get().snapshot().position(), claims)
                    : new History(file, summary.description(), claims));
  }

  /**
   * Trains.
   *
   * @param opened sessions for the network and the plan's batch
   * @param listener is told how it goes
   * @param history is told as well, if there is one, and fails with the training
   * @param control stops, pauses and observes it
   * @throws org.aparanet.train.TrainingFailedException if training diverges or the device fails
   */
  public TrainingResult run(
      OpenedDevices opened,
      TrainingListener listener,
      Optional<History> history,
      TrainingControl control) {
    return train((told, keeper) -> trainer(opened, told, keeper), listener, history, control);
  }

  /**
   * Trains on devices that are elsewhere.
   *
   * @param opening loads the images onto the devices
   * @param listener is told how it goes
   * @param history is told as well, if there is one, and fails with the training
   * @param control stops, pauses and observes it
   * @throws org.aparanet.train.TrainingFailedException if training diverges or no device is left
   */
  public TrainingResult runOn(
      RunDevices.Opening opening,
      TrainingListener listener,
      Optional<History> history,
      TrainingControl control) {
    return train((told, keeper) -> trainer(opening, told, keeper), listener, history, control);
  }

  private TrainingResult train(
      BiFunction<TrainingListener, Optional<SnapshotKeeper>, Trainer> making,
      TrainingListener listener,
      Optional<History> history,
      TrainingControl control) {
    List<TrainingListener> listeners = new ArrayList<>(List.of(listener));
    history.ifPresent(listeners::add);
    Trainer trainer =
        making.apply(
            TrainingListener.all(listeners), run.map(identity -> keeper(identity, history)));
    trainer.control(control);
    boolean ended = false;
    try {
      TrainingResult result =
          from.isPresent()
              ? trainer.resume(from.get().snapshot())
              : trainer.run(start.parameters());
      ended = true;
      return result;
    } finally {
      if (!ended) {
        history.ifPresent(History::fail);
      }
    }
  }

  private Trainer trainer(
      OpenedDevices opened, TrainingListener listener, Optional<SnapshotKeeper> keeper) {
    if (plan.rounds().areDivided()) {
      return trainer(
          (told, step) -> new RoundDevices(opened.sessions(), data, plan, told, step),
          listener,
          keeper);
    }
    return new Trainer(opened.sessions().get(0), opened.fallback(), data, plan, listener, keeper);
  }

  private Trainer trainer(
      RunDevices.Opening opening, TrainingListener listener, Optional<SnapshotKeeper> keeper) {
    return new Trainer(opening, start.network(), data, plan, listener, keeper);
  }

  private SnapshotKeeper keeper(RunIdentity identity, Optional<History> history) {
    return new CheckpointFolder(
        checkpoints.orElseThrow(),
        settings.get(Setting.CHECKPOINT_EVERY).orElse(CheckpointFolder.EVERY),
        settings.get(Setting.CHECKPOINT_KEEP).orElse(CheckpointFolder.KEEP),
        start,
        identity,
        history);
  }
}
