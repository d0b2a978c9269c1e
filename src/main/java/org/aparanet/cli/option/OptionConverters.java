package org.aparanet.cli.option;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aparanet.data.DataSets;
import org.aparanet.data.Suggestion;
import org.aparanet.data.fetch.Catalogue;
import org.aparanet.data.fetch.CatalogueEntry;
import org.aparanet.data.format.FileName;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.select.DeviceChoice;
import org.aparanet.engine.select.DeviceChoices;
import org.aparanet.model.ChannelValues;
import org.aparanet.model.Shape;
import org.aparanet.train.ClassWeights;
import org.aparanet.train.LearningRateSchedule;
import org.aparanet.train.OptimizerNames;
import org.aparanet.train.ParameterAverage;
import org.aparanet.train.Preset;
import org.aparanet.train.Rounds;
import org.aparanet.train.Shares;
import org.aparanet.train.SyncInterval;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.evaluate.ShiftedEvaluation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converters of option values. The messages of their exceptions continue "it takes" with what is
 * allowed.
 */
public final class OptionConverters {
  private OptionConverters() {}

  /** One of a few words, in capitals or not. */
  public static String word(String text, List<String> allowed) {
    String lower = text.toLowerCase(Locale.ROOT);
    return allowed.stream()
        .filter(lower::equals)
        .findFirst()
        .orElseThrow(() -> refusal(text, allowed));
  }

  /** Refuses a word that is not allowed. */
  private static TypeConversionException refusal(String word, List<String> allowed) {
    String last = allowed.get(allowed.size() - 1);
    return new TypeConversionException(
        String.join(", ", allowed.subList(0, allowed.size() - 1))
            + " or "
            + last
            + Suggestion.question(word, allowed));
  }

  /** A whole number within limits. */
  abstract static class WholeNumber implements ITypeConverter<Integer> {
    private final int least;
    private final int most;

    WholeNumber(int least, int most) {
      this.least = least;
      this.most = most;
    }

    @Override
    public Integer convert(String text) {
      try {
        int value = Integer.parseInt(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        // refused below, like a number out of range
      }
      throw new TypeConversionException("a whole number from " + least + " to " + most);
    }
  }

  static final class Epochs extends WholeNumber {
    Epochs() {
      super(1, TrainingPlan.MAXIMUM_EPOCHS);
    }
  }

  public static final class Batch extends WholeNumber {
    Batch() {
      super(1, TrainingPlan.MAXIMUM_BATCH);
    }
  }

  public static final class Top extends WholeNumber {
    Top() {
      super(1, Integer.MAX_VALUE);
    }
  }

  public static final class Limit extends WholeNumber {
    Limit() {
      super(1, Integer.MAX_VALUE);
    }
  }

  public static final class Threads extends WholeNumber {
    Threads() {
      super(1, 1024);
    }
  }

  public static final class Round extends WholeNumber {
    Round() {
      super(1, Rounds.MAXIMUM_STEPS);
    }
  }

  /** A number of layers, or 0 for none. */
  static final class Frozen extends WholeNumber {
    Frozen() {
      super(0, 9999);
    }
  }

  /** A port, or 0 for any. */
  public static final class Port extends WholeNumber {
    Port() {
      super(0, 65_535);
    }
  }

  public static final class Shifts extends WholeNumber {
    Shifts() {
      super(0, ShiftedEvaluation.MAXIMUM_SHIFT);
    }
  }

  /** A finite number within limits. */
  abstract static class Decimal implements ITypeConverter<Float> {
    private static final Pattern DECIMAL =
        Pattern.compile("[0-9]*\\.?[0-9]+([eE][-+]?[0-9]{1,3})?");

    private final DoublePredicate allowed;
    private final String expected;

    Decimal(DoublePredicate allowed, String expected) {
      this.allowed = allowed;
      this.expected = expected;
    }

    @Override
    public Float convert(String text) {
      if (DECIMAL.matcher(text).matches()) {
        float value = Float.parseFloat(text);
        if (Float.isFinite(value) && allowed.test(value)) {
          return value;
        }
      }
      throw new TypeConversionException(expected);
    }
  }

  static final class LearningRate extends Decimal {
    LearningRate() {
      super(value -> value > 0, "a number above 0, such as 0.05");
    }
  }

  static final class NotNegative extends Decimal {
    NotNegative() {
      super(value -> value >= 0, "a number from 0 on, such as 0.0005");
    }
  }

  static final class BelowOne extends Decimal {
    BelowOne() {
      super(value -> value >= 0 && value < 1, "a number from 0 to below 1, such as 0.1");
    }
  }

  static final class Fraction extends Decimal {
    Fraction() {
      super(value -> value > 0 && value < 1, "a number above 0 and below 1, such as 0.1");
    }
  }

  static final class OptimizerRule implements ITypeConverter<Optimizer.Rule> {
    @Override
    public Optimizer.Rule convert(String text) {
      return OptimizerNames.named(text).orElseThrow(() -> refusal(text, OptimizerNames.all()));
    }
  }

  static final class SoftmaxPlace implements ITypeConverter<TrainingPlan.Softmax> {
    @Override
    public TrainingPlan.Softmax convert(String text) {
      return TrainingPlan.Softmax.valueOf(
          word(text, List.of("host", "device")).toUpperCase(Locale.ROOT));
    }
  }

  static final class Weights implements ITypeConverter<ClassWeights> {
    @Override
    public ClassWeights convert(String text) {
      return ClassWeights.named(text).orElseThrow(() -> refusal(text, ClassWeights.labels()));
    }
  }

