package org.aparanet.report.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aparanet.bench.BenchCase;
import org.aparanet.bench.BenchReport;
import org.aparanet.bench.Numbers;
import org.aparanet.engine.DeviceDetails;
import org.aparanet.engine.StepPart;
import org.aparanet.report.page.ChartStyle;
import org.aparanet.report.page.PageText;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/**
 * What the bench prints, writes and draws of {@link HandMadeReport}, worked out by hand.
 *
 * <p>At batch 8 the GPU's pieces take 300, 200, 400 and 12.3 us, 912.3 in all: shares of 33, 22, 44
 * and 1 %, and 90 % of the step's 1,010 us. Rates: 3.6 MB in 300 us are 12.0 GB/s, 9 MFLOP in 200
 * us 45.0 GFLOP/s, 2 in 400 us 5.00. The piece of 100, 300 and 200 us has its 95th percentile at
 * 290. A step takes the Java engine 5.05 ms, 5 times as long. Images/s: 8 in 1.01 ms are 7,920.8,
 * in 0.4 ms 20,000, in 5.05 ms 1,584.2, in 1.6 ms 5,000; at batch 1,024 in 2.5 ms 409,600, in 1.024
 * ms 1,000,000, in 100 ms 10,240 and in 51.2 ms 20,000; 64 in 2.56 ms 25,000, in 0.64 ms 100,000.
 *
 * <p>Together the devices take 0.8 ms for 8 images, 10,000/s: 1.2625 times as fast as the GPU alone
 * in 1.01 ms, and 6.3125 times as fast as the Java engine; and 3.2 ms for 1,024, 320,000/s: 0.78125
 * times as fast as 2.5 ms and 31.25 times as fast as 100 ms. 95th percentile of 0.4, 0.8 and 1.6
 * ms: 1.9 of 2 places, 1.52; 6.08 of 1.6, 3.2 and 6.4.
 */
class ReportFiguresTest {
  private static final BenchReport REPORT = HandMadeReport.report();

  private static final String TEXT =
      """
      small, batch 8, on opencl:0 (Test GPU)
        operation                                        median       p95            rate  share launches
        images to floats                                 300 us    300 us       12.0 GB/s   33 %        1
        1. conv, forward                                 200 us    290 us    45.0 GFLOP/s   22 %        1
        3. dense 10, forward                             400 us    400 us    5.00 GFLOP/s   44 %        2
        softmax                                         12.3 us   12.3 us                    1 %        -
        sum of the operations                            912 us                            100 %        4
        step                                            1.01 ms   1.90 ms
        the operations add up to 90 % of the step; 100 samples, spread 98 %
        once: 500 ms to open a session, 12.30 ms to hand images over, 2.50 s for the first step

      small, batch 8, on cpu (Java engine)
        operation                                        median       p95            rate  share launches
        1. conv, forward                                2.50 ms   2.50 ms    3.60 GFLOP/s   83 %        -
        threads waiting                                  500 us    500 us                   17 %        -
        sum of the operations                           3.00 ms                            100 %        -
        step                                            5.05 ms   5.05 ms
        the operations add up to 59 % of the step; 10 samples, spread 0 %
        once: 50.0 us to open a session, 1.0 us to hand images over, 6.10 ms for the first step

      conv 8 3 same relu, dense 10, batch 64, on cpu (Java engine)
        operation                                        median       p95            rate  share launches
        whole step                                      2.56 ms   2.56 ms                  100 %        -
        sum of the operations                           2.56 ms                            100 %        -
        step                                            2.56 ms   2.56 ms
        the operations add up to 100 % of the step; 3 samples, spread 0 %
        once: 3.00 ms to open a session, 4.00 ms to hand images over, 5.00 ms for the first step

      How it was measured
        Medians after warm-up; p95: 95 of 100 are not above; spread: the middle half of the samples, as
          a part of the median. FLOP are two for each multiply-add of the layer's definition, and bytes
          count each number once.
        opencl:0: the first session of this process took 1.25 s to open: kernels were generated from
          Java and built, unless the driver knew them from earlier.
        cpu: the first session of this process took 500 us to open.
        opencl:0: by hand.
        cpu: by the clock.
        together: each device has a share of every batch by its speed alone, and after each step the
          states are averaged; what that costs is the time of such steps less that of as many steps
          without averaging between them, as often in turns as there is time.

      What the devices buy
        opencl:0 (Test GPU) computes right: no operation is off by more than 1.2e-06 (update).
        opencl:1 (Test CPU) computes wrongly: convolution forward is off by 2.5e-03 of the right result,
          and at most 1e-05 is allowed; it was not timed.
        cpu (Java engine) computes right: no operation is off by more than 3.0e-07 (dense forward).
                                                        a step        training     inference   speed-up
        network                    batch device          takes        images/s      images/s  over Java
        small                          8 opencl:0      1.01 ms           7,921        20,000       5.00
        small                          8 cpu           5.05 ms           1,584         5,000          1
        small                          8 together       800 us          10,000                     6.31
        small                      1,024 opencl:0      2.50 ms *       409,600     1,000,000       40.0
        small                      1,024 cpu            100 ms          10,240        20,000          1
        small                      1,024 together      3.20 ms         320,000                     31.3
        conv 8 3 same relu, d...      64 cpu           2.56 ms          25,000       100,000          1
        Random images of 1x28x28.
        small: opencl:0 pays from batch 8 on; below, the 4 launches cost more than the arithmetic.
        small, batch 8: opencl:0 (80 %) + cpu (20 %) are 1.26 times as fast as opencl:0 alone; averaging
          costs 50.0 us a round.
        small, batch 1,024: opencl:0 (98 %) + cpu (2 %) are 0.78 times as fast as opencl:0 alone;
          averaging costs less than can be measured.
        A note.
        The machine was busy with other things: where a * stands, the two halves of the samples differ
          by more than 15 %.
        Test processor, 2 processors, load average 0.8, Java 17.0.1 (VM), aparanet 1.2 (abc1234).
      """;

