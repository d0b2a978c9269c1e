package org.aparanet.report.prediction;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.aparanet.data.format.Printable;

/** Predictions to read, with the names of the classes where they are known. */
public final class PredictionText {
  private final PrintWriter out;
  private final List<String> classNames;

  /**
   * @param classNames what the classes are called, in their order; may be fewer than there are
   */
  public PredictionText(PrintWriter out, List<String> classNames) {
    this.out = out;
    this.classNames = List.copyOf(classNames);
  }

  /** A line for each image and, below it, one for the probability of each class. */
  public PredictionReport blocks() {
    return lines(this::block);
  }

  /**
   * A line for each image, with its most probable classes.
   *
   * @param most how many classes
   */
  public PredictionReport lines(int most) {
    return lines(image -> line(image, most));
  }

  private void block(PredictedImage image) {
    int predicted = image.prediction().predicted();
    double[] probabilities = image.prediction().probabilities();
    out.println(shown(image) + ": class " + predicted + name(" ", predicted) + label(image));
    for (int c = 0; c < probabilities.length; c++) {
      out.printf(Locale.ROOT, "  %3d  %.6f%s%n", c, probabilities[c], name("  ", c));
    }
  }

  private void line(PredictedImage image, int most) {
    double[] probabilities = image.prediction().probabilities();
    String best =
        Arrays.stream(image.prediction().best(most))
            .mapToObj(
                c ->
                    String.format(
                        Locale.ROOT, "class %d%s %.4f", c, name(" ", c), probabilities[c]))
            .collect(Collectors.joining(", "));
    out.println(shown(image) + ": " + best + label(image));
  }

  private static String shown(PredictedImage image) {
    return Printable.of(image.name());
  }

  /** The class that the image has, in brackets; empty where it is not known. */
  private String label(PredictedImage image) {
    return image.label().isEmpty()
        ? ""
        : " (labelled " + image.label().getAsInt() + name(" ", image.label().getAsInt()) + ")";
  }

  /** Name of a class, behind a space; empty where it is not known. */
  private String name(String space, int c) {
    return c < classNames.size() ? space + Printable.of(classNames.get(c)) : "";
  }

  private interface Printer {
    void print(PredictedImage image);
  }

  private static PredictionReport lines(Printer printer) {
    return new PredictionReport() {
      @Override
      public void add(PredictedImage image) {
        printer.print(image);
      }

      @Override
      public void finish(int unreadable) {
        // the command says on the standard error stream what could not be read
      }
    };
  }
}
