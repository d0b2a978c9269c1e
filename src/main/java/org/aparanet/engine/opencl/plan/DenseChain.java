package org.aparanet.engine.opencl.plan;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.opencl.kernel.MatrixProduct;
import org.aparanet.engine.opencl.kernel.Opcode;
import org.aparanet.engine.opencl.kernel.Pass;

/**
 * Small dense layers at a network's end, computed in one pass: a launch takes longer than such a
 * layer.
 *
 * <p>Each work-group computes all links of the chain for four images, with a barrier between two
 * links; work-groups are independent. Where the sums of the layer in front were divided into
 * chunks, adding them up is the first link ({@link Opcode#FINISH_IMAGES}). The gradients of the
 * inputs are a chain likewise; those of the weights, which are sums over images, join the pass
 * behind it.
 */
final class DenseChain {
  /**
   * Most multiply-adds of a link for an image. A work-group does four times as many in sequence,
   * while a pass would distribute them over all work-groups.
   */
  private static final int MOST_WORK = 1 << 15;

  /** Most rows of blocks of a link: one block for each work-item of a work-group. */
  private static final int MOST_ROWS = MatrixProduct.GROUP * MatrixProduct.BLOCK_ROWS;

  private DenseChain() {}

  /** Whether a row of a pass table can be a link. */
  static boolean isLink(int[] row) {
    boolean product =
        row[Pass.OPERATION] == Opcode.FORWARD || row[Pass.OPERATION] == Opcode.BACKWARD_DATA;
    boolean whole = row[Pass.CHUNKS] == 1;
    return row[Pass.COLUMNS] == 1
        && (product
                && whole
                && row[Pass.ROWS] <= MOST_ROWS
                && (long) row[Pass.ROWS] * row[Pass.DEPTH] <= MOST_WORK
            || row[Pass.OPERATION] == Opcode.FINISH_OUTPUTS);
  }

  /** Removes the passes at the end of a list that can be links, and returns their rows. */
  static List<int[]> removeTail(List<List<int[]>> passes) {
    List<int[]> links = new ArrayList<>();
    boolean more = true;
    while (more && !passes.isEmpty()) {
      List<int[]> last = passes.get(passes.size() - 1);
      more = last.size() == 1 && isLink(last.get(0));
      if (more) {
        links.add(0, last.get(0));
        passes.remove(passes.size() - 1);
        more = last.get(0)[Pass.OPERATION] == Opcode.FORWARD;
      }
    }
    return links;
  }

  /**
   * Removes the gradients of inputs that can be links from the first passes of a list, and returns
   * their rows; the gradients of weights in these passes join the pass that follows.
   */
  static List<int[]> removeGradients(List<List<int[]>> passes) {
    List<int[]> links = new ArrayList<>();
    List<int[]> weights = new ArrayList<>();
    while (!passes.isEmpty()
        && passes.get(0).size() == 2
        && isLink(passes.get(0).get(1))
        && passes.get(0).get(0)[Pass.OPERATION] == Opcode.BACKWARD_FILTER) {
      List<int[]> pass = passes.remove(0);
      weights.add(pass.get(0));
      links.add(pass.get(1));
    }
    if (!links.isEmpty()) {
      List<int[]> joined = new ArrayList<>();
      if (!passes.isEmpty() && passes.get(0).get(0)[Pass.OPERATION] == Opcode.BACKWARD_FILTER) {
        joined.addAll(passes.remove(0));
      }
      joined.addAll(weights);
      passes.add(0, joined);
    }
    return links;
  }

  /** Row of the loss, which is a link, too. */
  static int[] loss(int classes) {
    int[] row = new int[Pass.LENGTH];
    row[Pass.OPERATION] = Opcode.SOFTMAX_LOSS;
    row[Pass.ROWS] = classes;
    row[Pass.COLUMNS] = 1;
    row[Pass.CHUNKS] = 1;
    row[Pass.MAXIMA] = Pass.NONE;
    row[Pass.PARTIALS] = Pass.NONE;
    row[Pass.STATISTICS] = Pass.NONE;
    row[Pass.RUNNING_MEAN] = Pass.NONE;
    row[Pass.UNPOOLED] = Pass.NONE;
    return row;
  }

  /** Pass of links, each with a shape for the chain. */
  static List<int[]> pass(List<int[]> links) {
    List<int[]> rows = new ArrayList<>();
    for (int[] link : links) {
      int[] row = link.clone();
      row[Pass.LINKS] = links.size();
      row[Pass.TILE_ROWS] = 0;
      row[Pass.SHARERS] = sharers(link);
      if (link[Pass.OPERATION] == Opcode.FINISH_OUTPUTS) {
        row[Pass.OPERATION] = Opcode.FINISH_IMAGES;
      }
      rows.add(row);
    }
    return rows;
  }

  /** Work-items that share a block: as many as available, of at least two products each. */
  private static int sharers(int[] link) {
    int down = (link[Pass.ROWS] + MatrixProduct.BLOCK_ROWS - 1) / MatrixProduct.BLOCK_ROWS;
    int sharers = 1;
    while (2 * sharers * down <= MatrixProduct.GROUP && 4 * sharers <= link[Pass.DEPTH]) {
      sharers *= 2;
    }
    return sharers;
  }
}