  @Test
  void theTextHasEveryFigure() {
    StringWriter out = new StringWriter();
    TextReport.print(REPORT, new PrintWriter(out), false);

    // blanks at the ends of lines are not seen
    assertEquals(TEXT, out.toString().replace("\r", "").replaceAll("(?m) +$", ""));
  }

  @Test
  void coloursTellFasterFromSlower() {
    StringWriter out = new StringWriter();
    TextReport.print(REPORT, new PrintWriter(out), true);

    assertTrue(out.toString().contains("\u001b[32m      5.00\u001b[0m"), "green");
    assertFalse(out.toString().contains("\u001b[31m      5.00"), "not red");
    assertTrue(out.toString().contains("\u001b[31mopencl:1 (Test CPU) computes wrongly"), "red");
    assertFalse(out.toString().contains("\u001b[31mopencl:0"), "not red");
  }

  @Test
  void theJsonHasEveryFigure() {
    String samples = HandMadeReport.ONE_TO_HUNDRED.toString();
    JsonObject json = JsonParser.parseString(JsonReport.of(REPORT)).getAsJsonObject();

    assertJson(HEAD, head(json));
    JsonElement gpu = json.getAsJsonArray("measurements").get(0);
    assertJson(GPU_AT_8.formatted(samples), gpu);
    JsonObject busy = json.getAsJsonArray("measurements").get(2).getAsJsonObject();
    assertEquals(2_500_000, busy.get("stepMedianNanos").getAsDouble());
    assertEquals(3_000_000, busy.get("stepP95Nanos").getAsDouble());
    assertEquals(0.4, busy.get("spread").getAsDouble(), 1e-12); // 1 / 2.5
    assertTrue(busy.get("noisy").getAsBoolean());
    assertEquals(5, json.getAsJsonArray("measurements").size());
    assertJson(
        """
        [{"device":"opencl:0","network":"small","input":"1x28x28","batch":1,"stepMedianNanos":1000000.0},
         {"device":"opencl:0","network":"small","input":"1x28x28","batch":8,"stepMedianNanos":1010000.0},
         {"device":"opencl:0","network":"small","input":"1x28x28","batch":1024,"stepMedianNanos":2500000.0},
         {"device":"cpu","network":"small","input":"1x28x28","batch":1024,"stepMedianNanos":100000000.0},
         {"device":"cpu","network":"small","input":"1x28x28","batch":8,"stepMedianNanos":5050000.0},
         {"device":"cpu","network":"small","input":"1x28x28","batch":1,"stepMedianNanos":500000.0},
         {"device":"cpu","network":"conv 8 3 same relu, dense 10","input":"1x28x28","batch":64,
          "stepMedianNanos":2560000.0}]
        """,
        json.get("batches"));
    JsonArray together = json.getAsJsonArray("together");
    assertEquals(2, together.size());
    JsonObject first = together.get(0).getAsJsonObject();
    assertEquals(1_520_000, first.remove("stepP95Nanos").getAsDouble(), 1e-6);
    assertJson(
        """
        {"devices":[{"device":"opencl:0","percent":80},{"device":"cpu","percent":20}],
         "network":"small","input":"1x28x28","batch":8,"stepMedianNanos":800000.0,
         "trainingImagesPerSecond":10000.0,"fastestDevice":"opencl:0","speedUp":1.2625,
         "averagingNanos":50000.0,"noisy":false,"roundSteps":4,
         "stepSamplesNanos":[800000.0,400000.0,1600000.0],
         "averagingSamplesNanos":[40000.0,90000.0,50000.0]}
        """,
        first);
    assertEquals(0, together.get(1).getAsJsonObject().get("averagingNanos").getAsDouble());
    assertJson(
        """
        [{"device":"opencl:0","network":"small","paysFromBatch":8,"sentence":"opencl:0 pays from\
         batch 8 on; below, the 4 launches cost more than the arithmetic"}]
        """,
        json.get("crossovers"));
    assertJson("[\"A note.\"]", json.get("notes"));
  }

