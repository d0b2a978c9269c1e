package org.aparanet.cli;

/** Figures around the origin, none of which is farther away from it than 1. */
enum Figure {
  CIRCLE {
    @Override
    boolean covers(double x, double y) {
      return x * x + y * y < 0.8 * 0.8;
    }
  },
  CROSS {
    @Override
    boolean covers(double x, double y) {
      double longer = Math.max(Math.abs(x), Math.abs(y));
      return longer < 0.95 && Math.min(Math.abs(x), Math.abs(y)) < 0.3;
    }
  },
  SQUARE {
    @Override
    boolean covers(double x, double y) {
      return Math.max(Math.abs(x), Math.abs(y)) < 0.7;
    }
  },
  STAR {
    @Override
    boolean covers(double x, double y) {
      return insideSpikes(x, y, 5, 0.45);
    }
  },
  TRIANGLE {
    @Override
    boolean covers(double x, double y) {
      return insideSpikes(x, y, 3, 0.5);
    }
  };

  /** Whether a point is covered. */
  abstract boolean covers(double x, double y);

  /**
   * Whether a point is in the star of so many spikes that end at the distance 1, with the corners
   * between them at the inner distance.
   */
  private static boolean insideSpikes(double x, double y, int spikes, double inner) {
    double half = Math.PI / spikes;
    double turned = StrictMath.atan2(y, x) + 2 * Math.PI;
    double angle = Math.abs(turned - 2 * half * Math.round(turned / (2 * half)));
    double radius = Math.sqrt(x * x + y * y);
    double along = radius * StrictMath.cos(angle);
    double across = radius * StrictMath.sin(angle);
    // left of the edge from the spike's end (1, 0) to the corner between two spikes
    double cornerX = inner * StrictMath.cos(half) - 1;
    double cornerY = inner * StrictMath.sin(half);
    return cornerX * across - cornerY * (along - 1) > 0;
  }
}
