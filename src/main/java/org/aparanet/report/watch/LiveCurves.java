package org.aparanet.report.watch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aparanet.report.training.BoundedSeries;
import org.aparanet.report.training.Point;
import org.aparanet.report.training.TrainingCurves;
import org.aparanet.train.TrainingListener;

/**
 * The curves of a training over its steps, in memory that does not grow with the run: as a whole,
 * and what is new since the last time. It is told by one thread and asked by others.
 */
final class LiveCurves implements TrainingListener {
  /** Curves with a value for each step; those of epochs come behind them. */
  private static final int OF_STEPS = 5;

  private final Map<String, Curve> curves = new LinkedHashMap<>();
  private final Curve loss = curve("loss");
  private final Curve accuracy = curve("accuracy");
  private final Curve learningRate = curve("learningRate");
  private final Curve imagesPerSecond = curve("imagesPerSecond");
  private final Curve secondsLeft = curve("secondsLeft");
  private final Curve epochLoss = curve("epochLoss");
  private final Curve trainAccuracy = curve("trainAccuracy");
  private final Curve validationAccuracy = curve("validationAccuracy");
  private final Curve testAccuracy = curve("testAccuracy");
  private Step last;

  private Curve curve(String name) {
    Curve curve = new Curve(curves.size() < OF_STEPS);
    curves.put(name, curve);
    return curve;
  }

  @Override
  public synchronized void step(Step step) {
    last = step;
    loss.add(step.step(), step.loss());
    accuracy.add(step.step(), step.accuracy());
    learningRate.add(step.step(), step.learningRate());
    imagesPerSecond.add(step.step(), step.soFar().imagesPerSecond());
    secondsLeft.add(step.step(), step.soFar().secondsLeft());
  }

  @Override
  public synchronized void epoch(Epoch epoch) {
    long step = last == null ? 0 : last.step();
    epochLoss.add(step, epoch.trainLoss());
    trainAccuracy.add(step, epoch.trainAccuracy());
    epoch.validation().ifPresent(v -> validationAccuracy.add(step, v.accuracy().share()));
    epoch.test().ifPresent(test -> testAccuracy.add(step, test.share()));
  }

  /** The last step; null before the first one. */
  synchronized Step last() {
    return last;
  }

  /** All curves, {@code {name: [[step, value], ...]}}. */
  synchronized JsonObject all() {
    JsonObject json = new JsonObject();
    curves.forEach((name, curve) -> json.add(name, Json.points(curve.series.points())));
    return json;
  }

  /**
   * What came since the last call: a point for each curve of steps, their mean, and all of epochs.
   *
   * @return empty if nothing came
   */
  synchronized JsonObject news() {
    JsonObject json = new JsonObject();
    curves.forEach(
        (name, curve) -> {
          JsonArray points = curve.news();
          if (!points.isEmpty()) {
            json.add(name, points);
          }
        });
    return json;
  }

  /** A curve, and the values that were not told yet. */
  private static final class Curve {
    private final BoundedSeries series = new BoundedSeries(TrainingCurves.MOST_POINTS);
    private final boolean joins;
    private JsonArray untold = new JsonArray();
    private double x;
    private double y;
    private int count;

    private Curve(boolean joins) {
      this.joins = joins;
    }

    private void add(double newX, double newY) {
      series.add(newX, newY);
      x += newX;
      y += newY;
      count++;
      if (!joins) {
        join();
      }
    }

    private void join() {
      if (count > 0) {
        untold.add(Json.point(new Point(x / count, y / count)));
      }
      if (untold.size() > TrainingCurves.MOST_POINTS) { // nobody has asked
        untold.remove(0);
      }
      x = 0;
      y = 0;
      count = 0;
    }

    private JsonArray news() {
      join();
      JsonArray news = untold;
      untold = new JsonArray();
      return news;
    }
  }
}