  @Test
  void theJsonHasWhatTheDriverSays() {
    DeviceDetails built =
        new DeviceDetails(
            "Maker",
            "OpenCL 3.0 build 7",
            Optional.of("550.54.14"),
            49_152,
            2_000_000_000L,
            1024,
            Optional.of(new DeviceDetails.KernelBuild(3.5, true, 128, 256, 32, 20_736, 16)),
            "a warning");
    DeviceDetails failed =
        new DeviceDetails(
            "Other",
            "OpenCL 1.2",
            Optional.empty(),
            32_768,
            1_000_000,
            256,
            Optional.empty(),
            "no");

    JsonArray devices =
        JsonParser.parseString(
                JsonReport.of(
                    REPORT, Map.of(HandMadeReport.GPU, built, HandMadeReport.WRONG, failed)))
            .getAsJsonObject()
            .getAsJsonArray("devices");

    assertJson(
        """
        {"vendor":"Maker","version":"OpenCL 3.0 build 7","driverVersion":"550.54.14",
         "localMemoryBytes":49152,"largestAllocationBytes":2000000000,"largestWorkGroup":1024,
         "kernel":{"buildSeconds":3.5,"builtAnew":true,"workGroup":128,"largestWorkGroup":256,
          "preferredMultiple":32,"localMemoryBytes":20736,"privateMemoryBytes":16,
          "registers":null,"buildLog":null},
         "said":"a warning","unknown":{
          "kernel.registers":"OpenCL has no question for it; where they do not suffice,\
         \\"privateMemoryBytes\\" and \\"largestWorkGroup\\" of the kernel tell",
          "kernel.buildLog":"Aparapi asks for the driver's build log only when a build fails, and\
         prints it: then it stands in \\"said\\""}}
        """,
        devices.get(0).getAsJsonObject().get("openCl"));
    assertJson(
        """
        {"vendor":"Other","version":"OpenCL 1.2","driverVersion":null,
         "localMemoryBytes":32768,"largestAllocationBytes":1000000,"largestWorkGroup":256,
         "kernel":null,"said":"no","unknown":{
          "driverVersion":"Aparapi does not ask for CL_DRIVER_VERSION, and the system keeps no\
         version of this driver under /sys/module; \\"version\\" often holds it, and clinfo prints\
         it","kernel":"it could not be built: \\"said\\" tells why"}}
        """,
        devices.get(1).getAsJsonObject().get("openCl"));
    assertFalse(devices.get(2).getAsJsonObject().has("openCl"));
  }

