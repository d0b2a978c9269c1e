package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Random;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Session;
import org.aparanet.engine.select.DeviceChoice;
import org.aparanet.engine.select.Engines;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassWeightsTest {
  private static final int PIXELS = 4;
  private static final int CLASSES = 3;
  private static final Network NETWORK = NetworkText.parse(new Shape(1, 2, 2), "dense 3");

  /**
   * {@code compute_class_weight("balanced", classes=[0, 1, 3], y=[0, 0, 0, 0, 1, 1, 3])} of
   * scikit-learn is 7/12, 7/6 and 7/3; there is no image of class 2, and no label for output 4.
   */
  @Test
  void balancedWeightsAreThoseOfScikitLearn() {
    ImageSet images = images(new int[] {0, 0, 0, 0, 1, 1, 3}, 4);

    assertArrayEquals(
        new double[] {7 / 12.0, 7 / 6.0, 1, 7 / 3.0, 1}, ClassWeights.BALANCED.of(images, 5));
    assertArrayEquals(new double[] {1, 1, 1, 1, 1}, ClassWeights.NONE.of(images, 5));
    double sum = 0;
    for (int i = 0; i < 7; i++) {
      sum += ClassWeights.BALANCED.of(images, 5)[images.label(i)];
    }
    assertEquals(7, sum, 1e-12, "the mean weight is 1");
  }

  @Test
  void namesMayHaveCapitals() {
    assertEquals(Optional.of(ClassWeights.BALANCED), ClassWeights.named("Balanced"));
    assertEquals(Optional.empty(), ClassWeights.named("fair"));
  }

  /** One step over all images against the formula of softmax regression in double precision. */
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl:0"})
  void aStepIsThatOfTheWeightedLoss(String device) {
    int[] labels = {0, 0, 0, 0, 0, 1, 1, 2};
    ImageSet images = images(labels, CLASSES);
    float[] start = new float[NETWORK.parameterCount()];
    Random random = new Random(5);
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) random.nextGaussian();
    }
    TrainingPlan plan =
        TrainingPlan.of(1, labels.length, 0.5f)
            .withClassWeights(ClassWeights.BALANCED)
            .withSoftmax(TrainingPlan.Softmax.DEVICE); // which would not weigh
    double[] loss = new double[1];
    float[] found =
        train(
            device,
            images,
            plan,
            start,
            new TrainingListener() {
              @Override
              public void step(Step step) {
                loss[0] = step.loss();
              }
            });

    double[] weights = {8 / 15.0, 8 / 6.0, 8 / 3.0};
    double[] expected = new double[start.length];
    for (int i = 0; i < start.length; i++) {
      expected[i] = start[i];
    }
    double expectedLoss = 0;
    for (int image = 0; image < labels.length; image++) {
      double weight = weights[labels[image]] / labels.length;
      double[] probabilities = probabilities(images, image, start);
      expectedLoss -= weight * Math.log(probabilities[labels[image]]);
      for (int c = 0; c < CLASSES; c++) {
        double gradient = weight * (probabilities[c] - (c == labels[image] ? 1 : 0));
        for (int p = 0; p < PIXELS; p++) {
          expected[c * PIXELS + p] -= 0.5 * gradient * pixel(images, image, p);
        }
        expected[CLASSES * PIXELS + c] -= 0.5 * gradient;
      }
    }
    assertEquals(expectedLoss, loss[0], 1e-6);
    for (int i = 0; i < start.length; i++) {
      assertEquals(expected[i], found[i], 1e-6, "parameter " + i);
    }
  }

  /** As many images of each class: every weight is 1. */
  @Test
  void balancedClassesAreTrainedToTheSameBits() {
    ImageSet images = images(new int[] {0, 1, 2, 2, 1, 0}, CLASSES);
    float[] start = new float[NETWORK.parameterCount()];
    TrainingPlan plan = TrainingPlan.of(3, 4, 0.5f);
    TrainingListener none = new TrainingListener() {};

    assertArrayEquals(
        train("cpu", images, plan, start, none),
        train("cpu", images, plan.withClassWeights(ClassWeights.BALANCED), start, none));
  }

  private static float[] train(
      String device, ImageSet images, TrainingPlan plan, float[] start, TrainingListener listener) {
    try (Engines.Opened opened =
        new Engines(1).open(DeviceChoice.parse(device), NETWORK, plan.batch())) {
      Session session = opened.session();
      return Trainers.of(session, images, images, plan, listener).run(start).parameters();
    }
  }

  private static double pixel(ImageSet images, int image, int p) {
    return (images.pixels()[image * PIXELS + p] & 0xFF) / 255.0;
  }

  private static double[] probabilities(ImageSet images, int image, float[] parameters) {
    double[] probabilities = new double[CLASSES];
    double sum = 0;
    for (int c = 0; c < CLASSES; c++) {
      double logit = parameters[CLASSES * PIXELS + c];
      for (int p = 0; p < PIXELS; p++) {
        logit += parameters[c * PIXELS + p] * pixel(images, image, p);
      }
      probabilities[c] = Math.exp(logit);
      sum += probabilities[c];
    }
    for (int c = 0; c < CLASSES; c++) {
      probabilities[c] /= sum;
    }
    return probabilities;
  }

  private static ImageSet images(int[] labels, int classes) {
    byte[] pixels = new byte[labels.length * PIXELS];
    new Random(labels.length).nextBytes(pixels);
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return new ImageSet("set train", new Shape(1, 2, 2), pixels, bytes, classes);
  }
}
