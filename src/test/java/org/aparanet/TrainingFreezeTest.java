package org.aparanet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aparanet.engine.Optimizer;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.train.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training whose first layers keep their parameters. */
class TrainingFreezeTest {
  private static final String NETWORK =
      "conv 4 3 nobias, batchnorm relu, [conv 4 3 same], pool 2, dropout 0.3, dense 5 relu, dense 2";

  @TempDir Path folder;

  private static Training training() {
    return begun(Training.network(NETWORK))
        .optimizer(Optimizer.Rule.MOMENTUM)
        .weightDecay(0.01)
        .clipNorm(1);
  }

  private static Training begun(Training training) {
    return training.epochs(3).batch(8).learningRate(0.1).device("cpu").threads(1);
  }

  private static float[] trained(Training training) {
    return training.run(SmallTraining.SET).model().parameters();
  }

  @Test
  void noneFrozenChangesNothing() {
    assertArrayEquals(trained(training()), trained(training().freeze(0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "shift 1"})
  void frozenTensorsAreAsBeforeAndAllOthersAreNot(String augmentation) {
    Path start = folder.resolve("start");
    Model before = training().epochs(1).run(SmallTraining.SET).model();
    before.save(start);

    Model after =
        begun(Training.model(start))
            .freeze(5)
            .augment(augmentation)
            .optimizer(Optimizer.Rule.ADAMW)
            .run(SmallTraining.SET)
            .model();

    assertEquals(before.network(), after.network());
    for (Network.Node node : before.network().nodes()) {
      for (Network.Tensor tensor : node.tensors()) {
        float[] own = own(tensor, before);
        if (node.index() < 5) {
          assertArrayEquals(own, own(tensor, after), tensor.name());
        } else {
          assertFalse(Arrays.equals(own, own(tensor, after)), tensor.name());
        }
      }
    }
  }

  private static float[] own(Network.Tensor tensor, Model model) {
    return Arrays.copyOfRange(model.parameters(), tensor.offset(), tensor.offset() + tensor.size());
  }

  /** In the second epoch, with moments, dropout and what is changed at random. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "shift 1"})
  void itIsResumedToTheSameModel(String augmentation) {
    Path checkpoints = folder.resolve("checkpoints");
    float[] whole = trained(training().freeze(5).augment(augmentation));
    Training cut = training().freeze(5).augment(augmentation).checkpoints(checkpoints);
    cut.listener(
            new TrainingListener() {
              @Override
              public void step(Step step) {
                if (step.step() == 7) {
                  cut.stop();
                }
              }
            })
        .run(SmallTraining.SET);

    assertArrayEquals(whole, trained(Training.resume(checkpoints).device("cpu")));
    assertThrows(
        IllegalArgumentException.class,
        () -> Training.resume(checkpoints).device("cpu").freeze(4).run(SmallTraining.SET));
  }

  @Test
  void theHistoryTellsOfIt() throws Exception {
    Path history = folder.resolve("history");
    trained(training().freeze(2).history(history));

    String first = Files.readAllLines(history).get(0);
    assertTrue(first.contains("\"freeze\":2"), first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4 | freeze: layer 4 stands inside of a branch; the nearest numbers that end outside are 3"
            + " (behind relu) and 5 (behind ] residual sum)",
        "10 | freeze: 10 layers of 10; it takes 0 to 9, so that at least the last one learns",
        "-1 | freeze: -1 layers of 10; it takes 0 to 9, so that at least the last one learns",
      })
  void aNumberThatDoesNotSuitTheNetworkIsRefused(int frozen, String sentence) {
    Training training = training().freeze(frozen);
    assertEquals(
        sentence,
        assertThrows(IllegalArgumentException.class, () -> training.run(SmallTraining.SET))
            .getMessage());
  }

  @Test
  void aBranchAtTheBeginningLeavesNone() {
    Training training = begun(Training.network("[conv 1 3 same], dense 2")).freeze(1);
    assertEquals(
        "freeze: layer 1 stands inside of a branch; the nearest numbers that end outside are 0 and"
            + " 2 (behind ] residual sum)",
        assertThrows(IllegalArgumentException.class, () -> training.run(SmallTraining.SET))
            .getMessage());
  }

  @Test
  void outputsThatAreTooManyAreComputedAgainAndThatIsSaid() {
    List<String> notes = new ArrayList<>();
    float[] kept = trained(training().freeze(2).notes(notes::add));
    assertFalse(notes.toString().contains("frozen"), notes::toString);
    System.setProperty("aparanet.data.memory", "10k");
    try {
      assertArrayEquals(kept, trained(training().freeze(2).notes(notes::add)));
    } finally {
      System.clearProperty("aparanet.data.memory");
    }
    assertTrue(
        notes.contains(
            "the outputs of the 2 frozen layers for 60 images take 1 MiB, more than the 0 MiB that"
                + " data may take of Java's heap; they are computed for each batch again"),
        notes::toString);
  }
}
