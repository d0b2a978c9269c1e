package org.aparanet.report.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.report.page.ChartStyle;
import org.aparanet.report.page.PageText;
import org.aparanet.report.training.CurveCharts;
import org.aparanet.report.training.CurveRecorder;
import org.aparanet.report.training.TrainingCurves;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.Prediction;
import org.aparanet.train.history.History;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/** Each figure of the page, worked out by hand. */
class EvaluationFiguresTest {

  /** Four images of class 0, five of class 1, one of class 2. */
  private static final byte[] LABELS = {0, 0, 0, 0, 1, 1, 1, 1, 1, 2};

  private static final List<Prediction> PREDICTIONS =
      List.of(
          new Prediction(0, new double[] {0.5, 0.3, 0.2}),
          new Prediction(0, new double[] {0.5, 0.3, 0.2}),
          new Prediction(1, new double[] {0.2, 0.7, 0.1}),
          new Prediction(2, new double[] {0.05, 0.05, 0.9}),
          new Prediction(0, new double[] {0.6, 0.25, 0.15}),
          new Prediction(1, new double[] {0.3, 0.5, 0.2}),
          new Prediction(1, new double[] {0.3, 0.5, 0.2}),
          new Prediction(1, new double[] {0.3, 0.5, 0.2}),
          new Prediction(2, new double[] {0.3, 0.125, 0.575}),
          new Prediction(2, new double[] {0.3, 0.2, 0.5}));

  private static final Device DEVICE =
      new Device("cpu", Device.Kind.JAVA, "Java engine", "Java", 1, 1);

  @TempDir Path folder;

  @Test
  void theHeadline() {
    PageText page = page(report());

    // six hits of 0.5: 6 x 0.6931; mistakes 1.6094 + 2.9957 + 1.3863 + 2.0794; 12.2298 / 10
    assertEquals(
        List.of("60.00 %", "test accuracy: 6 of 10 images; mean loss 1.2230"),
        page.texts("p").subList(0, 2));
    assertEquals(
        List.of(
            "conv 2 2 relu, dense 3",
            "25", // 2 x (1 x 2 x 2 + 1) and 3 x (2 x 1 x 2 + 1)
            "mine",
            "10 in 3 classes",
            "cpu (Java engine)",
            "2026-11-24T10:00:00Z"),
        page.texts("dd"));
  }

  /** Hits by their share of the row, mistakes by theirs of the worst one's, 1/4: times 0.5. */
  @Test
  void theMatrixAndItsShades() {
    assertEquals(
        List.of(
            List.of("0", "2 blue 0.25", "1 red 0.50", "1 red 0.50"),
            List.of("1", "1 red 0.40", "3 blue 0.30", "1 red 0.40"),
            List.of("2", "0", "0", "1 blue 0.50")),
        page(report()).shadedRows(0));
  }

  @Test
  void precisionRecallAndF1() {
    assertEquals(
        List.of(
            List.of("0", "66.67 %", "50.00 %", "57.14 %", "4"), // 2/3, 2/4, 4/7
            List.of("1", "75.00 %", "60.00 %", "66.67 %", "5"), // 3/4, 3/5, 6/9
            List.of("2", "33.33 %", "100.00 %", "50.00 %", "1")), // 1/3, 1/1, 2/4
        page(report()).rows(1));
  }

  /** The highest loss first, with the probability of what the image was taken for. */
  @Test
  void theMistakes() {
    PageText page = page(report());

    assertEquals(
        List.of(
            "0, taken for 2 (90.0 %); image 3",
            "1, taken for 2 (57.5 %); image 8",
            "0, taken for 1 (70.0 %); image 2",
            "1, taken for 0 (60.0 %); image 4"),
        page.texts("li").subList(0, 4));
    assertTrue(page.texts("p").contains("All misclassified images: 4."));
    assertTrue(
        page.texts("p")
            .contains(
                "Most often confused: 0 taken for 1 (1), 0 taken for 2 (1), 1 taken for 0 (1)."));
    List<Mistake> two = Mistake.worst(images(), PREDICTIONS, 2);
    assertEquals(List.of(3, 8), two.stream().map(Mistake::image).toList());
    assertEquals(-Math.log(0.05), two.get(0).loss(), 1e-12);
    assertEquals(0.9, two.get(0).probability());
  }

  /** Epochs that were not tested lie between those of the table. */
  @Test
  void aTestedEpochStandsBesideItsOwnTraining() {
    Path file = folder.resolve("history");
    CurveRecorder recorder = new CurveRecorder();
    try (History history = new History(file, Map.of())) {
      train(TrainingListener.all(List.of(recorder, history)));
    }
    List<List<String>> expected =
        List.of(
            List.of("2", "0.5000", "20.00 %", "2.00 %"),
            List.of("4", "0.2500", "40.00 %", "4.00 %"),
            List.of("5", "0.2000", "50.00 %", "5.00 %"));

    for (TrainingCurves curves : List.of(recorder.curves(), CurveRecorder.read(file))) {
      assertEquals(expected, page(report().with(curves)).rows(0));
    }
  }