  public static final class PresetName implements ITypeConverter<Preset> {
    @Override
    public Preset convert(String text) {
      return Preset.named(text).orElseThrow(() -> refusal(text, Preset.labels()));
    }
  }

  static final class Schedule implements ITypeConverter<LearningRateSchedule> {
    @Override
    public LearningRateSchedule convert(String text) {
      try {
        return LearningRateSchedule.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "constant, step EPOCHS FACTOR, cosine or one-cycle [SHARE], each also behind \"warmup"
                + " STEPS,\" or \"warmup Nepochs,\"");
      }
    }
  }

  static final class Ema implements ITypeConverter<ParameterAverage> {
    @Override
    public ParameterAverage convert(String text) {
      try {
        return ParameterAverage.ema(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "none or a decay from 0 to below 1, such as 0.99, also with steps behind it, such as"
                + " \"0.99 every 10\"");
      }
    }
  }

  static final class Swa implements ITypeConverter<ParameterAverage> {
    @Override
    public ParameterAverage convert(String text) {
      try {
        return ParameterAverage.swa(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "none or the last part of the run, such as 0.25 or 5epochs, also with steps behind it,"
                + " such as \"0.25 every 10\"");
      }
    }
  }

  public static final class FilePath implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.isEmpty()) { // to Java, the working folder
        throw new TypeConversionException("the name of a file or folder");
      }
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw new TypeConversionException("the name of a file or folder: " + FileName.reason(e));
      }
    }
  }

  /** The name of a file, or a hyphen. */
  public static final class FileOrStandardOutput implements ITypeConverter<Destination> {
    @Override
    public Destination convert(String text) {
      if (text.isEmpty()) {
        throw new TypeConversionException("the name of a file, or - for the standard output");
      }
      return new Destination(new FilePath().convert(text));
    }
  }

  public static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE);
      }
    }
  }

  public static final class Sync implements ITypeConverter<SyncInterval> {
    @Override
    public SyncInterval convert(String text) {
      try {
        return SyncInterval.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "a number of steps from 1 to "
                + SyncInterval.MAXIMUM
                + ", or of seconds with an s behind it, such as 30s");
      }
    }
  }

  public static final class Input implements ITypeConverter<Shape> {
    private static final Pattern SIDES = Pattern.compile("([13])x([0-9]{1,5})x([0-9]{1,5})");

    @Override
    public Shape convert(String text) {
      Matcher sides = SIDES.matcher(text);
      if (sides.matches()) {
        try {
          return new Shape(
              Integer.parseInt(sides.group(1)),
              Integer.parseInt(sides.group(2)),
              Integer.parseInt(sides.group(3)));
        } catch (IllegalArgumentException e) {
          if (isTooLarge(sides)) {
            throw new TypeConversionException(
                "images of at most " + Shape.MAXIMUM_SIZE + " values, such as 3x32x32");
          }
        }
      }
      throw new TypeConversionException(
          "1 or 3 channels x height x width, such as 1x28x28 or 3x32x32");
    }

    private static boolean isTooLarge(Matcher sides) {
      return Long.parseLong(sides.group(1))
              * Integer.parseInt(sides.group(2))
              * Integer.parseInt(sides.group(3))
          > Shape.MAXIMUM_SIZE;
    }
  }

  static final class Channels implements ITypeConverter<ChannelValues> {
    @Override
    public ChannelValues convert(String text) {
      try {
        return ChannelValues.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "a finite number for each channel, with commas between them, such as 0.485,0.456,0.406");
      }
    }
  }

  public static final class Fetched implements ITypeConverter<CatalogueEntry> {
    @Override
    public CatalogueEntry convert(String text) {
      return Catalogue.named(text).orElseThrow(() -> refusal(text, DataSets.names()));
    }
  }

  /** The address of a folder: a slash is put behind it, so that names can follow. */
  public static final class Mirror implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        URI address = new URI(text.endsWith("/") ? text : text + "/");
        boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (web
            && address.getHost() != null
            && address.getQuery() == null
            && address.getFragment() == null) {
          return address;
        }
      } catch (URISyntaxException e) {
        // refused below
      }
      throw new TypeConversionException(
          "the http or https address of a folder, such as http://example.org/kmnist/");
    }
  }

  public static final class DeviceName implements ITypeConverter<DeviceChoice> {
    @Override
    public DeviceChoice convert(String text) {
      try {
        return DeviceChoice.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "auto, gpu, cpu or opencl:N"
                + Suggestion.question(text, List.of("auto", "gpu", "cpu", "opencl:0")));
      }
    }
  }

  /** One or several devices, with commas between them. */
  public static final class DeviceNames implements ITypeConverter<DeviceChoices> {
    @Override
    public DeviceChoices convert(String text) {
      try {
        return DeviceChoices.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "auto, all, gpu, cpu or opencl:N, of the last three also several, such as opencl:0,cpu,"
                + " at most "
                + DeviceChoices.MAXIMUM
                + Suggestion.question(text, List.of("auto", "gpu", "cpu", "opencl:0", "all")));
      }
    }
  }

  static final class Parts implements ITypeConverter<Shares> {
    @Override
    public Shares convert(String text) {
      try {
        return Shares.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "whole numbers from 1 to "
                + Shares.MAXIMUM_PART
                + " with colons between them, such as 3:1, at most "
                + Shares.MAXIMUM);
      }
    }
  }
}
