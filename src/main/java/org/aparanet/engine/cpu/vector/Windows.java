package org.aparanet.engine.cpu.vector;

import java.util.ArrayList;
import java.util.Arrays;
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
  private final int[] formOf; // by window: its form's index

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
    formOf = new int[node.output().plane()];
    for (int w = 0; w < formOf.length; w++) {
      List<Place> form = w > 0 && padding == 0 ? forms.get(0) : form(w, height * width);
      if (!forms.contains(form)) {
        forms.add(form);
      }
      formOf[w] = forms.indexOf(form);
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

  /** For each window: index of its first element. */
  int[] corners(LaneLayout layout) {
    int[] corners = new int[formOf.length];
    for (int w = 0; w < corners.length; w++) {
      Place first = element(w, 0);
      corners[w] = layout.index(0, first.row, first.column);
    }
    return corners;
  }

  /**
   * For each window, for each of its elements in row-major order: distance from the first. Windows
   * of one form share an array.
   */
  int[][] taps(LaneLayout layout) {
    int[][] ofForms = forms.stream().map(form -> distances(form, layout)).toArray(int[][]::new);
    return Arrays.stream(formOf).mapToObj(form -> ofForms[form]).toArray(int[][]::new);
  }

  private static int[] distances(List<Place> form, LaneLayout layout) {
    return form.stream()
        .mapToInt(place -> layout.index(0, place.row, place.column) - layout.index(0, 0, 0))
        .toArray();
  }
}
