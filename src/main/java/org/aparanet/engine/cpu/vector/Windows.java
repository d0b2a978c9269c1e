package org.aparanet.engine.cpu.vector;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.model.Network.Node;

/**
 * The windows of a pool over one plane, by rows and columns. Elements of the padding are moved to
 * the nearest ones of the image.
 */
final class Windows {
  private final Node node;
  private final int width;
  private final int stride;
  private final int padding;
  private final List<List<Place>> forms = new ArrayList<>();
  private final int[] taps;

  /** A place in a plane, or its distance from the first place of a window. */
  private record Place(int row, int column) {}

  /**
   * @param height rows of a window
   * @param width columns of a window
   * @param stride from one window to the next, both ways
   * @param padding rows and columns around the input, on each side
   */
  Windows(Node node, int height, int width, int stride, int padding) {
    this.node = node;
    this.width = width;
    this.stride = stride;
    this.padding = padding;
    taps = new int[node.output().plane()];
    for (int w = 0; w < taps.length; w++) {
      List<Place> form = form(w, height * width);
      int known = forms.indexOf(form);
      if (known < 0) {
        known = forms.size();
        forms.add(form);
      }
      taps[w] = known * height * width;
    }
  }

  /** The elements of a window in row-major order, as distances from the first. */
  private List<Place> form(int window, int size) {
    Place first = element(window, 0);
    List<Place> form = new ArrayList<>();
    for (int t = 0; t < size; t++) {
      Place place = element(window, t);
      form.add(new Place(place.row - first.row, place.column - first.column));
    }
    return form;
  }

  private Place element(int window, int element) {
    int y = window / node.output().width() * stride - padding + element / width;
    int x = window % node.output().width() * stride - padding + element % width;
    return new Place(
        Math.max(0, Math.min(y, node.input().height() - 1)),
        Math.max(0, Math.min(x, node.input().width() - 1)));
  }

  /** For each window: where its elements begin in {@link #tap}. */
  int[] taps() {
    return taps;
  }

  /** For each window: index of its first element. */
  int[] corners(LaneLayout layout) {
    int[] corners = new int[taps.length];
    for (int w = 0; w < corners.length; w++) {
      Place first = element(w, 0);
      corners[w] = layout.index(0, first.row, first.column);
    }
    return corners;
  }

  /** For each form of a window, for each of its elements: distance from the first. */
  int[] tap(LaneLayout layout) {
    return forms.stream()
        .flatMap(List::stream)
        .mapToInt(place -> layout.index(0, place.row, place.column) - layout.index(0, 0, 0))
        .toArray();
  }
}
