package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.Training;
import org.aparanet.data.DataSet;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Engine;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.ReferenceFile;
import org.aparanet.engine.Session;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.engine.opencl.OpenClTestDevice;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Logits times a number, against PyTorch's loss of them; {@code logit_scale.py} made the values.
 */
class LogitScaleTest {
  private static final Network DENSE = NetworkText.parse(new Shape(1, 2, 2), "dense 5, dense 3");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"plain", "sgd", "momentum", "nesterov", "adam", "adamw"})
  void itIsTheTrainingOfScaledLogits(String name) {
    requireScaled(name, new CpuEngine(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "sgd", "momentum", "nesterov", "adam", "adamw"})
  void soItIsOnOpenCl(String name) {
    requireScaled(name, OpenClTestDevice.engine(HostMemory.SEPARATE));
  }

  private static void requireScaled(String name, Engine engine) {
    ReferenceFile file = new ReferenceFile("scaled-" + name + ".safetensors");
    Network network = NetworkText.parse(ReferenceFile.images().shape(), file.metadata("network"));
    int batch = Integer.parseInt(file.metadata("batch"));
    float scale = number(file, "logit_scale");
    double[] losses = file.tensor("losses");
    TrainingPlan plan =
        TrainingPlan.of(1, batch, number(file, "learning_rate"))
            .withShuffle(false)
            .withOptimizer(
                new Optimizer(
                    Optimizer.Rule.valueOf(file.metadata("rule")),
                    number(file, "momentum"),
                    number(file, "beta2"),
                    number(file, "weight_decay"),
                    Float.POSITIVE_INFINITY))
            .withHeadRate(number(file, "head_rate"))
            .withLogitScale(scale);
    double[] initial = parameters(file, network, "initial.");
    float[] start = new float[initial.length];
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) initial[i];
    }
    LogitScale.apply(network, start, scale);
    ImageSet images = ReferenceFile.images().first(batch * losses.length);
    List<Double> told = new ArrayList<>();
    float[] found;
    try (Session session = engine.open(network, batch)) {
      found =
          Trainers.of(
                  session,
                  images,
                  images.first(1),
                  plan,
                  new TrainingListener() {
                    @Override
                    public void step(Step step) {
                      told.add(step.loss());
                    }
                  })
              .run(start)
              .parameters();
    }
    for (int step = 0; step < losses.length; step++) {
      assertEquals(losses[step], told.get(step), 1e-5, "loss of step " + (step + 1));
    }
    assertWay(network, initial, parameters(file, network, "final."), found, scale);
  }

  /** Each tensor has gone as far from PyTorch's as a part of its way. */
  private static void assertWay(
      Network network, double[] initial, double[] expected, float[] found, float scale) {
    int head = network.headFrom();
    for (Network.Tensor tensor : network.tensors()) {
      double squares = 0;
      double way = 0;
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        double distance = (i < head ? found[i] : found[i] / (double) scale) - expected[i];
        squares += distance * distance;
        way += (expected[i] - initial[i]) * (expected[i] - initial[i]);
      }
      double part = Math.sqrt(squares / way);
      assertTrue(part < 2e-4, tensor.name() + " is off by " + part + " of its way");
    }
  }

  private static float number(ReferenceFile file, String key) {
    return Float.parseFloat(file.metadata(key));
  }

  private static double[] parameters(ReferenceFile file, Network network, String prefix) {
    double[] all = new double[network.parameterCount()];
    for (Network.Tensor tensor : network.tensors()) {
      double[] values = file.tensor(prefix + tensor.name());
      System.arraycopy(values, 0, all, tensor.offset(), values.length);
    }
    return all;
  }

  @Test
  void ratesAndDecaysOfTheLastLayerFollowFromTheRule() {
    assertHead(Optimizer.Rule.SGD, 0, 0, 16, 1 / 16.0);
    assertHead(Optimizer.Rule.MOMENTUM, 0.9f, 0, 16, 1 / 16.0);
    assertHead(Optimizer.Rule.NESTEROV, 0.9f, 0, 16, 1 / 16.0);
    assertHead(Optimizer.Rule.ADAM, 0.9f, 0.99f, 4, 1 / 16.0);
    assertHead(Optimizer.Rule.ADAMW, 0.9f, 0.99f, 4, 1 / 4.0);
  }

  private static void assertHead(
      Optimizer.Rule rule, float momentum, float beta2, double factor, double decay) {
    Optimizer plain = new Optimizer(rule, momentum, beta2, 0.1f, Float.POSITIVE_INFINITY);
    TrainingPlan plan = TrainingPlan.of(1, 4, 0.1f).withOptimizer(plain);
    assertEquals(plain, plan.scaledOptimizer());
    assertEquals(plain.withHeadFactors(factor, decay), plan.withLogitScale(4).scaledOptimizer());
    assertEquals(
        plain.withHeadFactors(2.5 * factor, decay),
        plan.withOptimizer(plain.withHeadFactor(2.5)).withLogitScale(4).scaledOptimizer());
  }

  /** A last layer that is drawn begins at S times its values, one of a model as it is. */
  @Test
  void drawnValuesAreScaledAndThoseOfAModelAreNot() {
    ImageSet images = ReferenceFile.images().first(20);
    DataSet set = new DataSet(images, images);
    String text = "conv 2 5 stride 5, dense 10";
    float[] plain = Training.network(text).prepare(set).start().parameters();
    Model scaled = Training.network(text).logitScale(0.25).prepare(set).start();
    int head = scaled.network().headFrom();
    for (int i = 0; i < plain.length; i++) {
      assertEquals(i < head ? plain[i] : 0.25f * plain[i], scaled.parameters()[i]);
    }
    Path file = folder.resolve("model");
    scaled.save(file);
    float[] further = Training.model(file).logitScale(0.25).prepare(set).start().parameters();
    for (int i = 0; i < plain.length; i++) {
      assertEquals(scaled.parameters()[i], further[i]);
    }
    ImageSet few = two(images);
    Model other = Training.model(file).logitScale(0.25).prepare(new DataSet(few, few)).start();
    Model unscaled = Training.model(file).prepare(new DataSet(few, few)).start();
    assertEquals("conv 2 5 stride 5, dense 2", other.network().text());
    for (int i = 0; i < other.parameters().length; i++) {
      assertEquals(
          (i < head ? 1 : 0.25f) * unscaled.parameters()[i], other.parameters()[i], "" + i);
    }
  }

  /** The same images in two classes. */
  private static ImageSet two(ImageSet images) {
    byte[] pixels = new byte[images.count() * images.shape().size()];
    byte[] labels = new byte[images.count()];
    for (int i = 0; i < labels.length; i++) {
      images.copy(i, pixels, i * images.shape().size());
      labels[i] = (byte) (i % 2);
    }
    return new ImageSet("two", images.shape(), pixels, labels, 2);
  }

  private static TrainingPlan plan(String... options) {
    return Settings.parse(List.of(options)).plan(DENSE);
  }

  @Test
  void aSettingIsKeptInThePlanAndTold() {
    TrainingPlan plan = plan("--logit-scale=0.125", "--head-rate=0.1", "--learning-rate=0.2");
    assertEquals(0.125f, plan.logitScale());
    assertEquals(0.1f, plan.headRate());
    assertEquals(0.125f, new TrainingSummary(DENSE, plan, 0).description().get("logit_scale"));
    assertEquals(plan, Settings.of(plan).plan(DENSE));
    assertFalse(new TrainingSummary(DENSE, plan(), 0).description().containsKey("logit_scale"));
  }

  @Test
  void clippingLooksAtAnotherNorm() {
    assertEquals(
        "clip-norm: the norm would be of other gradients than those of the scaled logits; leave"
            + " clip-norm or logit-scale out",
        assertThrows(SettingException.class, () -> plan("--logit-scale=0.5", "--clip-norm=1"))
            .getMessage());
    assertEquals(1, plan("--logit-scale=1", "--clip-norm=1").logitScale());
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, Float.NaN, 10_001, 0.00009f, Float.POSITIVE_INFINITY})
  void otherScalesAreRefused(float scale) {
    assertEquals(
        "logits times " + scale + "; allowed are 0.0001 to 10000",
        assertThrows(
                IllegalArgumentException.class,
                () -> TrainingPlan.of(1, 4, 0.1f).withLogitScale(scale))
            .getMessage());
  }
}
