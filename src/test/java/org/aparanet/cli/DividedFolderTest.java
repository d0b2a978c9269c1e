package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are divided into parts, from the command line. */
class DividedFolderTest {
  @TempDir Path folder;

  /** Black cats and white dogs: as many of both. */
  private Path write(int each, String... parts) throws IOException {
    Path set = folder.resolve("set");
    for (String part : parts) {
      for (int i = 0; i < each; i++) {
        SmallModel.image(set.resolve(part).resolve("cat").resolve(i + ".png"), false);
        SmallModel.image(set.resolve(part).resolve("dog").resolve(i + ".png"), true);
      }
    }
    return set;
  }

  private static CommandRun train(Path set, String... more) {
    List<String> arguments =
        List.of(
            "train",
            "--data",
            "" + set,
            "--input",
            "1x1x1",
            "--network",
            "dense 2",
            "--batch",
            "2",
            "--device",
            "cpu",
            "--threads",
            "1",
            "--epochs");
    return CommandRun.of(
        java.util.stream.Stream.concat(arguments.stream(), List.of(more).stream()).toArray());
  }

  @Test
  void valIsTestedWithWhereThereIsNoTest() throws IOException {
    Path set = write(5, "train", "val");

    CommandRun run = train(set, "20", "--learning-rate", "1");

    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().startsWith("test accuracy 100.00 % (10 of 10), "), run.out());
    List<String> err = run.err().lines().toList();
    assertEquals("set: there is no folder test, so val is what is tested with", err.get(0));
    assertEquals("set train: 10 images of 1 in 2 classes; set test: 10", err.get(3));
    assertEquals(
        List.of(
            "  class                     test images    recall",
            "  0 cat                               5  100.00 %",
            "  1 dog                               5  100.00 %"),
        err.subList(err.size() - 3, err.size()));
  }

  /** At a rate of next to nothing no epoch is better than the first. */
  @Test
  void theMiddleOneOfThreeChoosesTheBestEpoch() throws IOException {
    Path set = write(4, "train", "valid", "test");

    CommandRun run = train(set, "9", "--learning-rate", "1e-20", "--patience", "2");

    assertEquals(0, run.status(), run.err());
    assertTrue(
        run.err().contains("set: valid is what the best epoch is chosen with, test what is tested"),
        run.err());
    assertTrue(
        run.err().contains("set train: 8 images of 1 in 2 classes; set validation: 8; set test: 8"),
        run.err());
    assertEquals(3, run.err().lines().filter(line -> line.startsWith("epoch ")).count(), run.err());
    assertTrue(run.err().contains("the result is epoch 1, the best one on the validation images"));
  }

  @Test
  void nothingIsHeldOutBesideAFolderForIt() throws IOException {
    CommandRun run = train(write(2, "train", "valid", "test"), "1", "--validation", "0.2");

    assertEquals(1, run.status());
    assertTrue(
        run.err()
            .strip()
            .endsWith(
                "aparanet: option --validation: the data set has 4 images of its own to validate"
                    + " with, set validation; leave it out to take those"),
        run.err());
  }

  @Test
  void aPatienceNeedsImagesToLookAt() throws IOException {
    CommandRun run = train(write(2, "train", "val"), "1", "--patience", "2");

    assertEquals(2, run.status());
    assertTrue(
        run.err()
            .contains(
                "aparanet: option --patience needs --validation, the part of the training images to"
                    + " hold out, such as 0.1"),
        run.err());
  }

  @Test
  void allIsAllThreeParts() throws IOException {
    Path set = write(3, "train", "valid", "test");
    Path model = folder.resolve("model");
    assertEquals(0, train(set, "20", "--learning-rate", "1", "--output", "" + model).status());

    CommandRun some = CommandRun.of("evaluate", model, "--data", set, "--device", "cpu");
    CommandRun all = CommandRun.of("evaluate", model, "--data", set, "--all", "--device", "cpu");

    assertTrue(some.out().startsWith("test accuracy 100.00 % (6 of 6), "), some.out());
    assertTrue(all.out().startsWith("test accuracy 100.00 % (18 of 18), "), all.out());
  }

  /** Nine of ten are cats; without weights the rare dogs count for a tenth. */
  @Test
  void classWeightsAreKeptByACheckpoint() throws IOException {
    Path set = write(2, "train", "test");
    for (int i = 2; i < 18; i++) {
      SmallModel.image(set.resolve("train/cat").resolve(i + ".png"), false);
    }
    Path kept = folder.resolve("kept");
    Path model = folder.resolve("model");
    Path again = folder.resolve("again");
    assertEquals(
        0,
        train(
                set,
                "2",
                "--class-weights",
                "balanced",
                "--checkpoint",
                "" + kept,
                "--output",
                "" + model)
            .status());

    CommandRun resumed = CommandRun.of("train", "--resume", kept, "--output", again);

    assertEquals(0, resumed.status(), resumed.err());
    assertTrue(resumed.err().contains(", class weights balanced"), resumed.err());
    assertEquals(-1, java.nio.file.Files.mismatch(model, again));
  }
}
