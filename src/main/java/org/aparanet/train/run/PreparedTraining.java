package org.aparanet.train.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.aparanet.data.DataSet;
import org.aparanet.data.Holdout;
import org.aparanet.data.ImageSet;
import org.aparanet.data.store.DataMemory;
import org.aparanet.engine.Session;
import org.aparanet.engine.frozen.FrozenLayers;
import org.aparanet.engine.select.Engines;
import org.aparanet.file.Claims;
import org.aparanet.model.Initialization;
import org.aparanet.model.Model;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.OtherClasses;
import org.aparanet.train.InputNormalization;
import org.aparanet.train.MismatchException;
import org.aparanet.train.NetworkChoice;
import org.aparanet.train.NetworkMatch;
import org.aparanet.train.Position;
import org.aparanet.train.Setting;
import org.aparanet.train.SettingException;
import org.aparanet.train.Settings;
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
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.from = from;
    ImageSet images = settings.get(Setting.LIMIT).map(set.train()::first).orElse(set.train());
    data = data(images, set);
    start = from.map(Checkpoint::model).orElseGet(() -> start(weights));
    plan = settings.plan(start.network());
    frozen = frozenLayers();
    summary =
        new TrainingSummary(start.network(), plan, settings.get(Setting.VALIDATION).orElse(0f));
    run =
        checkpoints.map(
            folder ->
                new RunIdentity(
                    summary.description(),
                    RunIdentity.digest(data),
                    settings.kept(start.network().text())));
    from.ifPresent(checkpoint -> checkpoint.run().requireSame(run.orElseThrow()));
  }

  /** The network with the parameters to start from. */
  private Model start(Optional<Weights> weights) {
    ImageSet images = data.train();
    boolean ownNetwork = weights.isPresent() && !settings.has(Setting.NETWORK);
    Optional<Model> given = weights.map(file -> ownNetwork ? suited(file, images) : file.model());
    Network layers = ownNetwork ? given.get().network() : network(images);
    NetworkMatch.check(layers, images);
    given.ifPresent(model -> requireLayers(weights.get().file(), model.network(), layers));
    Network network = layers.withNormalization(InputNormalization.of(settings, given, images));
    float[] parameters =
        given
            .map(Model::parameters)
            .orElseGet(() -> Initialization.suited(network).draw(network, settings.seed()));
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
    return OtherClasses.of(model, images.classes(), images.classNames(), settings.seed());
  }

  /** Keeps the outputs of the frozen layers for images that do not change, if there is room. */
  private FrozenLayers frozenLayers() {
    boolean steady = plan.augmentation().isNone();
    long images =
        (steady ? data.train().count() : 0L)
            + data.validation().map(ImageSet::count).orElse(0)
            + data.test().count();
    FrozenLayers layers = new FrozenLayers(plan.freeze(), true);
    long bytes = layers.bytes(start.network(), images);
    if (bytes <= DataMemory.most()) {
      return layers;
    }
    notes.add(
        "the outputs of the %d frozen layers for %d images take %d MiB, more than the %d MiB that data may take of Java's heap; they are computed for each batch again"
            .formatted(plan.freeze(), images, (bytes + MIB - 1) / MIB, DataMemory.most() / MIB));
    return new FrozenLayers(plan.freeze(), false);
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

  private TrainingData data(ImageSet train, DataSet set) {
    Optional<Float> validation = settings.get(Setting.VALIDATION);
    Optional<ImageSet> own = set.validation();
    if (own.isPresent() && validation.isPresent()) {
      throw SettingException.unsuited(
          Setting.VALIDATION,
          "the data set has "
              + own.get().count()
              + " images of its own to validate with, "
              + own.get().name()
              + "; leave it out to take those");
    }
    if (own.isEmpty()) {
      settings.checkPatience();
    }
    if (validation.isEmpty()) {
      return new TrainingData(train, own, set.test());
    }
    if (train.count() < 2) {
      throw SettingException.unsuited(
          Setting.VALIDATION, train.name() + " has only " + train.count() + " image");
    }
    Holdout held = Holdout.of(train, validation.get(), settings.seed());
    return new TrainingData(held.train(), Optional.of(held.validation()), set.test());
  }

  /** The network with the parameters before the first step, or those of the checkpoint. */
  public Model start() {
    return start;
  }

  /**
   * What is to be said: what became of the model to start from, and that the outputs of frozen
   * layers are not kept; in a sentence each.
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
   * @param opened session for the network and the plan's batch
   * @param listener is told how it goes
   * @param history is told as well, if there is one, and fails with the training
   * @param control stops, pauses and observes it
   * @throws org.aparanet.train.TrainingFailedException if training diverges or the device fails
   */
  public TrainingResult run(
      Engines.Opened opened,
      TrainingListener listener,
      Optional<History> history,
      TrainingControl control) {
    List<TrainingListener> listeners = new ArrayList<>(List.of(listener));
    history.ifPresent(listeners::add);
    Optional<Supplier<Session>> fallback =
        opened.canFallBack() ? Optional.of(opened::fallBack) : Optional.empty();
    Trainer trainer =
        new Trainer(
            opened.session(),
            fallback,
            data,
            plan,
            TrainingListener.all(listeners),
            run.map(identity -> keeper(identity, history)));
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