  @Test
  void theLineOfTheHistoryHasTheResults() {
    String line = JsonReport.line(REPORT);
    JsonObject json = JsonParser.parseString(line).getAsJsonObject();

    assertEquals(1, line.lines().count());
    assertJson(HEAD, head(json));
    assertEquals(5, json.getAsJsonArray("results").size());
    assertJson(
        """
        {"device":"cpu","network":"small","input":"1x28x28","batch":8,"stepMedianNanos":5050000.0,
         "inferenceMedianNanos":1600000.0,"trainingImagesPerSecond":1584.1584158415842,
         "inferenceImagesPerSecond":5000.0,"noisy":false}
        """,
        json.getAsJsonArray("results").get(1));
    assertEquals(2, json.getAsJsonArray("together").size());
    assertJson(
        """
        {"devices":[{"device":"opencl:0","percent":98},{"device":"cpu","percent":2}],
         "network":"small","input":"1x28x28","batch":1024,"stepMedianNanos":3200000.0,
         "trainingImagesPerSecond":320000.0,"fastestDevice":"opencl:0","speedUp":0.78125,
         "averagingNanos":0.0,"noisy":false}
        """,
        json.getAsJsonArray("together").get(1));
  }

  private static final String HEAD =
      """
      {"format":1,"time":"2026-11-24T10:00:00.250Z","aparanet":"1.2","commit":"abc1234",
       "machine":{"processor":"Test processor","processors":2,"loadAverage":0.75,
        "system":"Linux 6.1 amd64","java":"17.0.1 (VM)"},
       "devices":[
        {"id":"opencl:0","kind":"GPU","name":"Test GPU","platform":"Test CL","driver":"12.3",
         "memoryBytes":8000000000,"computeUnits":40,"firstOpenSeconds":1.25,"right":true,
         "verdict":"opencl:0 (Test GPU) computes right: no operation is off by more than 1.2e-06\
       (update)","worstRelativeError":1.2E-6},
        {"id":"opencl:1","kind":"CPU","name":"Test CPU","platform":"Other CL","driver":"",
         "memoryBytes":4000000000,"computeUnits":2,"right":false,
         "verdict":"opencl:1 (Test CPU) computes wrongly: convolution forward is off by 2.5e-03 of\
       the right result, and at most 1e-05 is allowed","worstRelativeError":0.0025},
        {"id":"cpu","kind":"JAVA","name":"Java engine","platform":"OpenJDK","driver":"",
         "memoryBytes":1000000000,"computeUnits":2,"firstOpenSeconds":5.0E-4,"right":true,
         "verdict":"cpu (Java engine) computes right: no operation is off by more than 3.0e-07\
       (dense forward)","worstRelativeError":3.0E-7}]}
      """;

  private static final String GPU_AT_8 =
      """
      {"device":"opencl:0","network":"small","input":"1x28x28","batch":8,"stepMedianNanos":1010000.0,
       "inferenceMedianNanos":400000.0,"trainingImagesPerSecond":7920.792079207921,
       "inferenceImagesPerSecond":20000.0,"noisy":false,"openSeconds":0.5,"loadSeconds":0.0123,
       "firstStepSeconds":2.5,"stepP95Nanos":1901000.0,"spread":0.9801980198019802,
       "stepSamplesNanos":%s,
       "inferenceSamplesNanos":[400000.0,400000.0,400000.0],
       "sumOfOperationsNanos":912300.0,"launches":4,"method":"by hand","operations":[
        {"name":"images to floats","kind":"input","medianNanos":300000.0,"p95Nanos":300000.0,
         "launches":1,"flop":0.0,"bytes":3600000.0,"samplesNanos":[300000.0]},
        {"name":"1. conv, forward","kind":"conv forward","medianNanos":200000.0,
         "p95Nanos":290000.0,"launches":1,"flop":9000000.0,"bytes":3000000.0,
         "samplesNanos":[100000.0,300000.0,200000.0]},
        {"name":"3. dense 10, forward","kind":"dense","medianNanos":400000.0,
         "p95Nanos":400000.0,"launches":2,"flop":2000000.0,"bytes":4000000.0,
         "samplesNanos":[400000.0]},
        {"name":"softmax","kind":"softmax","medianNanos":12300.0,"p95Nanos":12300.0,
         "launches":0,"flop":0.0,"bytes":0.0,"samplesNanos":[12300.0]}],
       "launchTable":{"executes":0,"launches":4,"hostNanosOfExecute":12000.0,
        "hostNanosOfLaunch":2500.0,"passes":[
         {"execute":0,"operation":"images to floats","layer":"","workGroups":0,"flop":0.0,
          "bytes":3600000.0,"medianNanos":300000.0,"p95Nanos":300000.0},
         {"execute":0,"operation":"1. conv, forward","layer":"","workGroups":0,"flop":9000000.0,
          "bytes":3000000.0,"medianNanos":200000.0,"p95Nanos":290000.0},
         {"execute":0,"operation":"3. dense 10, forward","layer":"","workGroups":0,
          "flop":2000000.0,"bytes":4000000.0,"medianNanos":400000.0,"p95Nanos":400000.0}]}}
      """;

