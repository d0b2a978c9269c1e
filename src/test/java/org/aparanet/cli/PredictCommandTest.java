package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aparanet.file.Claims;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What predict prints and writes of files, folders and numbers. */
class PredictCommandTest {
  @TempDir Path folder;

  private Path model;
  private Path pictures;

  @BeforeEach
  void makeModel() throws IOException {
    model = SmallModel.write(folder.resolve("model"));
    pictures = Files.createDirectory(folder.resolve("pictures"));
  }

  private Path image(String name, boolean white) throws IOException {
    return SmallModel.image(pictures.resolve(name), white);
  }

  @Test
  void filesHaveABlockEach() throws IOException {
    Path black = image("black.png", false);
    Path white = image("white.png", true);

    CommandRun run = predict(black, white);

    assertEquals(0, run.status(), run.err());
    assertEquals(
        List.of(
            black + ": class 0 cat",
            "    0  0.665241  cat",
            "    1  0.244728  dog, small",
            "    2  0.090031  fish",
            white + ": class 1 dog, small",
            "    0  0.035119  cat",
            "    1  0.705385  dog, small",
            "    2  0.259496  fish"),
        run.out().lines().toList());
    assertEquals("", run.err());
  }

  @Test
  void topIsALineForEachImage() throws IOException {
    Path black = image("black.png", false);
    Path white = image("white.png", true);

    assertEquals(
        List.of(black + ": class 0 cat 0.6652", white + ": class 1 dog, small 0.7054"),
        predict(black, white, "--top", 1).out().lines().toList());
    assertEquals(
        List.of(black + ": class 0 cat 0.6652, class 1 dog, small 0.2447"),
        predict(black, "--top", 2).out().lines().toList());
    assertEquals(
        List.of(white + ": class 1 dog, small 0.7054, class 2 fish 0.2595, class 0 cat 0.0351"),
        predict(white, "--top", 1000).out().lines().toList(),
        "more than there are: all");
  }

  @Test
  void invertSwapsDarkAndLight() throws IOException {
    Path black = image("black.png", false);

    assertEquals(
        black + ": class 1 dog, small 0.7054",
        predict(black, "--top", 1, "--invert").out().strip());
  }

