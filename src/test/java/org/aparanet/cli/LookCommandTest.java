package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.aparanet.report.page.PageText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What look takes, says and writes. */
class LookCommandTest {
  @TempDir Path folder;

  private Path model;
  private Path pictures;
  private Path page;

  @BeforeEach
  void makeModel() throws IOException {
    model = SmallModel.write(folder.resolve("model"));
    pictures = Files.createDirectory(folder.resolve("pictures"));
    page = folder.resolve("page.html");
  }

  private Path image(String name, boolean white) throws IOException {
    return SmallModel.image(pictures.resolve(name), white);
  }

  @Test
  void filesAreOnThePageWithTheirProbabilities() throws IOException {
    Path black = image("black.png", false);
    Path white = image("white.png", true);

    CommandRun run = look(black, white, "--html", page);

    assertEquals(0, run.status(), run.err());
    assertEquals("", run.out());
    assertEquals("wrote " + page, run.err().strip());
    assertEquals(List.of("Inside model"), written().texts("h1"));
    assertEquals(
        List.of(
            List.of("" + black, "–", "66.52", "24.47", "9.00"),
            List.of("" + white, "–", "3.51", "70.54", "25.95")),
        written().rows(0));
  }

  @Test
  void invertSwapsDarkAndLight() throws IOException {
    Path black = image("black.png", false);

    assertEquals(0, look(black, "--html", page, "--invert").status());

    assertEquals(List.of("" + black, "–", "3.51", "70.54", "25.95"), written().rows(0).get(0));
  }

  @Test
  void numbersAreTestImagesWithTheirLabels() throws IOException {
    String data = SmallSet.write(folder.resolve("set"), 40, 20).toString();
    Network network = NetworkText.parse(new Shape(1, 8, 8), "dense 4");
    new Model(network, new float[network.parameterCount()]).save(model);

    CommandRun run = look("3", "5", "--data", data, "--html", page);

    assertEquals(0, run.status(), run.err());
    assertEquals(List.of("set test 3", "3"), written().rows(0).get(0).subList(0, 2));
    assertEquals(List.of("set test 5", "1"), written().rows(0).get(1).subList(0, 2));
    CommandRun beyond = look("20", "--data", data, "--html", folder.resolve("other"));
    assertEquals(1, beyond.status());
    assertEquals(
        "aparanet: argument IMAGE: set test has no image 20; there are 20, counted from 0",
        beyond.err().strip());
    assertFalse(Files.exists(folder.resolve("other")));
  }

  /** The page of an earlier look lies in the folder, and is no image of it. */
  @Test
  void aFolderIsAllFilesInItButThePage() throws IOException {
    image("a/black.png", false);
    image("white.png", true);
    Path inside = pictures.resolve("page.html");

    assertEquals(0, look(pictures, "--html", inside).status());
    CommandRun again = look(pictures, "--html", inside);

    assertEquals(0, again.status(), again.err());
    assertEquals("wrote " + inside, again.err().strip());
    assertEquals(2, new PageText(Files.readString(inside)).rows(0).size());
  }

  @Test
  void whatCannotBeReadIsNamedAndCountedAlsoOnThePage() throws IOException {
    image("black.png", false);
    Path bad = Files.writeString(pictures.resolve("bad.png"), "not an image");

    CommandRun run = look(pictures, "--html", page);

    assertEquals(0, run.status());
    assertEquals(
        List.of(
            bad + " is not an image; allowed are PNG, JPEG, GIF, BMP, TIFF and WebP",
            "1 of 2 images could not be read",
            "wrote " + page),
        run.err().lines().toList());
    assertEquals(1, written().rows(0).size());
    assertTrue(written().texts("p").contains("1 of 2 images could not be read."));
  }

  @Test
  void nothingReadableIsAFailureThatLeavesThePage() throws IOException {
    Path bad = Files.writeString(pictures.resolve("a.png"), "not an image");
    Files.writeString(page, "old");

    CommandRun single = look(bad, "--html", page);
    assertEquals(1, single.status());
    assertEquals(
        "aparanet: " + bad + " is not an image; allowed are PNG, JPEG, GIF, BMP, TIFF and WebP",
        single.err().strip());

    Files.writeString(pictures.resolve("b.png"), "not an image");
    CommandRun run = look(pictures, "--html", page);
    assertEquals(1, run.status());
    assertEquals("aparanet: none of the 2 images could be read", run.err().lines().toList().get(2));
    assertEquals("old", Files.readString(page));
  }

