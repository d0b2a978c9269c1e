package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aparanet.cli.option.PageOption;
import org.aparanet.cli.show.CheckTable;
import org.aparanet.cli.show.DownloadDisplay;
import org.aparanet.cli.show.NetworkTable;
import org.aparanet.cli.show.ProgressLines;
import org.aparanet.cli.show.ResultLine;
import org.aparanet.data.ImageSet;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.engine.check.CheckedOperation;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.Best;
import org.aparanet.train.LearningRateSchedule;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.TrainingSummary;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.Score;
import org.junit.jupiter.api.Test;

/** Lines that people and scripts read, of figures that all differ. */
class ShownFiguresTest {
  private static final Device GPU =
      new Device("opencl:0", Device.Kind.GPU, "Test GPU", "Test CL", 1, 1);
  private static final Device JAVA = new Device("cpu", Device.Kind.JAVA, "Java engine", "", 1, 1);

  private final StringWriter text = new StringWriter();
  private final PrintWriter target = new PrintWriter(text);

  @Test
  void theResult() {
    assertEquals(
        "test accuracy 97.43 % (9743 of 10000), 12.4 s, 33334 images/s on opencl:0 (Test GPU), then"
            + " cpu (Java engine)",
        ResultLine.of(
            new Accuracy(9743, 10000), 12.36, 33333.6, Device.inTurn(List.of(GPU, JAVA))));
    assertEquals("0.00 % (0 of 0)", new Accuracy(0, 0).toString());
  }

  @Test
  void howAModelOfAPageWasTrained() {
    assertEquals(
        "epochs 3, batch 8, learning rate 0.07, seed 5; 12.4 s, 33334 images/s on opencl:0 (Test"
            + " GPU), then cpu (Java engine)",
        PageOption.description(
            TrainingPlan.of(3, 8, 0.07f).withSeed(5),
            new TrainingResult(
                new float[0],
                Optional.empty(),
                new Accuracy(9, 10),
                List.of(new Accuracy(9, 10)),
                12.36,
                33333.6,
                List.of(GPU, JAVA))));
  }

  @Test
  void anEpoch() {
    ProgressLines lines = new ProgressLines(target, 7);

    lines.epoch(epoch(Optional.empty(), Optional.empty()));
    lines.epoch(
        epoch(
            Optional.of(new Score(new Accuracy(3, 8), 1.23456)), Optional.of(new Accuracy(1, 4))));

    assertEquals(
        """
        epoch 2/7: train loss 0.6543, 3.5 s, 1234 images/s
        epoch 2/7: train loss 0.6543, validation loss 1.2346, accuracy 37.50 % (3 of 8), test\
         accuracy 25.00 % (1 of 4), 3.5 s, 1234 images/s
        """,
        lines());
  }

  @Test
  void withinAnEpoch() {
    new ProgressLines(target, 7)
        .progress(
            new TrainingListener.Step(
                90,
                2,
                8,
                9.9,
                0.99,
                0.1f,
                new TrainingListener.Progress(300, 1000, 0.65432, 0.875, 1234.4, 56.7)));

    assertEquals(
        "epoch 2/7: 300 of 1000 images, loss 0.6543, accuracy 87.50 %, 1234 images/s, 57 s left\n",
        lines());
  }

  @Test
  void whatADeviceDid() {
    ProgressLines lines = new ProgressLines(target, 7);

    lines.restored(new StateLostException("it was lost"), 12);
    lines.fellBack(new EngineException("it broke"), JAVA, 34);
    lines.fellBack(new EngineException("it broke"), JAVA, 0);

    assertEquals(
        """
        it was lost; going on from step 12, with the same result
        it broke; going on from step 34 on cpu (Java engine)
        it broke; going on from the beginning on cpu (Java engine)
        """,
        lines());
  }