  @Test
  void moreThanTwoHundredTestedEpochsAreNoTable() {
    CurveRecorder recorder = new CurveRecorder();
    for (int epoch = 1; epoch <= 1200; epoch++) {
      if (epoch % 6 == 0) {
        recorder.testedEpoch(epoch, epoch, 0.5, 0.25);
      } else {
        recorder.epoch(epoch, epoch, 0.5);
      }
    }
    List<List<String>> rows = page(report().with(recorder.curves())).rows(0);
    assertEquals(200, rows.size());
    assertEquals(List.of("6", "6.0000", "50.00 %", "25.00 %"), rows.get(0));
    assertEquals(List.of("1200", "1200.0000", "50.00 %", "25.00 %"), rows.get(199));

    recorder.testedEpoch(1201, 1, 0.5, 0.25);
    assertFalse(page(report().with(recorder.curves())).texts("th").contains("test accuracy"));
  }

  @Test
  void theChartsShowTheCurvesOfTheirNames() {
    CurveRecorder recorder = new CurveRecorder();
    train(recorder);
    CurveCharts charts = new CurveCharts(recorder.curves(), new ChartStyle(false));

    assertEquals(List.of("step", "epochs"), names(charts.loss()));
    assertSeries(charts.loss(), "step", List.of(1, 2, 3, 4, 5), List.of(8, 4, 2, 1, 0.5));
    assertSeries(
        charts.loss(), "epochs", List.of(1, 2, 3, 4, 5), List.of(1, 0.5, 1 / 3.0, 0.25, 0.2));
    assertEquals(List.of("training", "test"), names(charts.accuracy()));
    assertSeries(
        charts.accuracy(), "training", List.of(1, 2, 3, 4, 5), List.of(10, 20, 30, 40, 50));
    assertSeries(charts.accuracy(), "test", List.of(2, 4, 5), List.of(2, 4, 5));
    assertEquals(List.of("learning rate"), names(charts.learningRate()));
    assertSeries(
        charts.learningRate(),
        "learning rate",
        List.of(1, 2, 3, 4, 5),
        List.of(0.1, 0.2, 0.3, 0.4, 0.5));
    assertEquals(
        List.of(
            "training loss over the steps, from 8.000 to 0.5000",
            "test accuracy over the epochs, from 0.02000 to 0.05000",
            "learning rate over the steps, from 0.1000 to 0.5000"),
        page(report().with(recorder.curves())).attributes("img", "alt").subList(0, 3));
  }

  /** Mean of each point and one neighbour to each side; at the ends the point alone. */
  @Test
  void manyStepsAreAlsoShownSmoothed() {
    CurveRecorder recorder = new CurveRecorder();
    for (int step = 1; step <= 20; step++) {
      recorder.step(step, step * step);
    }

    XYChart loss = new CurveCharts(recorder.curves(), new ChartStyle(true)).loss();

    assertEquals(List.of("steps", "steps, smoothed"), names(loss));
    // the mean of (s - 1)², s² and (s + 1)² is s² + 2/3
    List<Double> smoothed = new ArrayList<>();
    for (int step = 1; step <= 20; step++) {
      smoothed.add(step * step + (step == 1 || step == 20 ? 0 : 2.0 / 3));
    }
    assertSeries(loss, "steps, smoothed", IntStream.rangeClosed(1, 20).boxed().toList(), smoothed);
  }

  /** Five epochs of a step: loss 1/e, training accuracy e/10, and of 2, 4, 5 test accuracy e %. */
  private static void train(TrainingListener listener) {
    for (int e = 1; e <= 5; e++) {
      listener.step(
          new TrainingListener.Step(
              e,
              e,
              8,
              8.0 / (1 << (e - 1)),
              0.5,
              e / 10f,
              new TrainingListener.Progress(8, 8, 1, 0.5, 100, 1)));
      listener.epoch(
          new TrainingListener.Epoch(
              e,
              1.0 / e,
              e / 10.0,
              Optional.empty(),
              e == 2 || e > 3 ? Optional.of(new Accuracy(e, 100)) : Optional.empty(),
              1,
              1));
    }
  }

  private static List<String> names(XYChart chart) {
    return List.copyOf(chart.getSeriesMap().keySet());
  }

  private static void assertSeries(
      XYChart chart, String name, List<? extends Number> xs, List<? extends Number> ys) {
    XYSeries series = chart.getSeriesMap().get(name);
    assertEquals(xs.size(), series.getXData().length);
    for (int i = 0; i < xs.size(); i++) {
      assertEquals(xs.get(i).doubleValue(), series.getXData()[i], 1e-9);
      assertEquals(ys.get(i).doubleValue(), series.getYData()[i], 1e-9);
    }
  }

  private static PageText page(EvaluationReport report) {
    return new PageText(EvaluationPage.of(report));
  }

  private static EvaluationReport report() {
    Network network = NetworkText.parse(images().shape(), "conv 2 2 relu, dense 3");
    return new EvaluationReport(
        new Model(network, new float[network.parameterCount()]),
        images(),
        PREDICTIONS,
        DEVICE,
        Instant.parse("2026-11-24T10:00:00.5Z"),
        List.of());
  }

  private static ImageSet images() {
    Shape shape = new Shape(1, 2, 3);
    return new ImageSet("mine", shape, new byte[LABELS.length * shape.size()], LABELS, 3);
  }
}
