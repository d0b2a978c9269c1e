package org.aparanet.report.prediction;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Predictions as CSV (RFC 4180): a header, then a row for each image with its most probable
 * classes. The columns are {@code image,class,name,probability} for one class, and {@code
 * image,class1,name1,probability1,class2,...} for several. The name of a class that has none is
 * empty.
 */
public final class PredictionCsv implements PredictionReport {
  private static final String LINE_END = "\r\n"; // as the RFC has it on every system

  private final Writer out;
  private final int most;
  private final List<String> classNames;
  private boolean begun;

  /**
   * @param most how many classes a row has, at most as many as there are
   * @param classNames what the classes are called, in their order; may be fewer than there are
   */
  public PredictionCsv(Writer out, int most, List<String> classNames) {
    this.out = out;
    this.most = most;
    this.classNames = List.copyOf(classNames);
  }

  @Override
  public void add(PredictedImage image) throws IOException {
    if (!begun) {
      row(header());
      begun = true;
    }
    double[] probabilities = image.prediction().probabilities();
    List<String> cells = new ArrayList<>(List.of(image.name()));
    for (int c : image.prediction().best(most)) {
      cells.add("" + c);
      cells.add(c < classNames.size() ? classNames.get(c) : "");
      cells.add("" + probabilities[c]);
    }
    row(cells);
  }

  private List<String> header() {
    List<String> cells = new ArrayList<>(List.of("image"));
    for (int rank = 1; rank <= most; rank++) {
      String number = most == 1 ? "" : "" + rank;
      cells.addAll(List.of("class" + number, "name" + number, "probability" + number));
    }
    return cells;
  }

  private void row(List<String> cells) throws IOException {
    out.write(
        cells.stream().map(PredictionCsv::quoted).collect(Collectors.joining(",", "", LINE_END)));
  }

  private static String quoted(String cell) {
    return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? '"' + cell.replace("\"", "\"\"") + '"'
        : cell;
  }

  @Override
  public void finish(int unreadable) throws IOException {
    out.flush();
  }
}
