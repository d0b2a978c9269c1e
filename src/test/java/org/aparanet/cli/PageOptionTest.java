package org.aparanet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The pages of {@code train} and {@code evaluate}. */
class PageOptionTest {
  private static final Pattern SOURCE =
      Pattern.compile("src(?:set)?=\"data:image/(png|svg\\+xml);base64,([^\"]*)\"");

  @TempDir Path folder;

  @Test
  void trainAndEvaluateWriteAPageOfTheSameTest() throws Exception {
    Path model = folder.resolve("a <model> & \"more\"");
    Path history = folder.resolve("history.jsonl");
    Path trained = folder.resolve("trained.html");
    Path evaluated = folder.resolve("evaluated.html");
    Files.writeString(trained, "older");

    CommandRun training =
        run(
            "train",
            "--device",
            "cpu",
            "--network",
            "conv 2 3 stride 2 relu, dense 10",
            "--limit",
            "300",
            "--epochs",
            "2",
            "--output",
            "" + model,
            "--history",
            "" + history,
            "--html",
            "" + trained);
    CommandRun evaluation =
        run(
            "evaluate",
            "" + model,
            "--device",
            "cpu",
            "--html",
            "" + evaluated,
            "--history",
            "" + history);

    assertEquals(0, training.status(), training.err());
    assertEquals(0, evaluation.status(), evaluation.err());
    assertTrue(training.err().strip().endsWith("wrote " + trained), training.err());
    assertTrue(evaluation.err().strip().endsWith("wrote " + evaluated), evaluation.err());
    String accuracy = evaluation.out().replaceFirst("(?s)test accuracy ([^%]*%).*", "$1");
    for (Path file : new Path[] {trained, evaluated}) {
      Document page = parse(file);
      assertEquals(
          "conv 2 3 stride 2 relu, dense 10 on mnist test",
          page.getElementsByTagName("h1").item(0).getTextContent());
      assertEquals(accuracy, page.getElementsByTagName("p").item(0).getTextContent());
      assertEquals(2, page.getElementsByTagName("picture").getLength());
      assertEquals(2 + 24 + 2, page.getElementsByTagName("img").getLength());
    }
    // both draw the same curves and pictures
    assertEquals(2 * 2 + 24 + 2, pictures(trained).size());
    assertEquals(pictures(trained), pictures(evaluated));
    assertTrue(
        Files.readString(trained).contains("epochs 2, batch 64, learning rate 0.05, seed 1"));
    assertTrue(Files.readString(evaluated).contains("a &lt;model&gt; &amp; &quot;more&quot;"));

    CommandRun alone = run("evaluate", "" + model, "--device", "cpu", "--html", "" + evaluated);
    assertEquals(0, alone.status(), alone.err());
    assertEquals(0, parse(evaluated).getElementsByTagName("picture").getLength());
  }

  @Test
  void aPageThatCannotBeWrittenIsRefusedBeforeAnyWork() {
    Path file = folder.resolve("missing").resolve("page.html");

    for (String command : new String[] {"train", "evaluate model"}) {
      CommandRun inMissingFolder = run((command + " --html " + file).split(" "));
      CommandRun onFolder = run((command + " --html " + folder).split(" "));

      assertEquals(
          "aparanet: option --html: cannot write "
              + file
              + ": there is no folder "
              + file.getParent(),
          inMissingFolder.err().strip());
      assertEquals(1, inMissingFolder.status());
      assertTrue(onFolder.err().contains("that is a folder"), onFolder.err());
      assertEquals(1, onFolder.status());
    }
  }

  @Test
  void aPageNeedsAFileOfItsOwn() {
    assertRefused(
        "options --output and --html both name ./x; they need two files (see aparanet train"
            + " --help)",
        "train --output x --html ./x");
    assertRefused(
        "options --history and --html both name x; they need two files (see aparanet train --help)",
        "train --history x --html x");
    assertRefused(
        "options --weights and --html both name x; they need two files (see aparanet train --help)",
        "train --weights x --html x");
    assertRefused(
        "argument MODEL and option --html both name x; they need two files (see aparanet evaluate"
            + " --help)",
        "evaluate x --html x");
    assertRefused(
        "options --history and --html both name x; they need two files (see aparanet evaluate"
            + " --help)",
        "evaluate model --history x --html x");
    assertRefused(
        "option --history is for the page; it needs --html (see aparanet evaluate --help)",
        "evaluate model --history x");
  }

  @Test
  void aBrokenHistoryIsNamedBeforeTheModelIsTested() throws IOException {
    Path history = Files.writeString(folder.resolve("history.jsonl"), "{}\n{\"step\":1}\n");
    Path page = folder.resolve("page.html");

    CommandRun run = run("evaluate", "missing", "--html", "" + page, "--history", "" + history);

    assertEquals(
        "aparanet: history file " + history + ", line 2 cannot be read: \"loss\" is missing",
        run.err().strip());
    assertEquals(1, run.status());
    assertFalse(Files.exists(page));
  }

  private static void assertRefused(String sentence, String arguments) {
    CommandRun run = run(arguments.split(" "));

    assertEquals("aparanet: " + sentence, run.err().strip());
    assertEquals(2, run.status());
  }

  /** Pictures as they are, and the drawings of the charts for both grounds. */
  private static List<String> pictures(Path page) throws IOException {
    List<String> pictures = new ArrayList<>();
    Matcher sources = SOURCE.matcher(Files.readString(page));
    while (sources.find()) {
      pictures.add(
          sources.group(1).equals("svg+xml")
              ? withoutNames(new String(Base64.getDecoder().decode(sources.group(2)), UTF_8))
              : sources.group(2));
    }
    return pictures;
  }

  /** Parts of a drawing are named by numbers that differ from drawing to drawing. */
  private static String withoutNames(String svg) {
    return svg.replaceAll("clip-?\\d+", "clip").replaceAll("clip[Ii]d\\w*", "clip");
  }

  private static Document parse(Path page) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(Files.readString(page))));
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of((Object[]) arguments);
  }
}
