package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.aparanet.ChildJvm;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.PretendedGpu;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.engine.opencl.OpenClTestDevice;
import org.aparanet.engine.select.Engines;
import org.aparanet.engine.select.TestEngines;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** What {@code bench} prints and writes, and its exit status. */
class BenchCommandTest {
  private static final String SMALL = "conv 4 3 same relu, pool 2, dense 10";
  private static final Engine WORKS = new CpuEngine(1);
  private static final Pattern DATA = Pattern.compile("data:image/svg\\+xml;base64,([^\"]+)\"");

  @TempDir Path folder;

  @Test
  void everyDeviceOfThisMachineIsInTheTableAndInTheJson() throws IOException {
    Path json = folder.resolve("bench.json");

    CommandRun run =
        run(Engines::new, "--quick", "--network", SMALL, "--batch", "16", "--json", "" + json);

    assertEquals(0, run.status(), run.err());
    List<String> devices = new Engines(1).devices().stream().map(Device::id).toList();
    for (String device : devices) {
      assertTrue(
          run.out().lines().anyMatch(l -> l.matches("  conv 4 3 .* 16 " + device + " .*")),
          run.out());
      assertTrue(run.out().contains(device + " ("), run.out());
    }
    assertTrue(run.out().contains("1. conv 4 3 same + relu + pool 2, forward"), run.out());
    assertFits(run.out());
    JsonObject all = parse(json);
    assertValid(Files.readString(json));
    assertEquals(devices, texts(all.getAsJsonArray("devices"), "id"));
    assertEquals(devices, texts(all.getAsJsonArray("measurements"), "device"));
    assertEquals(devices.size() - 1, all.getAsJsonArray("crossovers").size());
    for (JsonElement measurement : all.getAsJsonArray("measurements")) {
      assertConsistent(measurement.getAsJsonObject());
    }
    for (JsonElement device : all.getAsJsonArray("devices")) {
      boolean openCl = !device.getAsJsonObject().get("kind").getAsString().equals("JAVA");
      assertEquals(openCl, device.getAsJsonObject().has("openCl"), device::toString);
    }
    for (JsonElement measurement : all.getAsJsonArray("measurements")) {
      assertLaunches(measurement.getAsJsonObject());
    }
    Set<Integer> batches =
        StreamSupport.stream(all.getAsJsonArray("batches").spliterator(), false)
            .map(e -> e.getAsJsonObject().get("batch").getAsInt())
            .collect(Collectors.toSet());
    assertTrue(batches.containsAll(List.of(1, 16)), batches::toString);
  }

  /** The five passes of a network with one convolution and one dense layer, in two executes. */
  private static void assertLaunches(JsonObject measurement) {
    boolean java = measurement.get("device").getAsString().equals("cpu");
    assertEquals(!java, measurement.has("launchTable"));
    if (!java) {
      JsonObject table = measurement.getAsJsonObject("launchTable");
      assertEquals(2, table.get("executes").getAsInt());
      assertEquals(measurement.get("launches"), table.get("launches"));
      JsonArray passes = table.getAsJsonArray("passes");
      assertEquals(table.get("launches").getAsInt(), passes.size());
      JsonObject first = passes.get(0).getAsJsonObject();
      assertEquals("forward", first.get("operation").getAsString());
      assertEquals("1. conv 4 3 same + relu + pool 2", first.get("layer").getAsString());
      assertEquals(1, first.get("execute").getAsInt());
      JsonObject last = passes.get(passes.size() - 1).getAsJsonObject();
      assertTrue(last.get("operation").getAsString().startsWith("update"), last::toString);
      assertEquals(2, last.get("execute").getAsInt());
      assertTrue( // none, where what is measured besides has more noise than that
          table.get("hostNanosOfExecute").getAsDouble() >= 0, table::toString);
    }
  }

