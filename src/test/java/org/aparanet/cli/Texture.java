package org.aparanet.cli;

/** Textures of two colours, whose cells have sides of 1. */
enum Texture {
  CHECKS {
    @Override
    double at(double x, double y, long seed) {
      return ((long) Math.floor(x) + (long) Math.floor(y) & 1) == 0 ? 1 : 0;
    }
  },
  DOTS {
    @Override
    double at(double x, double y, long seed) {
      double fromX = x - Math.floor(x) - 0.5;
      double fromY = y - Math.floor(y) - 0.5;
      return fromX * fromX + fromY * fromY < 0.32 * 0.32 ? 1 : 0;
    }
  },
  NOISE {
    @Override
    double at(double x, double y, long seed) {
      double sum = smooth(x, y, seed) + 0.5 * smooth(2 * x, 2 * y, seed + 1);
      return Math.max(0, Math.min(1, 0.5 + 1.5 * (sum / 1.5 - 0.5) * 2));
    }
  },
  STRIPES {
    @Override
    double at(double x, double y, long seed) {
      return x - Math.floor(x) < 0.5 ? 1 : 0;
    }
  },
  WAVES {
    @Override
    double at(double x, double y, long seed) {
      double bent = x + 0.4 * StrictMath.sin(y * 2.5);
      return bent - Math.floor(bent) < 0.5 ? 1 : 0;
    }
  };

  /**
   * The share of the second colour at a point, 0 to 1.
   *
   * @param seed of what is random within the texture
   */
  abstract double at(double x, double y, long seed);

  /** Random values of the corners of cells, with a smooth course between them. */
  private static double smooth(double x, double y, long seed) {
    long left = (long) Math.floor(x);
    long top = (long) Math.floor(y);
    double right = ease(x - left);
    double below = ease(y - top);
    double above = mix(corner(left, top, seed), corner(left + 1, top, seed), right);
    double under = mix(corner(left, top + 1, seed), corner(left + 1, top + 1, seed), right);
    return mix(above, under, below);
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double mix(double a, double b, double t) {
    return a + (b - a) * t;
  }

  /** A number from 0 to 1 which looks random (the last steps of SplitMix64). */
  private static double corner(long x, long y, long seed) {
    long z = seed * 0x9E3779B97F4A7C15L + x * 0xD1B54A32D192ED03L + y * 0xABC98388FB8FAC03L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return ((z ^ z >>> 31) >>> 11) * 0x1p-53;
  }
}
