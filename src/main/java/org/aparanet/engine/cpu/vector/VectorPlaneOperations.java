package org.aparanet.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Plane by plane on vectors with one image in each lane. Loaded by name, see {@link LaneSupport}.
 *
 * <p>Where all tensors of an operation are without borders, a plane is processed as one row.
 */
final class VectorPlaneOperations implements PlaneOperations {
  private static final VectorSpecies<Float> SPECIES = VectorLaneOperations.SPECIES;
  private static final int LANES = SPECIES.length();

  private static int rows(LaneLayout l, boolean dense) {
    return dense ? 1 : l.shape().height();
  }

  private static int columns(LaneLayout l, boolean dense) {
    return dense ? l.shape().plane() : l.shape().width();
  }

  private static int step(LaneLayout l) {
    return l.spread() * LANES;
  }

  private static double sumOfImages(FloatVector lanes, int images) {
    double sum = 0;
    for (int n = 0; n < images; n++) {
      sum += lanes.lane(n);
    }
    return sum;
  }

  private static VectorMask<Float> counting(int images) {
    return SPECIES.indexInRange(0, images);
  }

  @Override
  public void sums(LaneLayout l, float[] x, int images, int first, double[] sums) {
    boolean dense = l.dense();
    int step = step(l);
    int columns = columns(l, dense);
    for (int c = 0; c < l.shape().channels(); c++) {
      for (int y = 0; y < rows(l, dense); y++) {
        int at = l.index(c, y, 0);
        FloatVector even = FloatVector.zero(SPECIES);
        FloatVector odd = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i < columns - 1; i += 2, at += 2 * step) {
          even = even.add(FloatVector.fromArray(SPECIES, x, at));
          odd = odd.add(FloatVector.fromArray(SPECIES, x, at + step));
        }
        if (i < columns) {
          even = even.add(FloatVector.fromArray(SPECIES, x, at));
        }
        sums[first + c] += sumOfImages(even.add(odd), images);
      }
    }
  }

  @Override
  public void squares(
      LaneLayout l, float[] x, int images, int first, float[] means, double[] sums) {
    boolean dense = l.dense();
    int step = step(l);
    int columns = columns(l, dense);
    for (int c = 0; c < l.shape().channels(); c++) {
      FloatVector mean = FloatVector.broadcast(SPECIES, means[first + c]);
      for (int y = 0; y < rows(l, dense); y++) {
        int at = l.index(c, y, 0);
        FloatVector even = FloatVector.zero(SPECIES);
        FloatVector odd = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i < columns - 1; i += 2, at += 2 * step) {
          FloatVector d0 = FloatVector.fromArray(SPECIES, x, at).sub(mean);
          FloatVector d1 = FloatVector.fromArray(SPECIES, x, at + step).sub(mean);
          even = d0.fma(d0, even);
          odd = d1.fma(d1, odd);
        }
        if (i < columns) {
          FloatVector d0 = FloatVector.fromArray(SPECIES, x, at).sub(mean);
          even = d0.fma(d0, even);
        }
        sums[first + c] += sumOfImages(even.add(odd), images);
      }
    }
  }

  @Override
  public void normalize(
      LaneLayout lx,
      float[] x,
      LaneLayout ly,
      float[] y,
      int first,
      float[] means,
      float[] scales,
      float[] shifts,
      boolean relu) {
    boolean dense = lx.dense() && ly.dense();
    int columns = columns(lx, dense);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int c = 0; c < lx.shape().channels(); c++) {
      FloatVector mean = FloatVector.broadcast(SPECIES, means[first + c]);
      FloatVector scale = FloatVector.broadcast(SPECIES, scales[first + c]);
      FloatVector shift = FloatVector.broadcast(SPECIES, shifts[first + c]);
      for (int row = 0; row < rows(lx, dense); row++) {
        int from = lx.index(c, row, 0);
        int to = ly.index(c, row, 0);
        for (int i = 0; i < columns; i++, from += step(lx), to += step(ly)) {
          FloatVector value = FloatVector.fromArray(SPECIES, x, from).sub(mean).fma(scale, shift);
          if (relu) {
            value = value.blend(zero, value.compare(VectorOperators.LT, zero)); // a NaN stays
          }
          value.intoArray(y, to);
        }
      }
    }
  }

  @Override
  public void gradientSums(
      LaneLayout lx,
      float[] x,
      LaneLayout ldy,
      float[] dy,
      int images,
      int first,
      float[] means,
      double[] sums,
      double[] products) {
    boolean dense = lx.dense() && ldy.dense();
    int columns = columns(lx, dense);
    for (int c = 0; c < lx.shape().channels(); c++) {
      FloatVector mean = FloatVector.broadcast(SPECIES, means[first + c]);
      for (int row = 0; row < rows(lx, dense); row++) {
        int at = lx.index(c, row, 0);
        int from = ldy.index(c, row, 0);
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector product = FloatVector.zero(SPECIES);
        for (int i = 0; i < columns; i++, at += step(lx), from += step(ldy)) {
          FloatVector d = FloatVector.fromArray(SPECIES, dy, from);
          sum = sum.add(d);
          product = FloatVector.fromArray(SPECIES, x, at).sub(mean).fma(d, product);
        }
        sums[first + c] += sumOfImages(sum, images);
        products[first + c] += sumOfImages(product, images);
      }
    }
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
      float[] means,
      float[] as,
      float[] bs,
      float[] scales) {
    boolean dense = lx.dense() && ldy.dense() && ldx.dense();
    int columns = columns(lx, dense);
    for (int c = 0; c < lx.shape().channels(); c++) {
      FloatVector mean = FloatVector.broadcast(SPECIES, means[first + c]);
      FloatVector a = FloatVector.broadcast(SPECIES, as[first + c]);
      FloatVector b = FloatVector.broadcast(SPECIES, -bs[first + c]);
      FloatVector scale =
          FloatVector.zero(SPECIES).blend(scales[first + c], counting(images)); // others become 0
      for (int row = 0; row < rows(lx, dense); row++) {
        int at = lx.index(c, row, 0);
        int from = ldy.index(c, row, 0);
        int to = ldx.index(c, row, 0);
        for (int i = 0; i < columns; i++) {
          FloatVector through = FloatVector.fromArray(SPECIES, dy, from).sub(a);
          FloatVector.fromArray(SPECIES, x, at)
              .sub(mean)
              .fma(b, through)
              .mul(scale)
              .intoArray(dx, to);
          at += step(lx);
          from += step(ldy);
          to += step(ldx);
        }
      }
    }
  }

  @Override
  public void add(
      LaneLayout lx, float[] x, LaneLayout ly, float[] y, LaneLayout lz, float[] z, boolean relu) {
    boolean dense = lx.dense() && ly.dense() && lz.dense();
    int columns = columns(lx, dense);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int c = 0; c < lx.shape().channels(); c++) {
      for (int row = 0; row < rows(lx, dense); row++) {
        int at = lx.index(c, row, 0);
        int other = ly.index(c, row, 0);
        int to = lz.index(c, row, 0);
        for (int i = 0; i < columns; i++) {
          FloatVector sum =
              FloatVector.fromArray(SPECIES, x, at).add(FloatVector.fromArray(SPECIES, y, other));
          if (relu) {
            sum = sum.blend(zero, sum.compare(VectorOperators.LT, zero));
          }
          sum.intoArray(z, to);
          at += step(lx);
          other += step(ly);
          to += step(lz);
        }
      }
    }
  }

  @Override
  public void copy(LaneLayout lx, float[] x, LaneLayout ly, float[] y, boolean relu) {
    boolean dense = lx.dense() && ly.dense();
    int columns = columns(lx, dense);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int c = 0; c < lx.shape().channels(); c++) {
      for (int row = 0; row < rows(lx, dense); row++) {
        int at = lx.index(c, row, 0);
        int to = ly.index(c, row, 0);
        for (int i = 0; i < columns; i++, at += step(lx), to += step(ly)) {
          FloatVector value = FloatVector.fromArray(SPECIES, x, at);
          if (relu) {
            value = value.blend(zero, value.compare(VectorOperators.LT, zero));
          }
          value.intoArray(y, to);
        }
      }
    }
  }

  @Override
  public void reluBackward(
      LaneLayout ly, float[] y, LaneLayout ldy, float[] dy, LaneLayout ldx, float[] dx) {
    boolean dense = ly.dense() && ldy.dense() && ldx.dense();
    int columns = columns(ly, dense);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int c = 0; c < ly.shape().channels(); c++) {
      for (int row = 0; row < rows(ly, dense); row++) {
        int at = ly.index(c, row, 0);
        int from = ldy.index(c, row, 0);
        int to = ldx.index(c, row, 0);
        for (int i = 0; i < columns; i++) {
          VectorMask<Float> passes =
              FloatVector.fromArray(SPECIES, y, at).compare(VectorOperators.GT, zero);
          zero.blend(FloatVector.fromArray(SPECIES, dy, from), passes).intoArray(dx, to);
          at += step(ly);
          from += step(ldy);
          to += step(ldx);
        }
      }
    }
  }

  @Override
  public void leakyRelu(
      float slope, LaneLayout lx, float[] x, LaneLayout ly, float[] y, boolean relu) {
    boolean dense = lx.dense() && ly.dense();
    int columns = columns(lx, dense);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int c = 0; c < lx.shape().channels(); c++) {
      for (int row = 0; row < rows(lx, dense); row++) {
        int at = lx.index(c, row, 0);
        int to = ly.index(c, row, 0);
        for (int i = 0; i < columns; i++, at += step(lx), to += step(ly)) {
          FloatVector value = FloatVector.fromArray(SPECIES, x, at);
          value = value.mul(slope).blend(value, value.compare(VectorOperators.GT, zero));
          if (relu) {
            value = value.blend(zero, value.compare(VectorOperators.LT, zero));
          }
          value.intoArray(y, to);
        }
      }
    }
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
    boolean dense = lx.dense() && ldy.dense() && ldx.dense();
    int columns = columns(lx, dense);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int c = 0; c < lx.shape().channels(); c++) {
      for (int row = 0; row < rows(lx, dense); row++) {
        int at = lx.index(c, row, 0);
        int from = ldy.index(c, row, 0);
        int to = ldx.index(c, row, 0);
        for (int i = 0; i < columns; i++) {
          VectorMask<Float> whole =
              FloatVector.fromArray(SPECIES, x, at).compare(VectorOperators.GT, zero);
          FloatVector gradient = FloatVector.fromArray(SPECIES, dy, from);
          gradient.mul(slope).blend(gradient, whole).intoArray(dx, to);
          at += step(lx);
          from += step(ldy);
          to += step(ldx);
        }
      }
    }
  }

  @Override
  public void multiply(
      LaneLayout lx, float[] x, float[] mask, LaneLayout ly, float[] y, boolean relu) {
    boolean dense = lx.dense() && ly.dense();
    int columns = columns(lx, dense);
    FloatVector zero = FloatVector.zero(SPECIES);
    int of = 0;
    for (int c = 0; c < lx.shape().channels(); c++) {
      for (int row = 0; row < rows(lx, dense); row++) {
        int at = lx.index(c, row, 0);
        int to = ly.index(c, row, 0);
        for (int i = 0; i < columns; i++, at += step(lx), to += step(ly), of += LANES) {
          FloatVector value =
              FloatVector.fromArray(SPECIES, x, at).mul(FloatVector.fromArray(SPECIES, mask, of));
          if (relu) {
            value = value.blend(zero, value.compare(VectorOperators.LT, zero));
          }
          value.intoArray(y, to);
        }
      }
    }
  }

  @Override
  public void averagePool(Pooling p, float[] x, int xAt, float[] y, int yAt) {
    int[] in = p.in();
    int[] taps = p.tap()[0]; // without padding all windows have the same
    FloatVector count = FloatVector.broadcast(SPECIES, taps.length);
    for (int c = 0; c < p.channels(); c++) {
      for (int w = 0; w < in.length; w++) {
        int first = xAt + in[w] + c * p.inStride();
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int tap : taps) {
          sum = sum.add(FloatVector.fromArray(SPECIES, x, first + tap));
        }
        sum.div(count).intoArray(y, yAt + p.out()[w] + c * p.outStride());
      }
    }
  }

  @Override
  public void averagePoolBackward(Pooling p, float[] dy, int dyAt, float[] dx, int dxAt) {
    int[] dIn = p.dIn();
    int[] taps = p.dTap()[0];
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector count = FloatVector.broadcast(SPECIES, taps.length);
    for (int c = 0; c < p.channels(); c++) {
      for (int w = 0; p.overlap() && w < dIn.length; w++) {
        for (int tap : taps) {
          zero.intoArray(dx, dxAt + dIn[w] + c * p.dInStride() + tap);
        }
      }
      for (int w = 0; w < dIn.length; w++) {
        int first = dxAt + dIn[w] + c * p.dInStride();
        FloatVector part =
            FloatVector.fromArray(SPECIES, dy, dyAt + p.dOut()[w] + c * p.dOutStride()).div(count);
        for (int tap : taps) {
          FloatVector own =
              p.overlap() ? part.add(FloatVector.fromArray(SPECIES, dx, first + tap)) : part;
          own.intoArray(dx, first + tap);
        }
      }
    }
  }
}
