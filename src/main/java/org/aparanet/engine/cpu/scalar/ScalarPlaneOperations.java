package org.aparanet.engine.cpu.scalar;

import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.engine.cpu.vector.PlaneOperations;
import org.aparanet.engine.cpu.vector.Pooling;

/** Plane by plane in plain Java; the layouts have one lane. */
final class ScalarPlaneOperations implements PlaneOperations {

  /** What is done with a row of elements. */
  @FunctionalInterface
  private interface Row {
    /**
     * @param c the channel
     * @param at index of the row's first element, in the first tensor
     * @param y the row
     */
    void accept(int c, int y, int at);
  }

  private static void rows(LaneLayout l, Row row) {
    for (int c = 0; c < l.shape().channels(); c++) {
      for (int y = 0; y < l.shape().height(); y++) {
        row.accept(c, y, l.index(c, y, 0));
      }
    }
  }

  private static int step(LaneLayout l) {
    return l.spread() * l.columnStride();
  }

  @Override
  public void sums(LaneLayout l, float[] x, int images, int first, double[] sums) {
    rows(
        l,
        (c, y, at) -> {
          for (int i = 0; i < l.shape().width(); i++) {
            sums[first + c] += x[at + i * step(l)];
          }
        });
  }

  @Override
  public void squares(
      LaneLayout l, float[] x, int images, int first, float[] means, double[] sums) {
    rows(
        l,
        (c, y, at) -> {
          for (int i = 0; i < l.shape().width(); i++) {
            float distance = x[at + i * step(l)] - means[first + c];
            sums[first + c] += distance * distance;
          }
        });
  }

  @Override
  public void normalize(
      LaneLayout lx,
      float[] x,
      LaneLayout ly,
      float[] y,
      int first,
      float[] mean,
      float[] scale,
      float[] shift,
      boolean relu) {
    rows(
        lx,
        (c, row, at) -> {
          int to = ly.index(c, row, 0);
          for (int i = 0; i < lx.shape().width(); i++) {
            float value =
                (x[at + i * step(lx)] - mean[first + c]) * scale[first + c] + shift[first + c];
            y[to + i * step(ly)] = relu && value < 0 ? 0 : value;
          }
        });
  }

  @Override
  public void gradientSums(
      LaneLayout lx,
      float[] x,
      LaneLayout ldy,
      float[] dy,
      int images,
      int first,
      float[] mean,
      double[] sums,
      double[] products) {
    rows(
        lx,
        (c, row, at) -> {
          int from = ldy.index(c, row, 0);
          for (int i = 0; i < lx.shape().width(); i++) {
            float d = dy[from + i * step(ldy)];
            sums[first + c] += d;
            products[first + c] += d * (x[at + i * step(lx)] - mean[first + c]);
          }
        });
  }

  @Override
  public void normalizeBackward(
      LaneLayout lx,
      float[] x,
      LaneLayout ldy,
      float[] dy,
      LaneLayout ldx,
      float[] dx,
      int images,
      int first,
      float[] mean,
      float[] a,
      float[] b,
      float[] scale) {
    rows(
        lx,
        (c, row, at) -> {
          int from = ldy.index(c, row, 0);
          int to = ldx.index(c, row, 0);
          for (int i = 0; i < lx.shape().width(); i++) {
            float through = dy[from + i * step(ldy)] - a[first + c];
            dx[to + i * step(ldx)] =
                (through - (x[at + i * step(lx)] - mean[first + c]) * b[first + c])
                    * scale[first + c];
          }
        });
  }

  @Override
  public void add(
      LaneLayout lx, float[] x, LaneLayout ly, float[] y, LaneLayout lz, float[] z, boolean relu) {
    rows(
        lx,
        (c, row, at) -> {
          int other = ly.index(c, row, 0);
          int to = lz.index(c, row, 0);
          for (int i = 0; i < lx.shape().width(); i++) {
            float value = x[at + i * step(lx)] + y[other + i * step(ly)];
            z[to + i * step(lz)] = relu && value < 0 ? 0 : value;
          }
        });
  }