  @Test
  void thePageHasEveryFigure() {
    PageText page = new PageText(HtmlReport.of(REPORT));

    assertEquals(
        List.of(
            List.of(
                "small",
                "1x28x28",
                "8",
                "opencl:0",
                "1.01 ms",
                "1.90 ms",
                "7,921",
                "20,000",
                "5.00"),
            List.of("small", "1x28x28", "8", "cpu", "5.05 ms", "5.05 ms", "1,584", "5,000", "1.00"),
            List.of(
                "small",
                "1x28x28",
                "1,024",
                "opencl:0",
                "2.50 ms *",
                "3.00 ms",
                "409,600",
                "1,000,000",
                "40.0"),
            List.of(
                "small", "1x28x28", "1,024", "cpu", "100 ms", "100 ms", "10,240", "20,000", "1.00"),
            List.of(
                "conv 8 3 same relu, dense 10",
                "1x28x28",
                "64",
                "cpu",
                "2.56 ms",
                "2.56 ms",
                "25,000",
                "100,000",
                "1.00")),
        page.rows(0));
    assertEquals(
        List.of(
            List.of(
                "small",
                "8",
                "opencl:0 (80 %) + cpu (20 %)",
                "800 us",
                "1.52 ms",
                "10,000",
                "1.26 (opencl:0)",
                "50.0 us"),
            List.of(
                "small",
                "1,024",
                "opencl:0 (98 %) + cpu (2 %)",
                "3.20 ms",
                "6.08 ms",
                "320,000",
                "0.78 (opencl:0)",
                "not measurable")),
        page.rows(1));
    assertEquals(
        List.of(
            List.of("images to floats", "300 us", "300 us", "12.0 GB/s", "33 %", "1"),
            List.of("1. conv, forward", "200 us", "290 us", "45.0 GFLOP/s", "22 %", "1"),
            List.of("3. dense 10, forward", "400 us", "400 us", "5.00 GFLOP/s", "44 %", "2"),
            List.of("softmax", "12.3 us", "12.3 us", "", "1 %", ""),
            List.of("sum of the operations", "912 us", "", "", "100 %", "4")),
        page.rows(2));
    assertEquals(
        List.of(
            List.of("1. conv, forward", "2.50 ms", "2.50 ms", "3.60 GFLOP/s", "83 %", ""),
            List.of("threads waiting", "500 us", "500 us", "", "17 %", ""),
            List.of("sum of the operations", "3.00 ms", "", "", "100 %", "0")),
        page.rows(3));
    assertEquals(
        List.of(
            "opencl:0 (Test GPU) computes right: no operation is off by more than 1.2e-06 (update).",
            "opencl:1 (Test CPU) computes wrongly: convolution forward is off by 2.5e-03 of the"
                + " right result, and at most 1e-05 is allowed; it was not timed.",
            "cpu (Java engine) computes right: no operation is off by more than 3.0e-07 (dense"
                + " forward).",
            "small: opencl:0 pays from batch 8 on; below, the 4 launches cost more than the"
                + " arithmetic.",
            "A note.",
            "The machine was busy with other things: where a * stands, the two halves of the"
                + " samples differ by more than 15 %.",
            "conv 4 3 same relu, pool 2, dense 10",
            "Images of 1x28x28.",
            "A step takes 1.01 ms; the sum is 90 % of it. Once: 500 ms to open a session, 12.30 ms"
                + " to hand over images, 2.50 s for the first step.",
            "A step takes 5.05 ms; the sum is 59 % of it. Once: 50.0 us to open a session, 1.0 us to"
                + " hand over images, 6.10 ms for the first step."),
        page.texts("p").subList(0, 10));
    List<String> paragraphs = page.texts("p");
    assertEquals(
        List.of(
            "opencl:0: the first session of this process took 1.25 s to open: kernels were generated"
                + " from Java and built, unless the driver knew them from earlier.",
            "cpu: the first session of this process took 500 us to open.",
            "opencl:0: by hand.",
            "cpu: by the clock.",
            "together: each device has a share of every batch by its speed alone, and after each"
                + " step the states are averaged; what that costs is the time of such steps less"
                + " that of as many steps without averaging between them, as often in turns as"
                + " there is time.",
            "2026-11-24T10:00:00Z: Test processor, 2 processors, load average 0.8, Linux 6.1 amd64,"
                + " Java 17.0.1 (VM), aparanet 1.2, commit abc1234.",
            "opencl:0 (Test GPU): Test CL, 12.3",
            "opencl:1 (Test CPU): Other CL",
            "cpu (Java engine): OpenJDK"),
        paragraphs.subList(paragraphs.size() - 9, paragraphs.size()));
    assertEquals(
        List.of(
            "shares of the operations, small",
            "images/s over the batch, small",
            "shares of the operations, conv 8 3 same relu, dense 10",
            "images/s over the batch, conv 8 3 same relu, dense 10",
            "roofline of opencl:0"),
        page.attributes("img", "alt"));
  }

