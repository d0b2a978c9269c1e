package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests with all images, and the results as JSON, of a model whose outputs are known. */
class EvaluateCommandTest {
  private static final String RESULT =
      "test accuracy %s, \\d+\\.\\d s, \\d+ images/s on cpu \\(Java engine\\)\\R";

  @TempDir Path folder;

  private Path model;
  private Path data;

  /** One image of each class, so that none is left to test with; one of them is mistaken. */
  @BeforeEach
  void makeModel() throws IOException {
    model = SmallModel.write(folder.resolve("model"));
    data = folder.resolve("set");
    image("cat/a.png", false);
    image("dog, small/a.png", true);
    image("fish/a.png", true);
  }

  private void image(String name, boolean white) throws IOException {
    SmallModel.image(data.resolve(name), white);
  }

  @Test
  void allIsEveryImageOfAFolder() {
    CommandRun test = evaluate();
    assertEquals(1, test.status());
    assertEquals(
        "aparanet: "
            + data
            + " has no image to test with: by their names all are to train with; add others, or"
            + " divide the images yourself into the folders train and test",
        test.err().strip());

    CommandRun all = evaluate("--all");
    assertEquals(0, all.status(), all.err());
    assertTrue(all.out().matches(RESULT.formatted("66\\.67 % \\(2 of 3\\)")), all.out());
    assertEquals(
        "set train and set test: 3 images of cat, dog, small, fish, resized to 1",
        all.err().strip());
  }

  @Test
  void allIsBothPartsOfADividedFolderAndOfASetWithFilesOfItsOwn() throws IOException {
    data = folder.resolve("divided");
    for (String name : SmallModel.CLASSES) {
      image("train/" + name + "/a.png", false);
    }
    image("test/cat/b.png", false);
    image("test/cat/c.png", false);
    assertTrue(evaluate().out().startsWith("test accuracy 100.00 % (2 of 2),"));
    assertTrue(evaluate("--all").out().startsWith("test accuracy 60.00 % (3 of 5),"));

    data = SmallSet.write(folder.resolve("idx"), 40, 20);
    model = folder.resolve("other");
    assertEquals(
        0,
        run("train", "--data", data, "--network", "dense 4", "--epochs", "1", "--output", model)
            .status());
    assertTrue(evaluate().out().contains(" of 20),"));
    JsonObject json = Schema.valid("evaluate", evaluate("--all", "--json", "-").out());
    assertEquals(60, json.get("count").getAsInt());
    assertEquals("idx train and idx test", json.get("data").getAsString());
    JsonArray classes = json.getAsJsonArray("classes");
    assertEquals(4, classes.size());
    classes.forEach(c -> assertEquals(15, c.getAsJsonObject().get("count").getAsInt()));
    assertTrue(classes.get(0).getAsJsonObject().get("name").isJsonNull());
  }

  /** Of the classes cat, dog and fish two are there; white images are taken for dogs. */
  @Test
  void someOfTheModelsClassesAreEnough() throws IOException {
    data = folder.resolve("some");
    image("test/fish/a.png", true);
    image("test/dog, small/b.png", true);
    image("test/dog, small/c.png", true);

    JsonObject json = Schema.valid("evaluate", evaluate("--all", "--json", "-").out());

    assertEquals(2, json.get("correct").getAsInt());
    assertEquals("some test", json.get("data").getAsString());
    assertEquals("[[0,0,0],[0,2,0],[0,1,0]]", json.get("confusion").toString());
  }

  @Test
  void fewerClassesThanTheModelHasAreSaid() {
    Path other = folder.resolve("unnamed");
    Model named = ModelFile.load(model);
    Network wider = NetworkText.parse(named.network().input(), "dense 5");
    new Model(wider, new float[wider.parameterCount()]).save(other);
    model = other;

    String err = evaluate("--all").err();

    assertTrue(
        err.contains(
            "the model has 5 classes without names, set train and set test only 3; they are taken"
                + " for its first"),
        err);
  }

