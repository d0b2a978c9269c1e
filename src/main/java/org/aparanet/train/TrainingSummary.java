package org.aparanet.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.TrainingMemory;
import org.aparanet.model.ChannelValues;
import org.aparanet.model.Network;

/**
 * A training in words.
 *
 * @param network to be trained
 * @param plan of the training
 * @param validation part of the training images that is held out; 0 for none
 */
public record TrainingSummary(Network network, TrainingPlan plan, float validation) {

  /**
   * Such as {@code mnist train: 60000 images of 1x28x28 in 10 classes; mnist test: 10000}.
   *
   * @param data images to train and test with
   * @return the line
   */
  public static String of(TrainingData data) {
    ImageSet train = data.train();
    return String.format(
        Locale.ROOT,
        "%s: %d images of %s in %d classes; %s%s: %d",
        train.name(),
        train.count(),
        train.shape(),
        train.classes(),
        data.validation().map(held -> held.name() + ": " + held.count() + "; ").orElse(""),
        data.test().name(),
        data.test().count());
  }

  /**
   * Such as {@code memory: 45 MB of parameters, gradients and moments, 310 MB of activations at
   * batch 32, 12 MB of images}.
   *
   * @param memory of the session, or of all sessions
   * @param sessions how many there are
   * @param plan of the training
   * @param data images to train and test with
   * @return the line
   */
  public static String of(
      TrainingMemory memory, int sessions, TrainingPlan plan, TrainingData data) {
    long images = data.bytesInMemory();
    return String.format(
        Locale.ROOT,
        "memory%s: %s of parameters, gradients and moments, %s of activations at batch %d, %s",
        sessions == 1 ? "" : " of " + sessions + " devices",
        megabytes(memory.parameters()),
        megabytes(memory.activations()),
        plan.batch(),
        images == 0 ? "images in files" : megabytes(images) + " of images");
  }

  /**
   * How a plan's batches are trained by several devices, such as {@code opencl:0 (NVIDIA H200) and
   * cpu (Java engine), 3:1, averaged after every step}; a device alone where they are not divided.
   *
   * @param devices that train
   * @param plan of the training
   * @return the words
   */
  public static String of(List<Device> devices, TrainingPlan plan) {
    Rounds rounds = plan.rounds();
    String every = rounds.steps() == 1 ? "step" : rounds.steps() + " steps";
    return Device.names(devices)
        + (rounds.areDivided() ? ", " + rounds.shares() + ", averaged after every " + every : "");
  }

  /**
   * {@return the devices of a result: one after the other, or several that trained together}
   *
   * @param result of the training
   * @param plan of the training
   */
  public static String devices(TrainingResult result, TrainingPlan plan) {
    return plan.rounds().areDivided()
        ? Device.names(result.devices())
        : Device.inTurn(result.devices());
  }

  /**
   * {@return that other devices do the work of one that failed, in a sentence without a full stop}
   *
   * @param cause what the device said
   * @param failed the device
   * @param others those that take over its share
   */
  public static String moved(EngineException cause, Device failed, List<Device> others) {
    String said = cause.getMessage();
    return (said.startsWith(failed.toString()) ? said : failed + " failed: " + said)
        + (others.isEmpty()
            ? "; it had nothing to do"
            : "; its share goes to " + Device.names(others) + ", nothing is lost");
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, bytes < 10_000_000 ? "%.1f MB" : "%,.0f MB", bytes / 1e6);
  }

  /**
   * {@return which epoch is the result}
   *
   * @param best the epoch
   */
  public static String of(Best best) {
    return String.format(
        Locale.ROOT,
        "the result is epoch %d, the best one on the validation images: loss %.4f, accuracy %s",
        best.epoch(),
        best.score().loss(),
        best.score().accuracy());
  }

  /**
   * {@return the line for the user: the main settings, and those that differ from their defaults}
   */
  public String line() {
    StringBuilder line = new StringBuilder();
    line.append("epochs ").append(plan.epochs());
    line.append(", batch ").append(plan.batch());
    line.append(", learning rate ").append(plan.learningRate());
    line.append(", seed ").append(plan.seed());
    unusual()
        .forEach(
            (name, value) ->
                line.append(", ").append(name.replace('_', ' ')).append(' ').append(value));
    return line.toString();
  }

  /** {@return the description for the history: all that determines the result, but the images} */
  public Map<String, Object> description() {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("network", network.text());
    run.put("input", network.input().toString());
    run.put("epochs", plan.epochs());
    run.put("batch", plan.batch());
    run.put("learning_rate", plan.learningRate());
    run.put("seed", plan.seed());
    run.put("shuffle", plan.shuffle());
    run.putAll(unusual());
    return run;
  }

  /** Settings that differ from their defaults. */
  private Map<String, Object> unusual() {
    Map<String, Object> run = new LinkedHashMap<>();
    network
        .normalization()
        .ifPresent(
            normalization -> {
              run.put("mean", new ChannelValues(normalization.mean()).toString());
              run.put("std", new ChannelValues(normalization.std()).toString());
            });
    putUnless(run, "head_rate", plan.headRate(), plan.learningRate());
    Optimizer optimizer = plan.optimizer();
    if (optimizer.rule() != Optimizer.Rule.SGD) {
      run.put("optimizer", OptimizerNames.of(optimizer.rule()));
      run.put("momentum", optimizer.momentum());
    }
    if (optimizer.rule().moments() > 1) {
      run.put("beta2", optimizer.beta2());
    }
    putUnless(run, "weight_decay", optimizer.weightDecay(), 0f);
    putUnless(run, "clip_norm", optimizer.clipNorm(), Float.POSITIVE_INFINITY);
    putUnless(run, "schedule", plan.schedule().text(), "constant");
    putUnless(run, "label_smoothing", plan.labelSmoothing(), 0f);
    putUnless(run, "class_weights", plan.classWeights().label(), ClassWeights.NONE.label());
    putUnless(run, "freeze", plan.freeze(), 0);
    putUnless(run, "augment", plan.augmentation().text(), "none");
    if (plan.average() != ParameterAverage.NONE) {
      run.put(
          plan.average() instanceof ParameterAverage.Mean ? "swa" : "ema", plan.average().text());
    }
    putUnless(run, "validation", validation, 0f);
    putUnless(run, "patience", plan.patience(), 0);
    putUnless(run, "test_every", plan.testEvery(), 1);
    if (plan.rounds().areDivided()) {
      run.put("round", plan.rounds().steps());
      run.put("share", plan.rounds().shares().toString());
      putUnless(run, "sharded", plan.rounds().sharded(), false);
    }
    return run;
  }

  private static void putUnless(Map<String, Object> run, String name, Object value, Object usual) {
    if (!value.equals(usual)) {
      run.put(name, value);
    }
  }
}
