package org.aparanet.report.evaluation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.model.Model;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.report.training.TrainingCurves;
import org.aparanet.train.evaluate.ConfusionMatrix;
import org.aparanet.train.evaluate.Prediction;

/** Results of the test of a model. */
public final class EvaluationReport {

  /** How many of the worst mistakes are shown. */
  public static final int MISTAKES = 24;

  /** A longer text would make a poor heading. */
  private static final int LONGEST_HEADING = 60;

  final String network;
  final String layers;
  final int parameters;
  final String dataSet;
  final int channels;
  final String device;
  final Instant time;
  final double loss;
  final ConfusionMatrix confusion;
  final List<Mistake> mistakes;
  final Optional<FirstFilters> filters;
  final List<Fact> facts = new ArrayList<>();
  private final List<String> classNames;
  Optional<TrainingCurves> curves = Optional.empty();

  /**
   * Draws everything from a test.
   *
   * @param model what was tested
   * @param images what it was tested on
   * @param predictions what the model said of each image, in order
   * @param device where it was tested
   * @param time when it was tested
   * @param classNames what the classes are called, in their order; for a class beyond them its
   *     number stands
   * @throws IllegalArgumentException if there are no images, or not as many predictions as images
   */
  public EvaluationReport(
      Model model,
      ImageSet images,
      List<Prediction> predictions,
      Device device,
      Instant time,
      List<String> classNames) {
    if (images.count() == 0) {
      throw new IllegalArgumentException(images.name() + " has no images to report of");
    }
    confusion = new ConfusionMatrix(images, predictions);
    layers = model.network().text();
    network =
        NamedNetwork.of(model.network())
            .map(NamedNetwork::label)
            .orElseGet(() -> heading(model.network()));
    parameters = model.network().parameterCount();
    dataSet = images.name();
    channels = images.shape().channels();
    this.device = device.toString();
    this.time = Objects.requireNonNull(time);
    this.classNames = List.copyOf(classNames);
    double sum = 0;
    for (int i = 0; i < images.count(); i++) {
      sum += predictions.get(i).loss(images.label(i));
    }
    loss = sum / images.count();
    mistakes = Mistake.worst(images, predictions, MISTAKES);
    filters = FirstFilters.of(model);
  }

  /** Adds something to know, such as how the model was trained. */
  public EvaluationReport with(String name, String value) {
    facts.add(new Fact(name, value));
    return this;
  }

  /** Adds the curves of the training. */
  public EvaluationReport with(TrainingCurves training) {
    curves = Optional.of(training);
    return this;
  }

  private static String heading(Network network) {
    return network.text().length() <= LONGEST_HEADING
        ? network.text()
        : "Network of " + network.nodes().size() + " layers";
  }

  /** Label of a class: its number, and its name where that is known. */
  String label(int c) {
    return c < classNames.size() ? c + " " + classNames.get(c) : "" + c;
  }

  /**
   * Something to know.
   *
   * @param name what it is
   * @param value the thing itself
   */
  record Fact(String name, String value) {}
}