  /** The probabilities of the images' own classes are 0.66524, 0.70538 and 0.25950. */
  @Test
  void everyFigureOfTheJson() throws IOException {
    Path file = folder.resolve("out.json");

    CommandRun run = evaluate("--all", "--json", file);

    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().matches(RESULT.formatted("66\\.67 % \\(2 of 3\\)")), run.out());
    assertTrue(run.err().endsWith("wrote " + file + System.lineSeparator()), run.err());
    JsonObject json = Schema.valid("evaluate", Files.readString(file));
    assertEquals("" + model, json.get("model").getAsString());
    assertEquals("dense 3", json.get("network").getAsString());
    assertEquals(6, json.get("parameters").getAsInt());
    assertEquals("cpu (Java engine)", json.get("device").getAsString());
    assertEquals(3, json.get("count").getAsInt());
    assertEquals(2, json.get("correct").getAsInt());
    assertEquals(2 / 3.0, json.get("accuracy").getAsDouble(), 1e-9);
    assertEquals(
        -(Math.log(0.66524) + Math.log(0.70538) + Math.log(0.25950)) / 3,
        json.get("meanLoss").getAsDouble(),
        1e-4);
    assertEquals(
        3 / json.get("seconds").getAsDouble(), json.get("imagesPerSecond").getAsDouble(), 1e-3);
    assertEquals(
        JsonParser.parseString("[[1, 0, 0], [0, 1, 0], [0, 1, 0]]"), json.get("confusion"));
    assertEquals(
        JsonParser.parseString(
            """
            [{"class": 0, "name": "cat", "count": 1, "correct": 1,
              "precision": 1.0, "recall": 1.0, "f1": 1.0},
             {"class": 1, "name": "dog, small", "count": 1, "correct": 1,
              "precision": 0.5, "recall": 1.0, "f1": %s},
             {"class": 2, "name": "fish", "count": 1, "correct": 0,
              "precision": null, "recall": 0.0, "f1": 0.0}]
            """
                .formatted(2 / 3.0)),
        json.get("classes"));
  }

  @Test
  void jsonOnStandardOutputIsAloneThere() {
    CommandRun run = evaluate("--all", "--json", "-");

    assertEquals(0, run.status(), run.err());
    assertEquals(3, Schema.valid("evaluate", run.out()).get("count").getAsInt());
  }

  /** An image of one pixel that is moved by one is black but for the copy that stays. */
  @Test
  void allGoesTogetherWithShiftsAndAPage() throws IOException {
    Path page = folder.resolve("page.html");

    CommandRun run = evaluate("--all", "--shifts", 1, "--html", page, "--json", "-");

    assertEquals(0, run.status(), run.err());
    JsonObject json = Schema.valid("evaluate", run.out());
    assertEquals(1, json.get("shifts").getAsInt());
    assertEquals(3, json.get("count").getAsInt());
    assertTrue(Files.readString(page).contains(" of 3 images; mean loss"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--json ./model-file | argument MODEL and option --json both name ./model-file; they need two"
            + " files",
        "--json a --history ./a --html b | options --history and --json both name a; they need two"
            + " files",
        "--json a --html ./a | options --json and --html both name ./a; they need two files",
        "--json '' | option --json: \"\" is not allowed; it takes the name of a file, or - for the"
            + " standard output",
        "--html '' | option --html: \"\" is not allowed; it takes the name of a file or folder",
      })
  void wrongUsageIsFoundBeforeTheWork(String arguments, String sentence) {
    List<Object> all = new ArrayList<>(List.of("evaluate", "model-file"));
    Stream.of(arguments.split(" ")).map(a -> a.equals("''") ? "" : a).forEach(all::add);

    CommandRun run = run(all.toArray());

    assertEquals("aparanet: " + sentence + " (see aparanet evaluate --help)", run.err().strip());
    assertEquals("", run.out());
    assertEquals(2, run.status());
  }

  private CommandRun evaluate(Object... arguments) {
    List<Object> all =
        new ArrayList<>(List.of("evaluate", model, "--data", data, "--device", "cpu"));
    all.addAll(List.of(arguments));
    return run(all.toArray());
  }

  private static CommandRun run(Object... arguments) {
    return CommandRun.of(arguments);
  }
}