  @Test
  void theSharesAreThoseOfTheSumOfTheOperations() {
    CategoryChart chart = charts().operations(HandMadeReport.SMALL).orElseThrow();

    assertEquals("small, batch 8", chart.getTitle());
    assertEquals(
        List.of("opencl:0, 912 us", "cpu, 3.00 ms"), List.copyOf(chart.getSeriesMap().keySet()));
    assertEquals(
        List.of("input", "conv forward", "dense", "softmax", "waiting"),
        List.copyOf(chart.getSeriesMap().get("cpu, 3.00 ms").getXData()));
    assertShares(chart, "opencl:0, 912 us", 300 / 9.123, 200 / 9.123, 400 / 9.123, 12.3 / 9.123, 0);
    assertShares(chart, "cpu, 3.00 ms", 0, 250 / 3.0, 0, 0, 50 / 3.0);
  }

  @Test
  void theThroughputIsInImagesOfASecondOverTheBatch() {
    XYChart chart = charts().throughput(HandMadeReport.SMALL).orElseThrow();

    assertEquals(List.of("opencl:0", "cpu"), List.copyOf(chart.getSeriesMap().keySet()));
    assertSeries(chart, "opencl:0", List.of(1, 8, 1024), List.of(1000, 8000 / 1.01, 409_600));
    assertSeries(chart, "cpu", List.of(1, 8, 1024), List.of(2000, 8000 / 5.05, 10_240));
    assertEquals(1000, REPORT.points().get(0).rate(), 1e-9);
    assertEquals(
        Optional.empty(),
        charts().throughput(new BenchCase("none", HandMadeReport.LONG.network(), List.of(1))));
  }

  /**
   * FLOP for each byte: 9/3, 2/4 and, at batch 1,024, 1200/200; GFLOP/s: 45, 5 and 600. The roof
   * rises with the 12 GB/s of the images to 600 at 50; it begins at half of 0.5 and ends at 100.
   */
  @Test
  void theRooflineIsThatOfTheFastestPieces() {
    XYChart chart = charts().roofline(HandMadeReport.GPU).orElseThrow();

    assertEquals(List.of("small", "fastest seen here"), List.copyOf(chart.getSeriesMap().keySet()));
    assertSeries(chart, "small", List.of(3, 0.5, 6), List.of(45, 5, 600));
    assertSeries(chart, "fastest seen here", List.of(0.25, 50, 100), List.of(3, 600, 600));
    assertEquals(
        Optional.empty(), charts().roofline(HandMadeReport.JAVA), "nothing without arithmetic");
  }

