package org.aparanet.train.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.train.loss.SoftmaxCrossEntropy;

/** Evaluation of a session's network on a set of images, batch by batch. */
public final class Evaluation {

  /** Batch that occupies any device with little memory. */
  public static final int BATCH = 100;

  private final Session session;
  private final ImageSet images;
  private final int[] indices;
  private final float[] logits;
  private final int classes;

  /**
   * Loads the images into the session.
   *
   * @param session to classify with
   * @param images to be classified
   * @throws EngineException if the session cannot take them
   */
  public Evaluation(Session session, ImageSet images) {
    this.session = session;
    this.images = images;
    classes = session.network().classes();
    logits = new float[Math.multiplyExact(session.batch(), classes)];
    indices = new int[images.count()];
    int first = session.load(images);
    for (int i = 0; i < indices.length; i++) {
      indices[i] = first + i;
    }
  }

  /**
   * Classifies all images with the session's current parameters.
   *
   * @return how many are right
   * @throws EngineException if the device fails, or an output is not finite
   */
  public Accuracy accuracy() {
    return Accuracy.of(byClass());
  }

  /**
   * Classifies all images, as {@link #accuracy} does, and counts by their class.
   *
   * @return how many of each class's images are right: its recall
   * @throws EngineException as {@link #accuracy}
   */
  public List<Accuracy> byClass() {
    int[] correct = new int[images.classes()];
    int[] support = new int[images.classes()];
    for (int from = 0; from < indices.length; from += session.batch()) {
      int count = infer(from);
      for (int row = 0; row < count; row++) {
        int label = images.label(from + row);
        support[label]++;
        correct[label] +=
            SoftmaxCrossEntropy.argmax(logits, row * classes, classes) == label ? 1 : 0;
      }
    }
    return IntStream.range(0, support.length)
        .mapToObj(c -> new Accuracy(correct[c], support[c]))
        .toList();
  }

  /**
   * As {@link #accuracy}, with the mean loss.
   *
   * @return both
   * @throws EngineException as {@link #accuracy}
   */
  public Score score() {
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(classes, session.batch());
    float[] gradients = new float[logits.length];
    int[] order = IntStream.range(0, indices.length).toArray();
    double sum = 0;
    int correct = 0;
    for (int from = 0; from < indices.length; from += session.batch()) {
      int count = infer(from);
      loss.bind(images, order, from, count);
      loss.apply(logits, gradients, 0, 0, count);
      sum += loss.lossSum();
      correct += loss.correct();
    }
    return new Score(new Accuracy(correct, images.count()), sum / images.count());
  }

  /**
   * Predictions for all images, in order, with the session's current parameters.
   *
   * @return one for each image
   * @throws EngineException if the device fails, or an output is not finite
   */
  public List<Prediction> predictions() {
    List<Prediction> predictions = new ArrayList<>();
    for (int from = 0; from < indices.length; from += session.batch()) {
      int count = infer(from);
      for (int row = 0; row < count; row++) {
        predictions.add(Outputs.prediction(logits, row, classes));
      }
    }
    return predictions;
  }

  /**
   * As {@link #predictions}, with the accuracy and the time that they took.
   *
   * @return all three
   */
  public Detailed detailed() {
    return detailed(System::nanoTime);
  }

  /** With a clock of the test's own, in nanoseconds. */
  Detailed detailed(LongSupplier clock) {
    long start = clock.getAsLong();
    List<Prediction> predictions = predictions();
    return Detailed.of(predictions, images, clock.getAsLong() - start);
  }

  private int infer(int from) {
    int count = Math.min(session.batch(), indices.length - from);
    session.infer(indices, from, count, logits);
    Outputs.requireFinite(
        session, logits, count, row -> "image " + (from + row) + " of " + images.name());
    return count;
  }

  /**
   * An accuracy, with the time that it took to measure.
   *
   * @param accuracy the accuracy
   * @param seconds time for all images
   * @param imagesPerSecond images in a second
   */
  public record Timed(Accuracy accuracy, double seconds, double imagesPerSecond) {}

  /**
   * Predictions of all images, with their accuracy and time.
   *
   * @param timed the accuracy with its time
   * @param predictions of every image, in order
   */
  public record Detailed(Timed timed, List<Prediction> predictions) {

    /**
     * Compares predictions with the labels of the images.
     *
     * @param nanos time for all images, in nanoseconds
     */
    static Detailed of(List<Prediction> predictions, ImageSet images, long nanos) {
      double seconds = Math.max(1, nanos) * 1e-9; // the speed is a quotient
      int correct = 0;
      for (int i = 0; i < predictions.size(); i++) {
        correct += predictions.get(i).predicted() == images.label(i) ? 1 : 0;
      }
      Accuracy accuracy = new Accuracy(correct, images.count());
      return new Detailed(new Timed(accuracy, seconds, images.count() / seconds), predictions);
    }
  }
}
