package org.aparanet.report.training;

import java.util.ArrayList;
import java.util.List;

/**
 * A series of any length in bounded memory: once it is full, neighbours are joined to their mean,
 * and from then on each point is the mean of twice as many values as before.
 */
public final class BoundedSeries {
  private final double[] xs;
  private final double[] ys;
  private int size;
  private long together = 1;
  private long pending;
  private double pendingX;
  private double pendingY;

  /**
   * @param limit the most points, even
   */
  public BoundedSeries(int limit) {
    if (limit < 2 || limit % 2 != 0) {
      throw new IllegalArgumentException("a limit of " + limit + " points; it must be even");
    }
    xs = new double[limit];
    ys = new double[limit];
  }

  /** Adds a value; the earlier ones have smaller x. */
  public void add(double x, double y) {
    pendingX += x;
    pendingY += y;
    pending++;
    if (pending == together) {
      xs[size] = pendingX / pending;
      ys[size] = pendingY / pending;
      size++;
      pending = 0;
      pendingX = 0;
      pendingY = 0;
      if (size == xs.length) {
        joinNeighbours();
      }
    }
  }

  /** The points so far; the last one may stand for fewer values than the others. */
  public List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      points.add(new Point(xs[i], ys[i]));
    }
    if (pending > 0) {
      points.add(new Point(pendingX / pending, pendingY / pending));
    }
    return points;
  }

  private void joinNeighbours() {
    size /= 2;
    for (int i = 0; i < size; i++) {
      xs[i] = (xs[2 * i] + xs[2 * i + 1]) / 2;
      ys[i] = (ys[2 * i] + ys[2 * i + 1]) / 2;
    }
    together *= 2;
  }
}