  @Test
  void theReportTellsWhatWasRefusedAndWhatIsMissing() {
    assertEquals(List.of(HandMadeReport.WRONG), REPORT.refused());
    assertEquals(List.of(HandMadeReport.GPU, HandMadeReport.JAVA), REPORT.timed());
    assertEquals(List.of(), REPORT.unmeasured());
    BenchReport without =
        new BenchReport(
            REPORT.time(),
            REPORT.machine(),
            REPORT.devices(),
            REPORT.cases(),
            REPORT.measurements().subList(1, 2),
            List.of(),
            REPORT.points(),
            List.of());
    assertEquals(List.of(HandMadeReport.GPU), without.unmeasured());
    assertFalse(without.noisy());
    assertTrue(REPORT.noisy());
  }

  @Test
  void timesHaveTheirUnits() {
    assertEquals("0.0 us", Numbers.time(0));
    assertEquals("0.1 us", Numbers.time(123));
    assertEquals("12.3 us", Numbers.time(12_300));
    assertEquals("99.9 us", Numbers.time(99_900));
    assertEquals("100 us", Numbers.time(1e5));
    assertEquals("999 us", Numbers.time(999_000));
    assertEquals("1.00 ms", Numbers.time(1e6));
    assertEquals("45.60 ms", Numbers.time(45_600_000));
    assertEquals("100 ms", Numbers.time(1e8));
    assertEquals("1.00 s", Numbers.time(1e9));
    assertEquals("61.50 s", Numbers.time(61.5e9));
  }

  @Test
  void ratesHaveTheirUnits() {
    assertEquals("45.0 GFLOP/s", Numbers.rate(part(1e8, 4.5e9, 1)));
    assertEquals("0.01 GFLOP/s", Numbers.rate(part(1e9, 1.2e7, 0)));
    assertEquals("1,200 GFLOP/s", Numbers.rate(part(1e9, 1.2e12, 0)));
    assertEquals("12.0 GB/s", Numbers.rate(part(1e9, 0, 12e9)));
    assertEquals("", Numbers.rate(part(1e9, 0, 0)));
    assertEquals("", Numbers.rate(part(0, 1, 1)));
    assertEquals("9.99", Numbers.significant(9.99));
    assertEquals("10.0", Numbers.significant(10));
    assertEquals("100", Numbers.significant(100));
    assertEquals("1,234,568", Numbers.whole(1_234_567.6));
  }

  private static StepPart part(double nanos, double flop, double bytes) {
    return new StepPart("", StepPart.Kind.DENSE, nanos, 0, flop, bytes);
  }

  private static Charts charts() {
    return new Charts(REPORT, new ChartStyle(false));
  }

  private static JsonObject head(JsonObject json) {
    JsonObject head = json.deepCopy();
    List.of("measurements", "together", "batches", "crossovers", "notes", "results")
        .forEach(head::remove);
    return head;
  }

  private static void assertJson(String expected, JsonElement actual) {
    assertEquals(JsonParser.parseString(expected), actual);
  }

  private static void assertShares(CategoryChart chart, String name, double... expected) {
    List<Number> shares = List.copyOf(chart.getSeriesMap().get(name).getYData());
    assertEquals(expected.length, shares.size());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], shares.get(i).doubleValue(), 1e-9, name);
    }
  }

  private static void assertSeries(
      XYChart chart, String name, List<? extends Number> xs, List<? extends Number> ys) {
    XYSeries series = chart.getSeriesMap().get(name);
    assertEquals(xs.size(), series.getXData().length);
    for (int i = 0; i < xs.size(); i++) {
      assertEquals(xs.get(i).doubleValue(), series.getXData()[i], 1e-6);
      assertEquals(ys.get(i).doubleValue(), series.getYData()[i], 1e-6);
    }
  }
}