  @Test
  void aPlan() {
    Network network = NetworkText.parse(new Shape(1, 2, 2), "dense 3");
    TrainingPlan plain = TrainingPlan.of(3, 8, 0.07f).withSeed(5);
    TrainingPlan unusual =
        TrainingPlan.of(3, 8, 0.07f)
            .withSeed(5)
            .withOptimizer(new Optimizer(Optimizer.Rule.ADAMW, 0.8f, 0.99f, 0.02f, 2))
            .withSchedule(LearningRateSchedule.parse("cosine"))
            .withLabelSmoothing(0.1f)
            .withAugmentation(Augmentation.parse("flip"))
            .withTestEvery(4)
            .withPatience(6);

    assertEquals(
        "epochs 3, batch 8, learning rate 0.07, seed 5",
        new TrainingSummary(network, plain, 0).line());
    assertEquals(
        "epochs 3, batch 8, learning rate 0.07, seed 5, optimizer adamw, momentum 0.8, beta2 0.99,"
            + " weight decay 0.02, clip norm 2.0, schedule cosine, label smoothing 0.1, augment"
            + " flip, validation 0.25, patience 6, test every 4",
        new TrainingSummary(network, unusual, 0.25f).line());
    assertEquals(
        "{network=dense 3, input=1x2x2, epochs=3, batch=8, learning_rate=0.07, seed=5,"
            + " shuffle=true}",
        new TrainingSummary(network, plain, 0).description().toString());
    assertEquals(
        "the result is epoch 2, the best one on the validation images: loss 1.2346, accuracy"
            + " 37.50 % (3 of 8)",
        TrainingSummary.of(new Best(2, new Score(new Accuracy(3, 8), 1.23456), new float[0])));
    assertEquals(
        "a: 5 images of 1x2x2 in 3 classes; b: 4; c: 6",
        TrainingSummary.of(
            new TrainingData(images("a", 5), Optional.of(images("b", 4)), images("c", 6))));
    assertEquals(
        "a: 5 images of 1x2x2 in 3 classes; c: 6",
        TrainingSummary.of(new TrainingData(images("a", 5), Optional.empty(), images("c", 6))));
  }

  /** 16 x (27 + 1), 16 x (144 + 1) and 10 x (1024 + 1); 16 x 27 and 16 x 144 at 1024 places. */
  @Test
  void aNetwork() {
    NetworkTable.print(
        NetworkText.parse(
            new Shape(3, 32, 32), "conv 16 3 same relu, [conv 16 3 same] relu, pool 4, dense 10"),
        target);

    assertEquals(
        """
          layer                    output           parameters    multiply-adds
          1. conv 16 3 same        16x32x32                448          442,368
          2. relu                  16x32x32                  0                0
          3. [conv 16 3 same       16x32x32              2,320        2,359,296
          4. ] residual sum        16x32x32                  0                0
          5. relu                  16x32x32                  0                0
          6. pool 4                16x8x8                    0                0
          7. dense 10              10                   10,250           10,240
          total                                         13,018        2,811,904
        """,
        lines());
  }

  /** 8 x 9 and 8 x (1 + 1), at 7 x 7 places; 2 x (392 + 1). */
  @Test
  void aNetworkWithAProjectionAndLongLines() {
    NetworkTable.print(
        NetworkText.parse(
            new Shape(1, 14, 14), "[conv 8 3 stride 2 pad 1 nobias | conv 8 1 stride 2], dense 2"),
        target);

    assertEquals(
        """
          layer                              output           parameters    multiply-adds
          1. [conv 8 3 stride 2 pad 1 nobias 8x7x7                    72            3,528
          2. | shortcut                      1x14x14                   0                0
          3. conv 8 1 stride 2               8x7x7                    16              392
          4. ] residual sum                  8x7x7                     0                0
          5. dense 2                         2                       786              784
          total                                                      874            4,704
        """,
        lines());
  }

  @Test
  void aCheck() {
    Map<CheckedOperation, Double> errors = new LinkedHashMap<>();
    errors.put(CheckedOperation.DENSE_FORWARD, 1.0e-5); // just allowed
    errors.put(CheckedOperation.MAX_POOL_BACKWARD, 1.01e-5);
    errors.put(CheckedOperation.UPDATE, Double.NaN);

    CheckTable.print(new CheckReport(GPU, errors, Optional.empty()), target);

    assertEquals(
        """
          dense forward                   1.0e-05
          max-pool backward               1.0e-05  wrong
          update                              NaN  wrong
        opencl:0 (Test GPU) computes wrongly: max-pool backward is off by 1.0e-05 of the right\
         result, and at most 1e-05 is allowed
        """,
        lines());
  }

  @Test
  void aDownload() {
    DownloadDisplay display = DownloadDisplay.open(target);

    display.begin("a.gz", 26_421_880, 0);
    display.begin("b.gz", 26_421_880, 12_345_678);
    display.received(13_000_000); // too soon after the last line
    display.end();

    assertEquals(
        """
        fetching a.gz, 26.42 MB
        fetching b.gz, 26.42 MB, of which 12.35 are here
        """,
        lines());
  }

  private static TrainingListener.Epoch epoch(Optional<Score> validation, Optional<Accuracy> test) {
    return new TrainingListener.Epoch(2, 0.65432, 0.75, validation, test, 3.456, 1234.4);
  }

  private static ImageSet images(String name, int count) {
    return new ImageSet(name, new Shape(1, 2, 2), new byte[4 * count], new byte[count], 3);
  }

  private String lines() {
    target.flush();
    return text.toString().replace("\r", "");
  }
}
