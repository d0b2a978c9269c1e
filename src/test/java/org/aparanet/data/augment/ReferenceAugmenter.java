package org.aparanet.data.augment;

import org.aparanet.model.Shape;

/**
 * The same as {@link Augmenter} from the same draws, as plainly as it can be said and in double
 * precision: matrices that are multiplied and inverted, a spline that is summed over all nodes.
 */
final class ReferenceAugmenter {
  private final Augmentation what;
  private final Shape shape;
  private final Draws draws = new Draws();

  ReferenceAugmenter(Augmentation what, Shape shape) {
    this.what = what;
    this.shape = shape;
  }

  /** The new image [C, H, W], not rounded. */
  double[] apply(long seed, int epoch, int image, byte[] source) {
    draws.select(seed, epoch, image);
    double angle = Math.toRadians(what.rotate() * draws.symmetric(2));
    double factor = 1 + what.scale() * draws.symmetric(3);
    double slant = Math.tan(Math.toRadians(what.shear() * draws.symmetric(4)));
    double mirror = mirrored(seed, epoch, image) ? -1 : 1;
    double right = what.shift() * draws.symmetric(0);
    double down = what.shift() * draws.symmetric(1);
    if (what.movesWholePixels()) {
      int n = (int) what.shift();
      right = n == 0 ? 0 : draws.below(2 * n + 1, 0) - n;
      down = n == 0 ? 0 : draws.below(2 * n + 1, 1) - n;
    }
    double[][] rotation = {{Math.cos(angle), -Math.sin(angle)}, {Math.sin(angle), Math.cos(angle)}};
    double[][] scaling = {{factor, 0}, {0, factor}};
    double[][] shearing = {{1, slant}, {0, 1}};
    double[][] mirroring = {{mirror, 0}, {0, 1}};
    double[][] back = inverse(product(product(rotation, scaling), product(shearing, mirroring)));
    double[][][] field = field();
    double cx = (shape.width() - 1) / 2.0;
    double cy = (shape.height() - 1) / 2.0;
    double[] target = new double[shape.size()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          double u = x - cx - right;
          double v = y - cy - down;
          double oldX = back[0][0] * u + back[0][1] * v + cx + field[0][y][x];
          double oldY = back[1][0] * u + back[1][1] * v + cy + field[1][y][x];
          int at = (channel * shape.height() + y) * shape.width() + x;
          target[at] = cutOut(x, y) ? 0 : bilinear(source, channel, oldX, oldY);
        }
      }
    }
    return target;
  }

  private boolean mirrored(long seed, int epoch, int image) {
    Draws first = new Draws();
    first.select(seed, 0, image);
    return switch (what.flip()) {
      case NONE -> false;
      case RANDOM -> draws.bits(5) < 0;
      case ALTERNATE -> epoch % 2 == 1 ? first.bits(5) < 0 : first.bits(5) >= 0;
    };
  }

  private boolean cutOut(int x, int y) {
    int side = what.cutout();
    int left = draws.below(shape.width(), 6) - side / 2;
    int top = draws.below(shape.height(), 7) - side / 2;
    return x >= left && x < left + side && y >= top && y < top + side;
  }

  private double bilinear(byte[] source, int channel, double x, double y) {
    double sum = 0;
    for (int row = (int) Math.floor(y); row <= Math.floor(y) + 1; row++) {
      for (int column = (int) Math.floor(x); column <= Math.floor(x) + 1; column++) {
        if (row >= 0 && row < shape.height() && column >= 0 && column < shape.width()) {
          int at = (channel * shape.height() + row) * shape.width() + column;
          sum += (source[at] & 0xFF) * (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
        }
      }
    }
    return sum;
  }

  /** Displacements [x and y][H][W]. */
  private double[][][] field() {
    double[][][] field = new double[2][shape.height()][shape.width()];
    if (what.elasticAlpha() == 0) {
      return field;
    }
    double sigma = what.elasticSigma();
    double spacing = Math.sqrt(3) * sigma;
    double amplitude = what.elasticAlpha() / (2 * Math.sqrt(Math.PI) * sigma * 151 / 315);
    double cx = (shape.width() - 1) / 2.0;
    double cy = (shape.height() - 1) / 2.0;
    int firstColumn = (int) Math.floor(-cx / spacing) - 1;
    int lastColumn = (int) Math.floor(cx / spacing) + 2;
    int firstRow = (int) Math.floor(-cy / spacing) - 1;
    int lastRow = (int) Math.floor(cy / spacing) + 2;
    int draw = 8;
    for (int row = firstRow; row <= lastRow; row++) {
      for (int column = firstColumn; column <= lastColumn; column++) {
        long bits = draws.bits(draw++);
        double toX = amplitude * ((int) bits / 0x1p31);
        double toY = amplitude * ((int) (bits >> 32) / 0x1p31);
        for (int y = 0; y < shape.height(); y++) {
          for (int x = 0; x < shape.width(); x++) {
            double weight = spline((x - cx) / spacing - column) * spline((y - cy) / spacing - row);
            field[0][y][x] += weight * toX;
            field[1][y][x] += weight * toY;
          }
        }
      }
    }
    return field;
  }

  /** The cubic B-spline around 0. */
  static double spline(double t) {
    double d = Math.abs(t);
    return d >= 2 ? 0 : d >= 1 ? Math.pow(2 - d, 3) / 6 : 2 / 3.0 - d * d + d * d * d / 2;
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] product = new double[2][2];
    for (int row = 0; row < 2; row++) {
      for (int column = 0; column < 2; column++) {
        product[row][column] = a[row][0] * b[0][column] + a[row][1] * b[1][column];
      }
    }
    return product;
  }

  private static double[][] inverse(double[][] m) {
    double determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
    return new double[][] {
      {m[1][1] / determinant, -m[0][1] / determinant},
      {-m[1][0] / determinant, m[0][0] / determinant}
    };
  }
}
