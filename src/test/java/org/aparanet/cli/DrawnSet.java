package org.aparanet.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Folders of colour pictures of 48x48 pixels, drawn by arithmetic that comes to the same pixels on
 * every machine. Each picture has colours, size, place and angle of its own, so that no pixel tells
 * the class: on average all classes look alike.
 */
enum DrawnSet {
  /** A figure on a ground of two colours that pass into each other. */
  SHAPES(Figure.values()) {
    @Override
    Pattern draw(int kind, Random random) {
      double radius = between(random, 12, 20);
      double centerX = between(random, radius - 2, SIDE - radius + 2);
      double centerY = between(random, radius - 2, SIDE - radius + 2);
      Turned turned = Turned.of(random, centerX, centerY, radius);
      Figure figure = Figure.values()[kind];
      double[] from = color(random);
      double[] to = color(random);
      double[] own = color(random);
      while (nearest(own, from, to) < LEAST_CONTRAST) {
        own = color(random);
      }
      double[] color = own;
      Turned slope = Turned.of(random, SIDE / 2.0, SIDE / 2.0, SIDE * 1.5);
      return (x, y, channel) ->
          figure.covers(turned.x(x, y), turned.y(x, y))
              ? color[channel]
              : mix(from[channel], to[channel], 0.5 + slope.x(x, y));
    }
  },

  /** A texture that fills the picture, in a light that falls off to one side. */
  TEXTURES(Texture.values()) {
    @Override
    Pattern draw(int kind, Random random) {
      Turned turned =
          Turned.of(
              random, between(random, 0, SIDE), between(random, 0, SIDE), between(random, 6, 13));
      Texture texture = Texture.values()[kind];
      long seed = random.nextLong();
      double[] from = color(random);
      double[] other = color(random);
      while (nearest(other, from, from) < LEAST_CONTRAST) {
        other = color(random);
      }
      double[] to = other;
      Turned slope = Turned.of(random, SIDE / 2.0, SIDE / 2.0, SIDE * 1.5);
      double shade = between(random, 0, 0.5);
      return (x, y, channel) ->
          mix(from[channel], to[channel], texture.at(turned.x(x, y), turned.y(x, y), seed))
              * (1 - shade * (0.5 + slope.x(x, y)));
    }
  };

  static final int SIDE = 48;

  /** How far apart two colours have to be to be told apart in spite of the noise. */
  private static final double LEAST_CONTRAST = 110;

  /** Points of a pixel's side whose mean is its colour. */
  private static final int POINTS = 3;

  private final Enum<?>[] kinds;

  DrawnSet(Enum<?>... kinds) {
    this.kinds = kinds;
  }

  /** The colour of each point. */
  private interface Pattern {
    double at(double x, double y, int channel);
  }

  /** A plane that is turned around a point and measured in units of its own. */
  private record Turned(double centerX, double centerY, double cosine, double sine, double unit) {
    static Turned of(Random random, double centerX, double centerY, double unit) {
      double angle = between(random, 0, 2 * Math.PI);
      return new Turned(centerX, centerY, StrictMath.cos(angle), StrictMath.sin(angle), unit);
    }

    double x(double x, double y) {
      return ((x - centerX) * cosine + (y - centerY) * sine) / unit;
    }

    double y(double x, double y) {
      return ((y - centerY) * cosine - (x - centerX) * sine) / unit;
    }
  }

  /** Number of its classes. */
  int classes() {
    return kinds.length;
  }

  /** Writes so many pictures of each class into a folder of the class's name, as PNG files. */
  Path write(Path folder, int count) throws IOException {
    for (int kind = 0; kind < kinds.length; kind++) {
      String name = kinds[kind].name().toLowerCase(Locale.ROOT);
      Path files = Files.createDirectories(folder.resolve(name));
      Random random = new Random(1000L * ordinal() + kind);
      for (int i = 0; i < count; i++) {
        BufferedImage image = picture(draw(kind, random), random);
        ImageIO.write(image, "png", files.resolve(name + i + ".png").toFile());
      }
    }
    return folder;
  }

  /** What a picture of a class looks like before the noise. */
  abstract Pattern draw(int kind, Random random);

  private static BufferedImage picture(Pattern pattern, Random random) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    double noise = between(random, 0, 15);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
          double value = mean(pattern, x, y, channel) + noise * random.nextGaussian();
          rgb = rgb << 8 | (int) Math.max(0, Math.min(255, Math.round(value)));
        }
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  private static double mean(Pattern pattern, int x, int y, int channel) {
    double sum = 0;
    for (int i = 0; i < POINTS * POINTS; i++) {
      double right = (i % POINTS + 0.5) / POINTS;
      double below = (i / POINTS + 0.5) / POINTS;
      sum += pattern.at(x + right, y + below, channel);
    }
    return sum / (POINTS * POINTS);
  }

  private static double[] color(Random random) {
    return new double[] {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
  }

  /** Distance of a colour from the nearest of those between two others. */
  private static double nearest(double[] color, double[] from, double[] to) {
    double nearest = Double.MAX_VALUE;
    for (int step = 0; step <= 8; step++) {
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        double difference = color[c] - mix(from[c], to[c], step / 8.0);
        sum += difference * difference;
      }
      nearest = Math.min(nearest, Math.sqrt(sum));
    }
    return nearest;
  }

  private static double mix(double a, double b, double share) {
    return a + (b - a) * share;
  }

  private static double between(Random random, double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  /** Writes the sets into a folder, so many pictures of each class: {@code FOLDER COUNT}. */
  public static void main(String[] arguments) throws IOException {
    for (DrawnSet set : values()) {
      Path folder = Path.of(arguments[0], set.name().toLowerCase(Locale.ROOT));
      set.write(folder, Integer.parseInt(arguments[1]));
    }
  }
}
