package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CommandLineTest {
  private static final String RESULT =
      "test accuracy \\d+\\.\\d\\d % \\(\\d+ of 10000\\), \\d+\\.\\d s, \\d+ images/s on cpu \\(.+\\)";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "train --epochs 0 | option --epochs: \"0\" is not allowed; it takes a whole number from 1 to"
            + " 1000000 (see aparanet train --help)",
        "train --epochs 1000001 | option --epochs: \"1000001\" is not allowed; it takes a whole"
            + " number from 1 to 1000000 (see aparanet train --help)",
        "train --epochs two | option --epochs: \"two\" is not allowed; it takes a whole number from"
            + " 1 to 1000000 (see aparanet train --help)",
        "train --batch 65537 | option --batch: \"65537\" is not allowed; it takes a whole number"
            + " from 1 to 65536 (see aparanet train --help)",
        "train --limit 0 | option --limit: \"0\" is not allowed; it takes a whole number from 1 to"
            + " 2147483647 (see aparanet train --help)",
        "train --threads 1025 | option --threads: \"1025\" is not allowed; it takes a whole number"
            + " from 1 to 1024 (see aparanet train --help)",
        "train --learning-rate 0 | option --learning-rate: \"0\" is not allowed; it takes a number"
            + " above 0, such as 0.05 (see aparanet train --help)",
        "train --learning-rate NaN | option --learning-rate: \"NaN\" is not allowed; it takes a"
            + " number above 0, such as 0.05 (see aparanet train --help)",
        "train --learning-rate 1e99 | option --learning-rate: \"1e99\" is not allowed; it takes a"
            + " number above 0, such as 0.05 (see aparanet train --help)",
        "train --learning-rate 1e-99 | option --learning-rate: \"1e-99\" is not allowed; it takes a"
            + " number above 0, such as 0.05 (see aparanet train --help)",
        "train --seed 9223372036854775808 | option --seed: \"9223372036854775808\" is not allowed;"
            + " it takes a whole number from -9223372036854775808 to 9223372036854775807 (see"
            + " aparanet train --help)",
        "train --sync-every 0 | option --sync-every: \"0\" is not allowed; it takes a number of steps"
            + " from 1 to 1000000, or of seconds with an s behind it, such as 30s (see aparanet train"
            + " --help)",
        "train --sync-every 5m | option --sync-every: \"5m\" is not allowed; it takes a number of"
            + " steps from 1 to 1000000, or of seconds with an s behind it, such as 30s (see aparanet"
            + " train --help)",
        "train --device tpu | option --device: \"tpu\" is not allowed; it takes auto, all, gpu, cpu or"
            + " opencl:N, of the last three also several, such as opencl:0,cpu, at most 64; did you mean gpu or"
            + " cpu? (see aparanet train --help)",
        "train --device cpu,auto | option --device: \"cpu,auto\" is not allowed; it takes auto, all,"
            + " gpu, cpu or opencl:N, of the last three also several, such as opencl:0,cpu, at most 64 (see"
            + " aparanet train --help)",
        "train --device cpu --device all | option --device: all stands for all devices; no other can"
            + " stand beside it (see aparanet train --help)",
        "train --device cpu --device auto | option --device: auto chooses one device itself; no other"
            + " can stand beside it (see aparanet train --help)",
        "evaluate x --device cpu,cpu | option --device: \"cpu,cpu\" is not allowed; it takes auto,"
            + " gpu, cpu or opencl:N (see aparanet evaluate --help)",
        "train --round 0 | option --round: \"0\" is not allowed; it takes a whole number from 1 to"
            + " 1000000 (see aparanet train --help)",
        "train --round 10 | option --round needs --device, several of them, such as opencl:0,cpu (see"
            + " aparanet train --help)",
        "train --device cpu --deterministic | option --deterministic needs --device, several of them,"
            + " such as opencl:0,cpu (see aparanet train --help)",
        "train --share 3/1 | option --share: \"3/1\" is not allowed; it takes whole numbers from 1 to"
            + " 1000 with colons between them, such as 3:1, at most 1024 (see aparanet train --help)",
        "train --share 0:1 | option --share: \"0:1\" is not allowed; it takes whole numbers from 1 to"
            + " 1000 with colons between them, such as 3:1, at most 1024 (see aparanet train --help)",
        "train --share 3 | option --share: 3 is one part alone; it takes several, such as 3:1 (see"
            + " aparanet train --help)",
        "train --device cpu,cpu,cpu --share 3:1 | option --share: 3:1 has 2 parts for 3 devices; it"
            + " takes one for each, or more (see aparanet train --help)",
        "train --device cpu,cpu --share 3:1 --deterministic | option --deterministic: means equal"
            + " shares, and share gives others; leave out one of the two (see aparanet train --help)",
        "train --epoch 3 | there is no option --epoch; did you mean --epochs? (see aparanet train"
            + " --help)",
        "train --epochs | option --epochs needs a value, N (see aparanet train --help)",
        "train --epochs 1 --epochs 2 | option --epochs is given more than once (see aparanet train"
            + " --help)",
        "bench --batch 0 | option --batch: \"0\" is not allowed; it takes a whole number from 1 to"
            + " 65536 (see aparanet bench --help)",
        "bench --device tpu | option --device: \"tpu\" is not allowed; it takes auto, gpu, cpu or"
            + " opencl:N; did you mean gpu or cpu? (see aparanet bench --help)",
        "bench --threads 0 | option --threads: \"0\" is not allowed; it takes a whole number from 1"
            + " to 1024 (see aparanet bench --help)",
        "bench --network dance | option --network: \"dance\" is neither a preset (article, lenet,"
            + " deep, resnet20, resnet18, resnet34) nor layers that fit together: word \"dance\" at character 1 of"
            + " the network's text: expected conv, pool, avgpool, globalpool, batchnorm, leakyrelu, dropout, dense, relu or [ (see aparanet bench --help)",
        "bench --json a --html ./a | options --json and --html both name a; they need two files (see"
            + " aparanet bench --help)",
        "bench --json a --trace ./a | options --json and --trace both name a; they need two files"
            + " (see aparanet bench --help)",
        "bench --trace a --html a | options --html and --trace both name a; they need two files (see"
            + " aparanet bench --help)",
        "bench --json | option --json needs a value, FILE (see aparanet bench --help)",
        "bench article | argument \"article\" is one too many (see aparanet bench --help)",
        "train --input 1x99999x99999 | option --input: \"1x99999x99999\" is not allowed; it takes images of"
            + " at most 67108864 values, such as 3x32x32 (see aparanet train --help)",
        "train --input 28x28 | option --input: \"28x28\" is not allowed; it takes 1 or 3 channels x"
            + " height x width, such as 1x28x28 or 3x32x32 (see aparanet train --help)",
        "train --input 1x0x28 | option --input: \"1x0x28\" is not allowed; it takes 1 or 3 channels x"
            + " height x width, such as 1x28x28 or 3x32x32 (see aparanet train --help)",
        "data | a command is missing; there are list, fetch, clear (see aparanet data --help)",
        "data fetch | argument NAME is missing (see aparanet data fetch --help)",
        "data fetch cats | argument NAME: \"cats\" is not allowed; it takes mnist, fashion-mnist,"
            + " kmnist, emnist-letters or cifar10 (see aparanet data fetch --help)",
        "data fetch kmnist --mirror ftp://a/b | option --mirror: \"ftp://a/b\" is not allowed; it"
            + " takes the http or https address of a folder, such as http://example.org/kmnist/ (see"
            + " aparanet data fetch --help)",
        "train mnist | argument \"mnist\" is one too many (see aparanet train --help)",
        "evaluate | argument MODEL is missing (see aparanet evaluate --help)",
        "export model | option --onnx is missing (see aparanet export --help)",
        "export model --onnx | option --onnx needs a value, FILE (see aparanet export --help)",
        "export --onnx x | argument MODEL is missing (see aparanet export --help)",
        "export | option --onnx is missing (see aparanet export --help)",
        "export x --onnx ./x | argument MODEL and option --onnx both name ./x; they need two files"
            + " (see aparanet export --help)",
        "import x | option --network is missing (see aparanet import --help)",
        "predict model | argument IMAGE is missing (see aparanet predict --help)",
        "trian | there is no command \"trian\"; there are train, evaluate, predict, look, serve, export,"
            + " import, data, bench, devices, kernels, completion, help; did you mean train? (see aparanet --help)",
        "'' | a command is missing; there are train, evaluate, predict, look, serve, export, import, data,"
            + " bench, devices, kernels, completion, help (see aparanet --help)",
        "help nonsense | there is no command \"nonsense\"; there are train, evaluate, predict, look, serve, export,"
            + " import, data, bench, devices, kernels, completion, help (see aparanet --help)",
        "help data fech | there is no command \"fech\"; there are list, fetch, clear; did you mean fetch?"
            + " (see aparanet data --help)",
        "help train x | argument \"x\" is one too many (see aparanet train --help)",
        "completion fish | argument SHELL: \"fish\" is not allowed; it takes bash or zsh (see aparanet"
            + " completion --help)",
        "train --preset mnist | option --preset: \"mnist\" is not allowed; it takes mnist-fast,"
            + " mnist-tiny, mnist-best, fashion-best, cifar-small, cifar-best or photos; did you mean mnist-fast, mnist-tiny or mnist-best?"
            + " (see aparanet train --help)",
        "train --optimizer adma | option --optimizer: \"adma\" is not allowed; it takes sgd, momentum,"
            + " nesterov, adam or adamw; did you mean adam? (see aparanet train --help)",
        "train --network lennet | option --network: neither a preset (article, lenet, deep,"
            + " resnet20, resnet18, resnet34) nor layers that fit together: word \"lennet\" at character 1 of the network's text: expected conv,"
            + " pool, avgpool, globalpool, batchnorm, leakyrelu, dropout, dense, relu or [; did you mean lenet? (see"
            + " aparanet train --help)",
        "train --output a\0b | option --output: \"a\\u0000b\" is not allowed; it takes the name of a file or"
            + " folder: the system allows no such name (Nul character not allowed) (see aparanet train"
            + " --help)",
      })
  void wrongUsageEndsInOneSentenceAndStatus2(String arguments, String sentence) {
    CommandRun run = run(arguments.equals("''") ? new String[0] : arguments.split(" "));

    assertEquals("aparanet: " + sentence, run.err().strip());
    assertEquals("", run.out());
    assertEquals(2, run.status());
  }

  @Test
  void aNetworkThatCannotBeReadIsWrongUsage() {
    CommandRun run = run("train", "--network", "conv 8 3, dance 10", "--device", "cpu");

    assertEquals(2, run.status());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("option --network"), run.err());
    assertTrue(run.err().contains("\"dance\" at character 11"), run.err());
  }

  @Test
  void missingFilesFailWithTheirNameAndStatus1() {
    Path missing = folder.resolve("missing.safetensors");

    for (CommandRun run :
        List.of(
            run("evaluate", missing.toString()),
            run("predict", missing.toString(), "0"),
            run("train", "--weights", missing.toString()),
            run("train", "--data", missing.toString()))) {
      assertEquals(1, run.status());
      assertEquals(1, run.err().lines().count(), run.err());
      assertTrue(run.err().contains(missing.toString()), run.err());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--output", "--history"})
  void filesThatCannotBeWrittenAreRefusedBeforeTraining(String option) {
    Path file = folder.resolve("missing").resolve("file");

    CommandRun inMissingFolder = run("train", option, file.toString());
    CommandRun onFolder = run("train", option, folder.toString());

    assertEquals(
        "aparanet: option "
            + option
            + ": cannot write "
            + file
            + ": there is no folder "
            + file.getParent(),
        inMissingFolder.err().strip());
    assertEquals(1, inMissingFolder.status());
    assertTrue(onFolder.err().contains("that is a folder"), onFolder.err());
    assertEquals(1, onFolder.err().lines().count(), onFolder.err());
    assertEquals(1, onFolder.status());
  }

  @Test
  void modelAndHistoryNeedTwoFiles() {
    Path file = folder.resolve("both");

    CommandRun run =
        run("train", "--output", "" + file, "--history", folder.resolve(".") + "/both");

    assertEquals(
        "aparanet: options --output and --history both name " + file + "; they need two files",
        run.err().strip().replace(" (see aparanet train --help)", ""));
    assertEquals(2, run.status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--output", "--history"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "makes a named pipe")
  void whatIsNoRegularFileIsNotReplaced(String option) throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", "" + pipe).start().waitFor());

    CommandRun run = run("train", option, "" + pipe);

    assertEquals(
        "aparanet: option " + option + ": cannot write " + pipe + ": it is not a regular file",
        run.err().strip());
    assertEquals(1, run.status());
    assertFalse(Files.isRegularFile(pipe));
  }

  @Test
  void verboseAddsTheStackTrace() {
    CommandRun run = run("evaluate", folder.resolve("missing").toString(), "--verbose");

    assertEquals(1, run.status());
    assertTrue(run.err().contains("\tat org.aparanet."), run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "train",
        "evaluate",
        "predict",
        "look",
        "export",
        "data",
        "data fetch",
        "data clear",
        "bench",
        "devices",
        "kernels",
        "completion",
        "help"
      })
  void everyCommandHasHelp(String command) {
    CommandRun run = run((command + " --help").strip().split(" "));

    assertEquals(run.out(), run(("help " + command).strip().split(" ")).out());
    for (String line : run.out().lines().toList()) {
      assertTrue(line.length() <= 80 || System.getenv("COLUMNS") != null, line);
    }
    assertEquals(0, run.status());
    assertTrue(run.out().startsWith("Usage: aparanet " + command), run.out());
    assertTrue(run.out().contains("--verbose"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void everyOptionOfTrainingIsInOneGroupOfItsHelp() {
    List<String> shown =
        run("train", "--help")
            .out()
            .lines()
            .filter(line -> line.matches(" {2}(-.,| {3}) --.*"))
            .map(line -> line.substring(6).replaceFirst("[\\[= ].*", ""))
            .toList();
    CommandLine train = new CommandLine(new TrainCommand());

    assertEquals(
        TrainHelp.GROUPS.values().stream().flatMap(List::stream).toList(), shown, "in their order");
    assertEquals(shown.size(), Set.copyOf(shown).size());
    for (OptionSpec option : train.getCommandSpec().options()) {
      assertTrue(shown.contains(option.longestName()), option.longestName());
    }
  }

  @Test
  void versionNamesTheProgramAndJava() {
    CommandRun run = run("--version");

    assertEquals(0, run.status());
    assertTrue(run.out().startsWith("aparanet "), run.out());
    assertTrue(run.out().contains(Runtime.version().toString()), run.out());
  }

  /** It is said before the commands are made, and so not by picocli. */
  @Test
  void theVersionAloneIsSaidAsTheCommandsSayIt() {
    CommandRun ofACommand = run("devices", "--version");

    assertEquals(0, ofACommand.status());
    for (String name : List.of("--version", "-V")) {
      CommandRun alone = run(name);
      assertEquals(0, alone.status());
      assertEquals(ofACommand.out(), alone.out());
      assertEquals("", alone.err());
    }
  }

  @Test
  void dataListShowsEverySetWithItsLicence() {
    CommandRun run = run("data", "list");

    assertEquals(0, run.status());
    for (String name : List.of("mnist", "fashion-mnist", "kmnist", "emnist-letters", "cifar10")) {
      assertTrue(run.out().lines().anyMatch(line -> line.startsWith(name + " ")), run.out());
    }
    assertEquals(
        5, run.out().lines().filter(line -> line.startsWith("  licence ")).count(), run.out());
  }

  @Test
  void mnistIsNotFetched() {
    CommandRun run = run("data", "fetch", "mnist");

    assertEquals("mnist comes with aparanet and is not fetched", run.err().strip());
    assertEquals(0, run.status());
  }

  @Test
  void inputIsRefusedWhereImagesHaveAShapeOfTheirOwn() {
    CommandRun run = run("train", "--input", "3x32x32");

    assertEquals(
        "aparanet: option --input: 3x32x32 is for a folder of image files; the images of mnist train"
            + " have 1x28x28",
        run.err().strip());
    assertEquals(1, run.status());
  }

  @Test
  void devicesListsTheJavaEngineAndWhatAutoTakes() {
    CommandRun run = run("devices");

    assertEquals(0, run.status());
    assertTrue(run.out().lines().anyMatch(line -> line.startsWith("cpu ")), run.out());
    assertTrue(run.out().contains("--device auto takes "), run.out());
  }

  @Test
  void anUnknownKernelIsWrongUsage() {
    CommandRun run = run("kernels", "NoSuchKernel");

    assertEquals(2, run.status());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("NoSuchKernel"), run.err());
  }

  @Test
  void resultsThatCannotBeWrittenAreAFailure() {
    StringWriter err = new StringWriter();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space left");
          }
        };

    int status = Main.run(new PrintWriter(full), new PrintWriter(err), "kernels");

    assertEquals(
        "aparanet: the results could not be written to the standard output",
        err.toString().strip());
    assertEquals(1, status);
  }

  /** What is kept of a run does not tell how its names were typed. */
  @Test
  void namesMayHaveCapitalsAndAreKeptWithout() throws IOException {
    byte[] typed = trained("typed", named("MNIST", "ARTICLE", "Adam", "CPU", "typed"));
    byte[] plain = trained("plain", named("mnist", "article", "adam", "cpu", "plain"));

    assertArrayEquals(plain, typed);
    for (String kind : List.of(".jsonl", "-checkpoints")) {
      String text = content(folder.resolve("typed" + kind));
      assertFalse(
          Set.of("MNIST", "ARTICLE", "Adam", "CPU").stream().anyMatch(text::contains), text);
    }
    CommandRun resumed = run("train", "--resume", folder.resolve("typed-checkpoints").toString());
    assertEquals(0, resumed.status(), resumed.err());
    assertTrue(resumed.err().contains("--data=mnist"), resumed.err());
    assertTrue(resumed.err().contains("--optimizer=adam"), resumed.err());
    assertTrue(resumed.err().contains("--device=cpu"), resumed.err());

    CommandRun recipe = run("train", "--preset", "MNIST-Fast", "--epochs", "0");
    assertTrue(recipe.err().contains("option --epochs"), recipe.err());
  }

  private String[] named(String data, String network, String rule, String device, String file) {
    return new String[] {
      "--data",
      data,
      "--network",
      network,
      "--optimizer",
      rule,
      "--device",
      device,
      "--history",
      folder.resolve(file + ".jsonl").toString(),
      "--checkpoint",
      folder.resolve(file + "-checkpoints").toString()
    };
  }

  private static String content(Path file) throws IOException {
    if (Files.isRegularFile(file)) {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(file)) {
      for (Path one : files.filter(Files::isRegularFile).toList()) {
        all.append(content(one));
      }
    }
    return all.toString();
  }

  @Test
  void aFileMayBeginLikeAnOption() throws IOException {
    CommandRun run = run("train", "--epochs=1", "--limit=50", "--history=-h/x.jsonl");

    assertTrue(
        run.err().contains("option --history: cannot write ./-h/x.jsonl: there is no"), run.err());
  }

  @Test
  void trainsEvaluatesAndPredicts() throws IOException {
    Path model = folder.resolve("my model.safetensors");
    Path history = folder.resolve("history.jsonl");

    CommandRun training =
        run(
            "train",
            "--device",
            "cpu",
            "--limit",
            "500",
            "--epochs",
            "1",
            "--batch",
            "10",
            "--seed",
            "7",
            "--output",
            model.toString(),
            "--history",
            history.toString());

    assertEquals(0, training.status(), training.err());
    String[] results = training.out().split("\\R");
    assertTrue(results[results.length - 1].matches(RESULT), training.out());
    assertTrue(training.err().contains("conv 16 3 nobias"), training.err());
    assertTrue(training.err().contains("124,384"), training.err()); // multiply-adds of one image
    assertTrue(training.err().contains("epoch 1/1: train loss "), training.err());
    assertEquals(1 + 50 + 1, Files.readAllLines(history).size());

    CommandRun evaluation = run("evaluate", model.toString(), "--device", "cpu");
    assertEquals(0, evaluation.status(), evaluation.err());
    assertTrue(evaluation.out().strip().matches(RESULT), evaluation.out());
    assertEquals(accuracy(training.out()), accuracy(evaluation.out()));

    CommandRun prediction = run("predict", model.toString(), "0", "9999", "--device", "cpu");
    assertEquals(0, prediction.status(), prediction.err());
    List<String> lines = prediction.out().lines().toList();
    assertEquals(2 * 11, lines.size(), prediction.out());
    assertTrue(lines.get(0).matches("mnist test 0: class \\d \\(labelled 7\\)"), lines.get(0));
    double sum = 0;
    for (String line : lines.subList(1, 11)) {
      sum += Double.parseDouble(line.strip().split(" +")[1]);
    }
    assertEquals(1, sum, 1e-5);
  }

  @Test
  void theSameSeedGivesTheSameModelAndAnotherSeedAnother() throws IOException {
    byte[] first = trained("first", "--seed", "3", "--threads", "1");
    byte[] again = trained("again", "--seed", "3", "--threads", "2");
    byte[] other = trained("other", "--seed", "4");

    assertArrayEquals(first, again);
    assertFalse(java.util.Arrays.equals(first, other));
  }

  @Test
  void weightsAreTheStartAndBringTheirNetwork() {
    Path model = folder.resolve("model");
    String network = "pool 4, dense 16 relu, dense 10";
    run("train", "--device", "cpu", "--limit", "100", "--network", network, "--output", "" + model);

    CommandRun further = run("train", "--device", "cpu", "--limit", "100", "--weights", "" + model);
    CommandRun mismatch = run("train", "--network", "lenet", "--weights", "" + model);

    assertEquals(0, further.status(), further.err());
    assertTrue(further.err().contains("dense 16"), further.err());
    assertEquals(1, mismatch.status());
    assertTrue(mismatch.err().contains(network), mismatch.err());
  }

  @Test
  void divergenceSaysWhatWasKept() throws IOException {
    Path model = folder.resolve("model");
    Files.writeString(model, "older");

    CommandRun run =
        run(
            "train",
            "--device",
            "cpu",
            "--limit",
            "300",
            "--learning-rate",
            "1e30",
            "--output",
            model.toString());

    assertEquals(1, run.status());
    assertTrue(run.err().contains("with learning rate 1.0E30; use a smaller one"), run.err());
    assertTrue(run.err().contains("no model was written"), run.err());
    assertEquals("older", Files.readString(model));
  }

  @Test
  void whatWasLearnedBeforeDivergenceIsWritten() {
    Path model = folder.resolve("model");

    // one image a step at twice the article's rate overflows after 1,000 to 4,000 steps
    CommandRun run =
        run(
            "train",
            "--device",
            "cpu",
            "--limit",
            "3000",
            "--epochs",
            "4",
            "--batch",
            "1",
            "--learning-rate",
            "0.1",
            "--sync-every",
            "500",
            "--output",
            model.toString());

    assertEquals(1, run.status(), run.err());
    String last = run.err().lines().reduce((a, b) -> b).orElseThrow();
    assertTrue(last.matches("aparanet: the loss .* at step \\d+ .*"), last);
    assertTrue(last.endsWith(" were still good and are in " + model), last);
    assertEquals(0, run("evaluate", model.toString(), "--device", "cpu").status());
  }

  @Test
  void anImageThatTheDataSetDoesNotHaveIsNamed() throws IOException {
    Path model = folder.resolve("trained");
    trained("trained");

    CommandRun run = run("predict", model.toString(), "10000", "--device", "cpu");

    assertEquals(
        "aparanet: argument IMAGE: mnist test has no image 10000; there are 10000, counted from 0",
        run.err().strip());
    assertEquals(1, run.status());
  }

  private byte[] trained(String name, String... more) throws IOException {
    Path model = folder.resolve(name);
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("train", "--limit", "200", "--epochs", "1", "--output", model.toString()));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--device")) {
      arguments.addAll(List.of("--device", "cpu"));
    }
    CommandRun run = run(arguments.toArray(String[]::new));
    assertEquals(0, run.status(), run.err());
    return Files.readAllBytes(model);
  }

  @Test
  void aNameThatLooksLikeAnOptionIsExplained() {
    CommandRun model = run("evaluate", "-my.safetensors");
    assertEquals(2, model.status());
    assertEquals(
        "aparanet: there is no option -my.safetensors, and argument MODEL is missing; a file of that"
            + " name is ./-my.safetensors (see aparanet evaluate --help)",
        model.err().strip());
    CommandRun missing = run("evaluate", "--device", "cpu");
    assertEquals(
        "aparanet: argument MODEL is missing (see aparanet evaluate --help)",
        missing.err().strip());
  }

  @Test
  void aTerminalObeysNothingInTheNameOfAFile() {
    CommandRun run = run("evaluate", "no\u001b[31m\nmodel", "--device", "cpu");
    assertEquals(1, run.status());
    assertEquals("aparanet: no\\u001b[31m\\u000amodel: there is no such file", run.err().strip());
  }

  private static String accuracy(String out) {
    return out.strip().replaceFirst("(?s).*(test accuracy [^,]*),.*", "$1");
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of((Object[]) arguments);
  }
}
