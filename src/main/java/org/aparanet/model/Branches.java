package org.aparanet.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Which layers of a network take more than the output of the layer before them: residual sums and
 * shortcuts, both of which go back to a layer's input.
 */
final class Branches {
  private static final int NONE = -1;

  private final List<Layer> layers;
  private final List<List<Integer>> readers =
      new ArrayList<>(); // by the layer that is gone back to
  private final List<Block> blocks = new ArrayList<>();

  /** Layers from {@code first} to {@code last}, both included, that no other such row may cross. */
  private record Block(int first, int last) {

    boolean crosses(Block other) {
      boolean apart = last < other.first || other.last < first;
      boolean within = other.first <= first && last <= other.last;
      boolean around = first <= other.first && other.last <= last;
      return !apart && !within && !around;
    }
  }

  Branches(List<Layer> layers) {
    this.layers = layers;
    for (int i = 0; i < layers.size(); i++) {
      readers.add(new ArrayList<>());
      if (start(i) >= 0) {
        readers.get(start(i)).add(i);
      }
    }
  }

  /** Index of the layer whose input a layer goes back to; below 0 where it does not go back. */
  private int start(int index) {
    Layer layer = layers.get(index);
    if (layer instanceof ResidualAdd add) {
      return add.start(index);
    }
    return layer instanceof Shortcut shortcut ? shortcut.start(index) : NONE;
  }

  /** Indices of the layers that go back to a layer's input, in their order. */
  List<Integer> from(int index) {
    return readers.get(index);
  }

  /** Whether a branch leads from before a layer to it or to a layer behind it. */
  boolean lead(int index) {
    for (int start = 0; start < index; start++) {
      if (from(start).stream().anyMatch(reader -> reader >= index)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a layer's input is also that of other layers. */
  boolean shareInput(int index) {
    return !from(index).isEmpty() || index > 0 && layers.get(index - 1) instanceof Shortcut;
  }

  /**
   * {@return the shape of a layer's output}
   *
   * @param index of the layer
   * @param shapes of the image, and of the outputs of the layers before this one
   * @throws IllegalArgumentException if it does not fit to the layers before it
   */
  Shape output(int index, List<Shape> shapes) {
    Layer layer = layers.get(index);
    if (layer instanceof Shortcut shortcut) {
      requireLayers("its first branch", shortcut.layers(), index);
      if (from(index).size() != 1) {
        throw new IllegalArgumentException(
            from(index).size() + " residual sums add its input; it needs exactly one");
      }
      place(new Block(shortcut.start(index), index - 1));
      return shapes.get(shortcut.start(index));
    }
    if (layer instanceof ResidualAdd add) {
      requireLayers("its branch", add.layers(), index);
      int start = add.start(index);
      boolean two = layers.get(start) instanceof Shortcut;
      Shape added = shapes.get(start);
      if (!added.equals(shapes.get(index))) {
        throw new IllegalArgumentException(
            (two ? "its branches make " + added + " and " : "its branch makes ")
                + shapes.get(index)
                + (two ? "" : " of " + added)
                + "; both must be the same");
      }
      if (two) {
        place(new Block(start, index - 1));
        place(new Block(start(start), index));
      } else {
        place(new Block(start, index));
      }
    }
    return layer.output(shapes.get(index));
  }

  private static void requireLayers(String branch, int count, int before) {
    if (count > before) {
      throw new IllegalArgumentException(
          branch + " has " + count + " layers; only " + before + " stand before it");
    }
  }

  private void place(Block block) {
    if (blocks.stream().anyMatch(block::crosses)) {
      throw new IllegalArgumentException(
          "its branch begins inside another one that has ended before");
    }
    blocks.add(block);
  }
}