  /** More than a batch, so that each place of the session is used again. */
  @Test
  void aFolderIsALineForEachFileInItAndBelow() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      boolean white = i % 3 == 0;
      Path file = image(String.format("%s%02d.png", i < 40 ? "" : "b/c/", i), white);
      expected.add(file + ": class " + (white ? "1 dog, small 0.7054" : "0 cat 0.6652"));
    }
    expected.add(image("c.png", true) + ": class 1 dog, small 0.7054");
    Files.writeString(pictures.resolve(".hidden"), "not an image");
    Files.createDirectory(pictures.resolve(".folder"));
    Files.writeString(pictures.resolve(".folder/x.png"), "not an image");

    CommandRun run = predict(pictures);

    assertEquals(expected, run.out().lines().toList());
    assertEquals("", run.err());
    assertEquals(0, run.status());
  }

  @Test
  void whatCannotBeReadIsNamedAndCounted() throws IOException {
    for (int i = 0; i < 40; i++) {
      image(String.format("%02d.png", i), i == 39);
    }
    Path bad = Files.writeString(pictures.resolve("05.png"), "not an image");
    Path empty = Files.write(pictures.resolve("36.png"), new byte[0]);

    CommandRun run = predict(pictures);

    assertEquals(0, run.status());
    assertEquals(
        List.of(
            bad + " is not an image; allowed are PNG, JPEG, GIF, BMP, TIFF and WebP",
            empty + " is not an image; allowed are PNG, JPEG, GIF, BMP, TIFF and WebP",
            "2 of 40 images could not be read"),
        run.err().lines().toList());
    List<String> lines = run.out().lines().toList();
    assertEquals(38, lines.size());
    assertEquals(pictures.resolve("06.png") + ": class 0 cat 0.6652", lines.get(5));
    assertEquals(pictures.resolve("39.png") + ": class 1 dog, small 0.7054", lines.get(37));
  }

  @Test
  void nothingReadableIsAFailureThatWritesNothing() throws IOException {
    Path bad = Files.writeString(pictures.resolve("a.png"), "not an image");
    Path csv = folder.resolve("out.csv");

    CommandRun single = predict(pictures, "--csv", csv);
    assertEquals(1, single.status());
    assertEquals(
        "aparanet: " + bad + " is not an image; allowed are PNG, JPEG, GIF, BMP, TIFF and WebP",
        single.err().strip());

    Files.writeString(pictures.resolve("b.png"), "not an image");
    CommandRun run = predict(pictures, "--csv", csv, "--json", "-");
    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertEquals(3, run.err().lines().count(), run.err());
    assertEquals("aparanet: none of the 2 images could be read", run.err().lines().toList().get(2));
    assertFalse(Files.exists(csv));
    assertEquals(List.of(model, pictures), files());
  }

  @Test
  void anEmptyOrMissingFolderIsAFailure() {
    CommandRun empty = predict(pictures);
    assertEquals(1, empty.status());
    assertEquals("aparanet: argument IMAGE: there is no file in " + pictures, empty.err().strip());

    Path missing = folder.resolve("missing");
    CommandRun run = predict(missing);
    assertEquals(1, run.status());
    assertEquals("aparanet: " + missing + " does not exist", run.err().strip());
  }

  /** A wrong name is no image that cannot be read. */
  @Test
  void aMissingFileAmongOthersIsFoundBeforeTheWork() throws IOException {
    Path missing = pictures.resolve("missing.png");

    CommandRun run = predict(image("black.png", false), missing);

    assertEquals(1, run.status());
    assertEquals("aparanet: " + missing + " does not exist", run.err().strip());
    assertEquals("", run.out());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a right there")
  void aLinkToAFolderAroundItIsNamedAndTheRestIsDone() throws IOException {
    Path black = image("a/black.png", false);
    Path link = Files.createSymbolicLink(pictures.resolve("a/link"), pictures);

    CommandRun run = predict(pictures);

    assertEquals(0, run.status());
    assertEquals(black + ": class 0 cat 0.6652", run.out().strip());
    assertEquals(
        List.of(link + " is a link to a folder that it lies in", "1 of 2 images could not be read"),
        run.err().lines().toList());
  }

  @Test
  void csvHasAHeaderAndARowForEachImage() throws IOException {
    Path black = image("black.png", false);
    Path white = image("white, \"clean\".png", true);
    Path csv = folder.resolve("out.csv");

    CommandRun run = predict(pictures, "--csv", csv);

    assertEquals(0, run.status(), run.err());
    assertEquals(2, run.out().lines().count(), "the text is printed as well");
    assertEquals("wrote " + csv, run.err().strip());
    String[] rows = Files.readString(csv).split("\r\n", -1);
    assertEquals(4, rows.length);
    assertEquals("image,class,name,probability", rows[0]);
    assertTrue(rows[1].matches("\\Q" + black + "\\E,0,cat,0\\.665\\d+"), rows[1]);
    String quoted = "\"" + white.toString().replace("\"", "\"\"") + "\"";
    assertTrue(rows[2].matches("\\Q" + quoted + "\\E,1,\"dog, small\",0\\.705\\d+"), rows[2]);
    assertEquals("", rows[3]);
  }

  @Test
  void csvOnStandardOutputIsAloneThere() throws IOException {
    image("black.png", false);

    CommandRun run = predict(pictures, "--csv", "-", "--top", 2);

    assertEquals(0, run.status(), run.err());
    String[] rows = run.out().split("\r\n", -1);
    assertEquals(3, rows.length, run.out());
    assertEquals("image,class1,name1,probability1,class2,name2,probability2", rows[0]);
    assertTrue(rows[1].matches(".*,0,cat,0\\.66\\d+,1,\"dog, small\",0\\.24\\d+"), rows[1]);
    assertEquals("", run.err());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such names")
  void aLineEndInANameStaysInItsField() throws IOException {
    Path file = image("two\nlines.png", false);

    CommandRun run = predict(file, "--csv", "-");
    assertTrue(
        run.out().startsWith("image,class,name,probability\r\n\"" + file + "\",0,cat,"), run.out());
    JsonObject json = Schema.valid("predict", predict(file, "--json", "-").out());
    assertEquals(
        "" + file,
        json.getAsJsonArray("images").get(0).getAsJsonObject().get("image").getAsString());
    CommandRun text = predict(file, "--top", 1);
    assertEquals(1, text.out().lines().count(), text.out());
    assertTrue(text.out().contains("two\\u000alines.png\": class 0"), text.out());
  }

  @Test
  void jsonIsOneDocument() throws IOException {
    Path black = image("black.png", false);
    Path white = image("white.png", true);
    Files.writeString(pictures.resolve("zero"), "not an image");
    Path csv = folder.resolve("out.csv");

    CommandRun run = predict(pictures, "--json", "-", "--csv", csv, "--top", 2);

    assertEquals(0, run.status(), run.err());
    JsonObject json = Schema.valid("predict", run.out());
    assertEquals("" + model, json.get("model").getAsString());
    assertEquals("cpu (Java engine)", json.get("device").getAsString());
    assertEquals(2, json.get("count").getAsInt());
    assertEquals(1, json.get("unreadable").getAsInt());
    JsonArray images = json.getAsJsonArray("images");
    assertEquals(2, images.size());
    assertEntry(images.get(0), "" + black, 0, 0.66524, 0, 1);
    assertEntry(images.get(1), "" + white, 1, 0.70538, 1, 2);
    assertEquals(3, Files.readString(csv).lines().count());
  }

  private static void assertEntry(
      JsonElement entry, String image, int c, double probability, int... best) {
    JsonObject json = entry.getAsJsonObject();
    assertEquals(image, json.get("image").getAsString());
    assertEquals(c, json.get("class").getAsInt());
    assertEquals(SmallModel.CLASSES.get(c), json.get("name").getAsString());
    assertEquals(probability, json.get("probability").getAsDouble(), 1e-5);
    List<Integer> top = new ArrayList<>();
    json.getAsJsonArray("top").forEach(t -> top.add(t.getAsJsonObject().get("class").getAsInt()));
    assertEquals(List.of(best[0], best[1]), top);
  }

  @Test
  void numbersAreTestImagesWithTheirLabels() throws IOException {
    String data = SmallSet.write(folder.resolve("set"), 40, 20).toString();
    Path trained = folder.resolve("trained");
    assertEquals(
        0,
        run(
                "train",
                "--data",
                data,
                "--network",
                "dense 4",
                "--epochs",
                "1",
                "--output",
                trained,
                "--device",
                "cpu")
            .status());

    CommandRun run =
        run("predict", trained, "3", "5", "--data", data, "--device", "cpu", "--top", "1");
    assertEquals(0, run.status(), run.err());
    assertTrue(
        run.out()
            .matches(
                "set test 3: class \\d 0\\.\\d{4} \\(labelled 3\\)\\Rset test 5: .*labelled 1\\)\\R"),
        run.out());
    JsonObject json =
        Schema.valid(
            "predict",
            run("predict", trained, "3", "--data", data, "--device", "cpu", "--json", "-").out());
    JsonObject image = json.getAsJsonArray("images").get(0).getAsJsonObject();
    assertEquals("set test 3", image.get("image").getAsString());
    assertEquals(3, image.get("label").getAsInt());
    assertTrue(image.get("name").isJsonNull());
  }

  @Test
  void whatWasWrittenBeforeIsNoImageOfTheFolder() throws IOException {
    image("black.png", false);
    Path csv = pictures.resolve("out.csv");

    assertEquals(0, predict(pictures, "--csv", csv).status());
    CommandRun again = predict(pictures, "--csv", csv);

    assertEquals(0, again.status());
    assertEquals("wrote " + csv, again.err().strip());
    assertEquals(2, Files.readString(csv).lines().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 --top 0 | option --top: \"0\" is not allowed; it takes a whole number from 1 to 2147483647",
        "-1 | argument IMAGE: \"-1\" is not allowed; it takes the number of a test image, from 0, an"
            + " image file or a folder; a file of that name is ./-1",
        "0 -1 | argument IMAGE: \"-1\" is not allowed; it takes the number of a test image, from 0,"
            + " an image file or a folder; a file of that name is ./-1",
        "'' | argument IMAGE: \"\" is not allowed; it takes the number of a test image, from 0, an"
            + " image file or a folder",
        "0 --csv '' | option --csv: \"\" is not allowed; it takes the name of a file, or - for the"
            + " standard output",
        "0 --csv - --json - | options --csv and --json both name -, the standard output, which is"
            + " for one of them",
        "0 --csv a --json ./a | options --csv and --json both name ./a; they need two files",
        "0 --csv ./model-file | argument MODEL and option --csv both name ./model-file; they need"
            + " two files",
        "a.png --json ./a.png | argument IMAGE and option --json both name ./a.png; they need two"
            + " files",
      })
  void wrongUsageIsFoundBeforeTheWork(String arguments, String sentence) {
    List<Object> all = new ArrayList<>(List.of("predict", "model-file"));
    Stream.of(arguments.split(" ")).map(a -> a.equals("''") ? "" : a).forEach(all::add);

    CommandRun run = run(all.toArray());

    assertEquals("aparanet: " + sentence + " (see aparanet predict --help)", run.err().strip());
    assertEquals("", run.out());
    assertEquals(2, run.status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--csv", "--json"})
  void aFileThatCannotBeWrittenIsRefusedBeforeTheWork(String option) throws IOException {
    Path black = image("black.png", false);
    Path file = folder.resolve("missing/out");
    CommandRun run = predict(black, option, file);
    assertEquals(1, run.status());
    assertEquals(
        "aparanet: option "
            + option
            + ": cannot write "
            + file
            + ": there is no folder "
            + file.getParent(),
        run.err().strip());
    assertEquals("", run.out());

    Path used = folder.resolve("used");
    try (Claims claims = new Claims()) {
      claims.file(used);
      assertEquals(1, predict(black, option, used).status());
    }
    assertEquals(0, predict(black, option, used).status());
    assertEquals(List.of(model, pictures, used), files());
  }

  @Test
  void aNetworkThatTakesNoImageFilesIsToldOnce() throws IOException {
    image("black.png", false);
    image("white.png", true);
    Network network = NetworkText.parse(new Shape(2, 1, 1), "dense 3");
    new Model(network, new float[network.parameterCount()]).save(model);

    CommandRun run = predict(pictures);

    assertEquals(1, run.status());
    assertEquals(
        "aparanet: "
            + pictures
            + " cannot be shown to a network that takes 2 channels; image files give 1 or 3",
        run.err().strip());
  }

  private CommandRun predict(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("predict", model, "--device", "cpu"));
    all.addAll(List.of(arguments));
    return run(all.toArray());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static CommandRun run(Object... arguments) {
    return CommandRun.of(arguments);
  }
}