  @Test
  void ofManyImagesTheFirstAreShown() throws IOException {
    for (int i = 0; i < 27; i++) {
      image(String.format("%02d.png", i), false);
    }
    Files.writeString(pictures.resolve("00.png"), "not an image");

    CommandRun run = look(pictures, "--html", page);

    assertEquals(0, run.status());
    List<String> said = run.err().lines().toList();
    assertEquals("1 of 25 images could not be read", said.get(1));
    assertEquals(
        "a page of this network shows at most 24 images; it is of the first ones, and the other 2"
            + " are left out",
        said.get(2));
    assertEquals(24, written().rows(0).size());
    assertEquals("" + pictures.resolve("24.png"), written().rows(0).get(23).get(0));
  }

  @Test
  void anEmptyFolderOrAMissingFileIsAFailure() throws IOException {
    CommandRun empty = look(pictures, "--html", page);
    assertEquals(1, empty.status());
    assertEquals("aparanet: argument IMAGE: there is no file in " + pictures, empty.err().strip());

    Path missing = pictures.resolve("missing.png");
    CommandRun run = look(image("black.png", false), missing, "--html", page);
    assertEquals(1, run.status());
    assertEquals("aparanet: " + missing + " does not exist", run.err().strip());
    assertFalse(Files.exists(page));
  }

  @Test
  void thePageNeverReplacesTheModelOrAnImage() throws IOException {
    Path black = image("black.png", false);
    byte[] modelBefore = Files.readAllBytes(model);
    byte[] imageBefore = Files.readAllBytes(black);

    CommandRun onModel = look(black, "--html", model);
    CommandRun onImage = look(black, "--html", pictures.resolve("../pictures/black.png"));

    assertEquals(2, onModel.status());
    assertEquals(
        "aparanet: argument MODEL and option --html both name "
            + model
            + "; they need two files (see aparanet look --help)",
        onModel.err().strip());
    assertEquals(2, onImage.status());
    assertTrue(onImage.err().startsWith("aparanet: argument IMAGE and option --html both name "));
    assertArrayEquals(modelBefore, Files.readAllBytes(model));
    assertArrayEquals(imageBefore, Files.readAllBytes(black));
  }

  @Test
  void aPageThatCannotBeWrittenIsRefusedBeforeTheWork() throws IOException {
    Path black = image("black.png", false);
    Path file = folder.resolve("missing/page.html");

    CommandRun run = look(black, "--html", file);

    assertEquals(1, run.status());
    assertEquals(
        "aparanet: option --html: cannot write "
            + file
            + ": there is no folder "
            + file.getParent(),
        run.err().strip());
    try (Claims claims = new Claims()) {
      claims.file(page);
      assertEquals(1, look(black, "--html", page).status());
    }
    assertEquals(0, look(black, "--html", page).status());
  }

  @Test
  void aNetworkThatTakesNoImageFilesSaysSo() throws IOException {
    image("black.png", false);
    Network network = NetworkText.parse(new Shape(2, 1, 1), "dense 3");
    new Model(network, new float[network.parameterCount()]).save(model);

    CommandRun run = look(pictures, "--html", page);

    assertEquals(1, run.status());
    assertEquals(
        "aparanet: "
            + pictures
            + " cannot be shown to a network that takes 2 channels; image files give 1 or 3",
        run.err().strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m 0 | option --html is missing",
        "m --html x | argument IMAGE is missing",
        "m -1 --html x | argument IMAGE: \"-1\" is not allowed; it takes the number of a test image,"
            + " from 0, an image file or a folder; a file of that name is ./-1",
        "m 0 --html '' | option --html: \"\" is not allowed; it takes the name of a file or folder",
      })
  void wrongUsageIsFoundBeforeTheWork(String arguments, String sentence) {
    List<String> all = new ArrayList<>(List.of("look"));
    Stream.of(arguments.split(" ")).map(a -> a.equals("''") ? "" : a).forEach(all::add);

    CommandRun run = run(all.toArray());

    assertEquals("aparanet: " + sentence + " (see aparanet look --help)", run.err().strip());
    assertEquals(2, run.status());
  }

  private PageText written() throws IOException {
    return new PageText(Files.readString(page));
  }

  private CommandRun look(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("look", model));
    all.addAll(List.of(arguments));
    return run(all.toArray());
  }

  private static CommandRun run(Object... arguments) {
    return CommandRun.of(arguments);
  }
}
