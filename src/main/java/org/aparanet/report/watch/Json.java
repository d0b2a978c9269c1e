package org.aparanet.report.watch;

import com.google.gson.JsonArray;
import java.util.List;
import org.aparanet.report.training.Point;

/** Numbers as the page gets them. */
final class Json {
  private Json() {}

  /** A number with the digits of a float; null where it is not finite, which JSON cannot say. */
  static Number number(double value) {
    return Float.isFinite((float) value) ? Double.valueOf(Float.toString((float) value)) : null;
  }

  /** The points of a curve, {@code [[x, y], ...]}. */
  static JsonArray points(List<Point> points) {
    JsonArray json = new JsonArray();
    points.forEach(point -> json.add(point(point)));
    return json;
  }

  static JsonArray point(Point point) {
    JsonArray pair = new JsonArray();
    pair.add(point.x());
    pair.add(number(point.y()));
    return pair;
  }
}
