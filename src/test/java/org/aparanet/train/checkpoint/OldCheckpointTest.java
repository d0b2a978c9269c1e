package org.aparanet.train.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.select.DeviceChoices;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFileException;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.LearningRateSchedule;
import org.aparanet.train.Position;
import org.aparanet.train.Setting;
import org.aparanet.train.Settings;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingSummary;
import org.junit.jupiter.api.Test;

/** Notes of a checkpoint as aparanet 0.1 wrote them: with the command's arguments. */
class OldCheckpointTest {
  private static final Network NETWORK = NetworkText.parse(new Shape(1, 1, 2), "dense 2");

  private static final String NOTES =
      "{\"epoch\":2,\"step\":7,\"images\":12,\"lossSum\":3.25,\"correct\":5,\"optimizerSteps\":7,"
          + "\"seconds\":1.5,\"epochSeconds\":0.25,\"test\":{\"correct\":3,\"count\":6},"
          + "\"bestEpoch\":1,\"best\":{\"accuracy\":{\"correct\":2,\"count\":4},\"loss\":0.5},"
          + "\"run\":{\"network\":\"dense 2\",\"input\":\"1x1x2\",\"epochs\":3,\"batch\":4,"
          + "\"learning_rate\":0.1,\"seed\":9,\"shuffle\":true,\"optimizer\":\"nesterov\","
          + "\"momentum\":0.9,\"weight_decay\":0.0005,\"schedule\":\"one-cycle\","
          + "\"augment\":\"shift 1\",\"validation\":0.25,\"patience\":2},"
          + "\"data\":\"images\",\"arguments\":[\"--data=/photos\",\"--epochs=3\",\"--batch=4\","
          + "\"--optimizer=nesterov\",\"--learning-rate=.1\",\"--weight-decay=5e-4\","
          + "\"--schedule=one-cycle\",\"--augment=shift 1\",\"--validation=0.25\",\"--patience=2\","
          + "\"--seed=9\",\"--device=opencl:0\",\"--output=/models/m\",\"--no-shuffle=false\","
          + "\"--network=dense 2\"]}";

  private static Checkpoint read(String notes) {
    return CheckpointFile.read(
        "old",
        notes,
        new Model(NETWORK, new float[6]),
        new float[6],
        new float[0],
        new float[0],
        new float[6]);
  }

  @Test
  void itsArgumentsAreSettingsAndMakeItsPlan() {
    Checkpoint checkpoint = read(NOTES);
    Settings settings = checkpoint.run().settings();

    TrainingPlan plan = settings.plan(NETWORK);
    assertEquals(
        TrainingPlan.of(3, 4, 0.1f)
            .withSeed(9)
            .withOptimizer(
                new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0.0005f, Float.POSITIVE_INFINITY))
            .withSchedule(new LearningRateSchedule.OneCycle(0.3))
            .withAugmentation(Augmentation.parse("shift 1"))
            .withPatience(2),
        plan);
    assertEquals("/photos", settings.get(Setting.DATA).orElseThrow());
    assertEquals(DeviceChoices.parse("opencl:0"), settings.get(Setting.DEVICE).orElseThrow());
    assertEquals(Path.of("/models/m"), settings.get(Setting.OUTPUT).orElseThrow());
    assertEquals(new Position(2, 7, 12, 3.25, 5), checkpoint.snapshot().position());
  }

  /** Which is what lets it be continued. */
  @Test
  void itIsOfTheSameRunAsItsSettingsMakeNow() {
    RunIdentity kept = read(NOTES).run();
    TrainingSummary now = new TrainingSummary(NETWORK, kept.settings().plan(NETWORK), 0.25f);

    assertEquals(
        List.of(), kept.differences(new RunIdentity(now.description(), "images", kept.settings())));
    kept.requireSame(new RunIdentity(now.description(), "images", kept.settings()));
  }

  @Test
  void anArgumentThatIsNoSettingIsRefused() {
    assertEquals(
        "old: its aparanet.training cannot be used",
        assertThrows(
                ModelFileException.class, () -> read(NOTES.replace("--patience", "--impatience")))
            .getMessage());
  }
}