  @Override
  public void copy(LaneLayout lx, float[] x, LaneLayout ly, float[] y, boolean relu) {
    rows(
        lx,
        (c, row, at) -> {
          int to = ly.index(c, row, 0);
          for (int i = 0; i < lx.shape().width(); i++) {
            float value = x[at + i * step(lx)];
            y[to + i * step(ly)] = relu && value < 0 ? 0 : value;
          }
        });
  }

  @Override
  public void reluBackward(
      LaneLayout ly, float[] y, LaneLayout ldy, float[] dy, LaneLayout ldx, float[] dx) {
    rows(
        ly,
        (c, row, at) -> {
          int from = ldy.index(c, row, 0);
          int to = ldx.index(c, row, 0);
          for (int i = 0; i < ly.shape().width(); i++) {
            dx[to + i * step(ldx)] = y[at + i * step(ly)] > 0 ? dy[from + i * step(ldy)] : 0;
          }
        });
  }

  @Override
  public void leakyRelu(
      float slope, LaneLayout lx, float[] x, LaneLayout ly, float[] y, boolean relu) {
    rows(
        lx,
        (c, row, at) -> {
          int to = ly.index(c, row, 0);
          for (int i = 0; i < lx.shape().width(); i++) {
            float value = x[at + i * step(lx)];
            value = value > 0 ? value : slope * value;
            y[to + i * step(ly)] = relu && value < 0 ? 0 : value;
          }
        });
  }

  @Override
  public void leakyReluBackward(
      float slope,
      LaneLayout lx,
      float[] x,
      LaneLayout ldy,
      float[] dy,
      LaneLayout ldx,
      float[] dx) {
    rows(
        lx,
        (c, row, at) -> {
          int from = ldy.index(c, row, 0);
          int to = ldx.index(c, row, 0);
          for (int i = 0; i < lx.shape().width(); i++) {
            float gradient = dy[from + i * step(ldy)];
            dx[to + i * step(ldx)] = x[at + i * step(lx)] > 0 ? gradient : slope * gradient;
          }
        });
  }

  @Override
  public void multiply(
      LaneLayout lx, float[] x, float[] mask, LaneLayout ly, float[] y, boolean relu) {
    int width = lx.shape().width();
    rows(
        lx,
        (c, row, at) -> {
          int to = ly.index(c, row, 0);
          int of = (c * lx.shape().height() + row) * width;
          for (int i = 0; i < width; i++) {
            float value = x[at + i * step(lx)] * mask[of + i];
            y[to + i * step(ly)] = relu && value < 0 ? 0 : value;
          }
        });
  }

  @Override
  public void averagePool(Pooling p, float[] x, int xAt, float[] y, int yAt) {
    for (int c = 0; c < p.channels(); c++) {
      for (int w = 0; w < p.in().length; w++) {
        int first = xAt + p.in()[w] + c * p.inStride();
        float sum = 0;
        for (int tap : p.tap()[w]) {
          sum += x[first + tap];
        }
        y[yAt + p.out()[w] + c * p.outStride()] = sum / p.tap()[w].length;
      }
    }
  }

  @Override
  public void averagePoolBackward(Pooling p, float[] dy, int dyAt, float[] dx, int dxAt) {
    for (int c = 0; c < p.channels(); c++) {
      for (int w = 0; w < p.dIn().length; w++) {
        for (int tap : p.dTap()[w]) {
          dx[dxAt + p.dIn()[w] + c * p.dInStride() + tap] = 0;
        }
      }
      for (int w = 0; w < p.dIn().length; w++) {
        float part = dy[dyAt + p.dOut()[w] + c * p.dOutStride()] / p.dTap()[w].length;
        for (int tap : p.dTap()[w]) {
          dx[dxAt + p.dIn()[w] + c * p.dInStride() + tap] += part;
        }
      }
    }
  }
}
