package org.aparanet.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of a network, such as {@code conv 32 3 same relu, pool 2, dense 128 relu, dense
 * 10}.
 *
 * <pre>
 * network = layer { "," layer }
 * layer   = "conv" FILTERS SIZE { "stride" N | "pad" N | "same" | "nobias" } [ "relu" ]
 *         | "pool" N { "stride" N | "pad" N } [ "relu" ]
 *         | "avgpool" N [ "stride" N ] [ "relu" ]
 *         | "globalpool" [ "relu" ]
 *         | "batchnorm" [ "relu" ]
 *         | "leakyrelu" SLOPE [ "relu" ]
 *         | "dropout" PROBABILITY [ "relu" ]
 *         | "dense" OUTPUTS [ "relu" ]
 *         | "[" network [ "|" network ] "]" [ "relu" ]    (adds the two outputs, both of the same
 *                                               input; without a second network the input itself)
 *         | "relu"
 * SIZE    = N | N "x" N                      (rows x columns)
 * N       = 1 ... 99999999                   (pad also takes 0)
 * </pre>
 *
 * <p>Words are separated by white space; upper and lower case are alike.
 */
public final class NetworkText {

  /** The longest text that is read, in characters. */
  public static final int MAXIMUM_LENGTH = 10_000;

  private static final Pattern TOKEN = Pattern.compile("[^\\s,\\[\\]|]+|[,\\[\\]|]");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,8}");
  private static final int LARGEST_NUMBER = 99_999_999;
  private static final Pattern FRACTION = Pattern.compile("0|0?\\.[0-9]{1,60}");
  private static final String LAYERS =
      "conv, pool, avgpool, globalpool, batchnorm, leakyrelu, dropout, dense, relu or [";

  /** Brackets deeper than this are a mistake. */
  private static final int DEEPEST = 100;

  private final String text;
  private final List<Word> words = new ArrayList<>();
  private int next;

  private NetworkText(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      words.add(new Word(matcher.group(), matcher.start() + 1));
    }
  }

  /**
   * Reads a network's layers.
   *
   * @param input shape of one image
   * @param text the layers, as the grammar above says
   * @return the network
   * @throws IllegalArgumentException with one sentence that names the word, its position (counted
   *     from 1) and what is allowed there
   */
  public static Network parse(Shape input, String text) {
    if (text.length() > MAXIMUM_LENGTH) {
      throw new IllegalArgumentException(
          "a network's text may have " + MAXIMUM_LENGTH + " characters; this has " + text.length());
    }
    return new Network(input, new NetworkText(text).layers());
  }

  private List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    sequence(layers, 0);
    if (next < words.size()) {
      throw refuse("a comma or the end");
    }
    return layers;
  }

  private void sequence(List<Layer> layers, int depth) {
    do {
      layer(layers, depth);
    } while (take(","));
  }

  private void layer(List<Layer> layers, int depth) {
    if (take("relu")) {
      layers.add(new Relu());
      return;
    }
    if (take("[")) {
      branch(layers, depth + 1);
    } else {
      layers.add(simple());
    }
    if (take("relu")) {
      layers.add(new Relu());
    }
  }

  private Layer simple() {
    if (take("conv")) {
      return convolution();
    }
    if (take("pool")) {
      return maxPool();
    }
    if (take("avgpool")) {
      int size = number("a window size", 1);
      return new AveragePool(size, take("stride") ? number("a stride", 1) : size);
    }
    if (take("globalpool")) {
      return new GlobalAveragePool();
    }
    if (take("batchnorm")) {
      return new BatchNorm();
    }
    if (take("dropout")) {
      return new Dropout(fraction("a probability (from 0 to below 1, such as 0.5)"));
    }
    if (take("leakyrelu")) {
      return new LeakyRelu(fraction("a slope (from 0 to below 1, such as 0.01)"));
    }
    if (take("dense")) {
      return new Dense(number("a number of outputs", 1));
    }
    throw refuse(LAYERS);
  }

  private void branch(List<Layer> layers, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(
          at(words.get(next - 1)) + ": more than " + DEEPEST + " brackets are open");
    }
    int before = layers.size();
    sequence(layers, depth);
    int added = before;
    if (take("|")) {
      added = layers.size();
      layers.add(new Shortcut(added - before));
      sequence(layers, depth);
    }
    if (!take("]")) {
      throw refuse(added == before ? "a comma, | or ]" : "a comma or ]");
    }
    layers.add(new ResidualAdd(layers.size() - added));
  }

  private float fraction(String expected) {
    if (next < words.size() && FRACTION.matcher(words.get(next).text()).matches()) {
      float value = Float.parseFloat(words.get(next).text());
      if (value < 1) {
        next++;
        return value;
      }
    }
    throw refuse(expected);
  }

  /** The text of a number from 0 to below 1, which is read as that number. */
  static String fraction(float number) {
    return new BigDecimal(Float.toString(number)).stripTrailingZeros().toPlainString();
  }

  private Layer maxPool() {
    int size = number("a window size", 1);
    int stride = size;
    int padding = 0;
    Word padded = words.get(next - 1);
    Set<String> options = new HashSet<>(Set.of("stride", "pad"));
    while (next < words.size() && options.remove(words.get(next).text().toLowerCase(Locale.ROOT))) {
      if (take("stride")) {
        stride = number("a stride", 1);
      } else {
        next++;
        padding = number("a padding", 0);
        padded = words.get(next - 1);
      }
    }
    try {
      return new MaxPool(size, stride, padding);
    } catch (IllegalArgumentException e) { // every other number has been checked: the padding
      throw new IllegalArgumentException(at(padded) + ": " + e.getMessage(), e);
    }
  }

  private Layer convolution() {
    int filters = number("a number of filters", 1);
    int[] size = size();
    int stride = 1;
    int padding = 0;
    boolean bias = true;
    Word padded = words.get(next - 1);
    List<String> seen = new ArrayList<>();
    while (next < words.size()) {
      Word word = words.get(next);
      String option = word.text().toLowerCase(Locale.ROOT);
      if (!List.of("stride", "pad", "same", "nobias").contains(option)) {
        break;
      }
      String kind = option.equals("same") ? "pad" : option;
      if (seen.contains(kind)) {
        throw refuse("each of stride, pad or same, and nobias once");
      }
      seen.add(kind);
      next++;
      switch (option) {
        case "stride" -> stride = number("a stride", 1);
        case "pad" -> {
          padding = number("a padding", 0);
          padded = words.get(next - 1);
        }
        case "nobias" -> bias = false;
        default -> {
          if (size[0] != size[1] || size[0] % 2 == 0) {
            throw new IllegalArgumentException(
                at(word)
                    + ": same needs a square filter of odd size, not "
                    + size[0]
                    + "x"
                    + size[1]);
          }
          padding = size[0] / 2;
        }
      }
    }
    try {
      return new Convolution(filters, size[0], size[1], stride, padding, bias);
    } catch (IllegalArgumentException e) { // every other number has been checked: the padding
      throw new IllegalArgumentException(at(padded) + ": " + e.getMessage(), e);
    }
  }

  private int[] size() {
    String expected = "a filter size, such as 3 or 3x5";
    if (next < words.size()) {
      String[] sides = words.get(next).text().toLowerCase(Locale.ROOT).split("x", -1);
      if (sides.length == 2
          && NUMBER.matcher(sides[0]).matches()
          && NUMBER.matcher(sides[1]).matches()) {
        int[] size = {Integer.parseInt(sides[0]), Integer.parseInt(sides[1])};
        if (size[0] < 1 || size[1] < 1) {
          throw refuse(expected);
        }
        next++;
        return size;
      }
    }
    int side = number(expected, 1);
    return new int[] {side, side};
  }

  private int number(String expected, int least) {
    if (next < words.size() && NUMBER.matcher(words.get(next).text()).matches()) {
      int value = Integer.parseInt(words.get(next).text());
      if (value >= least) {
        next++;
        return value;
      }
    }
    throw refuse(expected + " (a whole number from " + least + " to " + LARGEST_NUMBER + ")");
  }

  private boolean take(String word) {
    if (next < words.size() && words.get(next).text().equalsIgnoreCase(word)) {
      next++;
      return true;
    }
    return false;
  }

  private IllegalArgumentException refuse(String expected) {
    return new IllegalArgumentException(
        next < words.size()
            ? at(words.get(next)) + ": expected " + expected
            : "the network's text \""
                + shortened(text.strip())
                + "\" ends where "
                + expected
                + " is expected");
  }

  private static String at(Word word) {
    return "word \""
        + shortened(word.text())
        + "\" at character "
        + word.position()
        + " of the network's text";
  }

  private static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }

  private record Word(String text, int position) {}
}