  @Test
  void networksAreBuiltForTheInput() throws IOException {
    Path json = folder.resolve("bench.json");
    Path html = folder.resolve("bench.html");

    CommandRun run =
        run(
            threads -> TestEngines.of(),
            "--quick",
            "--network",
            SMALL,
            "--network",
            "lenet",
            "--input",
            "3x20x24",
            "--batch",
            "2",
            "--json",
            "" + json,
            "--html",
            "" + html);

    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("  Random images of 3x20x24."), run.out());
    JsonObject all = parse(json);
    assertValid(Files.readString(json));
    assertEquals(List.of("3x20x24", "3x20x24"), texts(all.getAsJsonArray("measurements"), "input"));
    assertEquals(Set.of("3x20x24"), Set.copyOf(texts(all.getAsJsonArray("batches"), "input")));
    // FLOP of the convolution: 2 x 4 filters x 27 taps x 480 positions x 2 images
    JsonObject forward =
        StreamSupport.stream(
                all.getAsJsonArray("measurements")
                    .get(0)
                    .getAsJsonObject()
                    .getAsJsonArray("operations")
                    .spliterator(),
                false)
            .map(JsonElement::getAsJsonObject)
            .filter(o -> o.get("name").getAsString().startsWith("1. conv 4 3 same"))
            .findFirst()
            .orElseThrow();
    assertEquals(2.0 * 4 * 27 * 480 * 2, forward.get("flop").getAsDouble());
    String page = Files.readString(html);
    assertTrue(page.contains("<td>3x20x24</td>"), page);
    assertTrue(page.contains("Images of 3x20x24."), page);
  }

  @Test
  void aNamedNetworkTakesItsUsualImages() throws IOException {
    Path json = folder.resolve("bench.json");

    CommandRun run =
        run(
            threads -> TestEngines.of(),
            "--quick",
            "--network",
            "resnet20",
            "--network",
            SMALL,
            "--batch",
            "1",
            "--json",
            "" + json);

    assertEquals(0, run.status(), run.err());
    assertEquals(
        List.of("3x32x32", "1x28x28"), texts(parse(json).getAsJsonArray("measurements"), "input"));
    assertTrue(
        run.out()
            .replaceAll("\\s+", " ")
            .contains("Random images of 3x32x32 for resnet20, 1x28x28 for " + SMALL + "."),
        run.out());
  }

  @Test
  void aNetworkThatDoesNotFitTheInputIsRefusedBeforeAnythingIsTimed() {
    CommandRun run =
        run(
            threads -> TestEngines.of(),
            "--network",
            "dense 10",
            "--network",
            "article",
            "--input",
            "1x2x2");

    assertEquals(2, run.status());
    assertEquals("", run.out());
    assertEquals(
        "aparanet: option --network: \"article\" is a preset that does not suit images of 1x2x2:"
            + " layer 1 (conv 16 3 nobias): conv of size 3 does not fit into an input of height 2"
            + " (see aparanet bench --help)",
        run.err().strip());
  }

  @Test
  void aSchemaThatSomethingIsMissingInIsNoticed() throws IOException {
    assertFalse(schema().validate("{\"format\": 1}", InputFormat.JSON).isEmpty());
  }

  @Test
  void aDeviceThatComputesWronglyIsReportedAndNotTimed() throws IOException {
    Path json = folder.resolve("bench.json");
    Engine wrong = PretendedGpu.computingWrongly(WORKS);

    CommandRun run =
        run(
            threads -> TestEngines.of(wrong),
            "--quick",
            "--network",
            "dense 10",
            "--batch",
            "8",
            "--json",
            "" + json);

    assertEquals(1, run.status());
    assertEquals(
        "aparanet: the check failed on opencl:0 (Pretended), which was not timed", last(run.err()));
    assertTrue(
        run.out().contains("opencl:0 (Pretended) computes wrongly: update is off"), run.out());
    assertTrue(run.out().contains("it was not timed"), run.out());
    assertFalse(run.out().lines().anyMatch(l -> l.matches("  dense 10 .* opencl:0 .*")), run.out());
    assertTrue(run.out().lines().anyMatch(l -> l.matches("  dense 10 .* cpu .*")), run.out());
    JsonObject all = parse(json);
    assertValid(Files.readString(json));
    assertEquals(List.of("cpu"), texts(all.getAsJsonArray("measurements"), "device"));
    assertFalse(all.getAsJsonArray("devices").get(0).getAsJsonObject().get("right").getAsBoolean());
  }

  @Test
  void aDeviceOfWhichNothingCanBeMeasuredFails() {
    Engine gpu =
        new PretendedGpu(
            WORKS,
            session -> {
              if (session.batch() == 77) {
                session.close();
                throw new EngineException("there is no room");
              }
              return session;
            });

    CommandRun run =
        run(threads -> TestEngines.of(gpu), "--quick", "--network", "dense 10", "--batch", "77");

    assertEquals(1, run.status());
    assertEquals("aparanet: nothing could be measured on opencl:0 (Pretended)", last(run.err()));
    assertTrue(
        run.out().contains("dense 10, batch 77, on opencl:0 was left out: there is no room."),
        run.out());
  }

  @Test
  void aPretendedGpuIsComparedWithTheJavaEngine() {
    CommandRun run =
        run(
            threads -> TestEngines.of(new PretendedGpu(WORKS, session -> session)),
            "--quick",
            "--network",
            "dense 10",
            "--batch",
            "64",
            "--device",
            "gpu");

    assertEquals(0, run.status(), run.err());
    assertTrue(
        run.out().lines().anyMatch(l -> l.matches("  dense 10: opencl:0 (pays|does not pay) .*")),
        run.out());
    assertTrue(run.out().contains("whole step"), run.out());
  }

  @Test
  void devicesAreTimedTogether() throws IOException {
    Path json = folder.resolve("bench.json");
    Path html = folder.resolve("bench.html");

    CommandRun run =
        run(
            threads -> TestEngines.of(new PretendedGpu(WORKS, session -> session)),
            "--quick",
            "--network",
            SMALL,
            "--batch",
            "64",
            "--json",
            "" + json,
            "--html",
            "" + html);

    assertEquals(0, run.status(), run.err());
    assertTrue(
        run.err().contains("timing " + SMALL + ", batch 64, on opencl:0 + cpu together"),
        run.err());
    assertTrue(
        run.out().lines().anyMatch(l -> l.matches("  conv 4 3 .* 64 together .*")), run.out());
    assertTrue(
        Pattern.compile(
                "conv 4 3 same relu, p\\.\\.\\., batch 64: opencl:0 \\(\\d+ %\\) \\+ cpu \\(\\d+ %\\) are"
                    + " [\\d.]+ times as fast as (opencl:0|cpu) alone; averaging costs ")
            .matcher(run.out().replaceAll("\\s+", " "))
            .find(),
        run.out());
    assertFits(run.out());
    assertValid(Files.readString(json));
    JsonArray together = parse(json).getAsJsonArray("together");
    assertEquals(1, together.size());
    assertTogether(together.get(0).getAsJsonObject(), List.of("opencl:0", "cpu"), 64);
    assertTrue(Files.readString(html).contains("Several devices together"));
  }

  /** Shares that are the whole, and figures that fit together. */
  private static void assertTogether(JsonObject m, List<String> devices, int batch) {
    assertEquals(devices, texts(m.getAsJsonArray("devices"), "device"));
    int percents = 0;
    for (JsonElement device : m.getAsJsonArray("devices")) {
      percents += device.getAsJsonObject().get("percent").getAsInt();
    }
    assertEquals(100, percents, m::toString);
    double step = m.get("stepMedianNanos").getAsDouble();
    double rate = batch * 1e9 / step;
    assertEquals(rate, m.get("trainingImagesPerSecond").getAsDouble(), 1e-6 * rate);
    assertTrue(devices.contains(m.get("fastestDevice").getAsString()), m::toString);
    int comparisons = m.getAsJsonArray("averagingSamplesNanos").size();
    assertEquals(
        comparisons * m.get("roundSteps").getAsInt(), m.getAsJsonArray("stepSamplesNanos").size());
  }

  /** PoCL makes two devices of one name of a processor, if it is told to. */
  @Test
  void twoDevicesOfOneNameAreTimedTogether() throws Exception {
    OpenClTestDevice.engine(HostMemory.SEPARATE); // or there is nothing to test
    Path json = folder.resolve("bench.json");

    ChildJvm.Outcome outcome =
        ChildJvm.run(
            List.of("-Daparanet.home=" + Path.of("").toAbsolutePath(), "-Xmx1g"),
            Map.of("POCL_DEVICES", "pthread pthread"),
            Main.class.getName(),
            List.of(
                "bench",
                "--quick",
                "--threads",
                "1",
                "--network",
                "conv 16 3 same relu, pool 2, dense 10",
                "--batch",
                "512",
                "--json",
                "" + json));

    assertEquals(0, outcome.status(), outcome::toString);
    JsonObject all = parse(json);
    assertValid(Files.readString(json));
    List<String> devices = texts(all.getAsJsonArray("devices"), "id");
    Assumptions.assumeTrue(devices.contains("opencl:1"), "PoCL is not the driver here");
    assertEquals(List.of("opencl:0", "opencl:1", "cpu"), devices);
    List<String> names = texts(all.getAsJsonArray("devices"), "name");
    assertEquals(names.get(0), names.get(1));
    assertEquals(devices, texts(all.getAsJsonArray("measurements"), "device"));
    JsonArray together = all.getAsJsonArray("together");
    assertEquals(1, together.size(), outcome::toString);
    assertTogether(together.get(0).getAsJsonObject(), devices, 512);
    assertTrue(outcome.out().lines().anyMatch(l -> l.contains(" 512 together ")), outcome.out());
  }

  @Test
  void withoutOpenClTheJavaEngineIsTimedAlone() {
    CommandRun run = run(threads -> TestEngines.of(), "--quick", "--network", "dense 10");

    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().startsWith("There is no OpenCL device: there is no driver."), run.err());
    assertTrue(run.out().lines().anyMatch(l -> l.matches("  dense 10 +64 cpu .*")), run.out());
    assertFalse(run.out().contains("opencl"), run.out());
  }

  @Test
  void thePageNeedsNothingElse() throws IOException {
    Path html = folder.resolve("bench.html");

    CommandRun run =
        run(
            threads -> TestEngines.of(new PretendedGpu(WORKS, session -> session)),
            "--quick",
            "--network",
            "dense 8 relu, dense 10",
            "--batch",
            "8",
            "--html",
            "" + html);

    assertEquals(0, run.status(), run.err());
    String page = Files.readString(html);
    List<String> parts = new ArrayList<>(List.of(DATA.matcher(page).replaceAll("\"")));
    Matcher charts = DATA.matcher(page);
    while (charts.find()) {
      parts.add(new String(Base64.getDecoder().decode(charts.group(1)), StandardCharsets.UTF_8));
    }
    assertEquals(2 * 3, parts.size() - 1); // shares, throughput and a roofline, light and dark
    for (String part : parts) {
      String withoutNames = part.replaceAll("xmlns(:xlink)?=\"http://www\\.w3\\.org/[^\"]*\"", "");
      for (String reference : List.of("http:", "https:", "<script", "@import", "<!ENTITY", "//")) {
        assertFalse(withoutNames.contains(reference), reference + " in " + withoutNames);
      }
    }
    assertWellFormed(page);
    assertTrue(page.contains("1. dense 8 + relu, forward"), page);
    assertTrue(page.contains("prefers-color-scheme: dark"), page);
  }

  @Test
  void theTimelineHasAProcessForEachStep() throws IOException {
    Path trace = folder.resolve("trace.json");

    CommandRun run =
        run(
            threads -> TestEngines.of(new PretendedGpu(WORKS, session -> session)),
            "--quick",
            "--network",
            "dense 10",
            "--batch",
            "4",
            "--batch",
            "8",
            "--trace",
            "" + trace);

    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("wrote " + trace), run.err());
    List<String> processes =
        StreamSupport.stream(parse(trace).getAsJsonArray("traceEvents").spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .filter(event -> event.get("name").getAsString().equals("process_name"))
            .map(event -> event.getAsJsonObject("args").get("name").getAsString())
            .toList();
    String java = WORKS.device() + ", dense 10, batch ";
    assertEquals(
        List.of(
            "opencl:0 (Pretended), dense 10, batch 4",
            "opencl:0 (Pretended), dense 10, batch 8",
            java + 4,
            java + 8),
        processes);
  }

  @Test
  void recordAppendsALineToTheHistory() throws IOException {
    Path history = Files.createDirectory(folder.resolve("docs")).resolve("bench-history.jsonl");
    String home = System.getProperty("aparanet.home");
    System.setProperty("aparanet.home", folder.toString());
    try {
      for (int i = 0; i < 2; i++) {
        CommandRun run =
            run(
                threads -> TestEngines.of(),
                "--quick",
                "--network",
                "dense 10",
                "--batch",
                "4",
                "--record");
        assertEquals(0, run.status(), run.err());
      }
    } finally {
      if (home == null) {
        System.clearProperty("aparanet.home");
      } else {
        System.setProperty("aparanet.home", home);
      }
    }
    List<String> lines = Files.readAllLines(history);
    assertEquals(2, lines.size());
    for (String line : lines) {
      JsonObject json = JsonParser.parseString(line).getAsJsonObject();
      assertEquals(List.of("dense 10"), texts(json.getAsJsonArray("results"), "network"));
      assertEquals(List.of("cpu"), texts(json.getAsJsonArray("devices"), "id"));
    }
  }

  @Test
  void filesThatCannotBeWrittenAreRefusedBeforeAnythingIsTimed() {
    Path file = folder.resolve("missing").resolve("file");
    for (String option : List.of("--json", "--html", "--trace")) {
      CommandRun run = run(threads -> TestEngines.of(), option, "" + file);

      assertEquals(1, run.status());
      assertEquals(
          "aparanet: option "
              + option
              + ": cannot write "
              + file
              + ": there is no folder "
              + file.getParent(),
          run.err().strip());
    }
  }

  /** Half the shares, all the pieces: what the table says of a step has to fit together. */
  private static void assertConsistent(JsonObject m) {
    double sum = 0;
    int launches = 0;
    for (JsonElement operation : m.getAsJsonArray("operations")) {
      sum += operation.getAsJsonObject().get("medianNanos").getAsDouble();
      launches += operation.getAsJsonObject().get("launches").getAsInt();
    }
    assertEquals(sum, m.get("sumOfOperationsNanos").getAsDouble(), 1e-6 * sum);
    assertEquals(launches, m.get("launches").getAsInt());
    double step = m.get("stepMedianNanos").getAsDouble();
    assertEquals(16e9 / step, m.get("trainingImagesPerSecond").getAsDouble(), 1e-6 * 16e9 / step);
    double[] samples =
        StreamSupport.stream(m.getAsJsonArray("stepSamplesNanos").spliterator(), false)
            .mapToDouble(JsonElement::getAsDouble)
            .sorted()
            .toArray();
    assertTrue(samples[0] <= step && step <= samples[samples.length - 1], m::toString);
  }

  private static void assertWellFormed(String page) {
    assertDoesNotThrow(
        () ->
            DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page))));
  }

  private static void assertFits(String text) {
    for (String line : text.lines().toList()) {
      assertTrue(line.length() <= 100, line.length() + " columns: " + line);
    }
  }

  private static void assertValid(String json) throws IOException {
    assertEquals(Set.of(), schema().validate(json, InputFormat.JSON));
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream schema = Schema.open("bench")) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
    }
  }

  private static JsonObject parse(Path json) throws IOException {
    return JsonParser.parseString(Files.readString(json)).getAsJsonObject();
  }

  private static List<String> texts(JsonArray array, String member) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(element -> element.getAsJsonObject().get(member).getAsString())
        .toList();
  }

  private static String last(String text) {
    return text.lines().reduce("", (before, line) -> line);
  }

  private static CommandRun run(IntFunction<Engines> engines, String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "bench";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return CommandRun.with(engines, (Object[]) arguments);
  }
}
