package org.aparanet.report.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.inspect.FeatureMaps;
import org.aparanet.inspect.Inspection;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;

/**
 * The maps of each layer that are shown: all of them where they fit into a number of values, and
 * otherwise the strongest, as many of each layer as fit. All channels of the image and all classes
 * are shown. Layers whose maps belong together one to one show the same ones; the strongest are
 * those with the largest mean absolute value, over all images, in the last layer of these.
 */
public final class Shown {
  private final Network network;
  private final MapGroups groups;
  private final List<List<Integer>> maps; // of the image, and behind it of each layer

  private Shown(Network network, List<List<Integer>> maps) {
    this.network = network;
    this.maps = maps;
    groups = new MapGroups(network);
  }

  /**
   * The maps that fit.
   *
   * @param inspections of one model, at least one
   * @param values how many numbers may be shown: values of maps for each image, weights and
   *     contributions; at least one map of each layer is shown all the same
   */
  public static Shown of(List<Inspection> inspections, long values) {
    Network network = inspections.get(0).model().network();
    Shown all = new Shown(network, List.of());
    int least = 1;
    int most = network.nodes().stream().mapToInt(n -> n.output().channels()).max().orElseThrow();
    while (least < most) {
      int middle = (least + most + 1) / 2;
      if (all.values(middle, inspections.size()) <= values) {
        least = middle;
      } else {
        most = middle - 1;
      }
    }
    return all.strongest(least, inspections);
  }

  /**
   * {@return the shown maps of a layer's output, ascending}
   *
   * @param layer its index, from 0
   */
  public List<Integer> maps(int layer) {
    return maps.get(layer + 1);
  }

  /**
   * {@return the shown maps of a layer's input, ascending; of the first layer, the image's
   * channels}
   *
   * @param layer its index, from 0
   */
  public List<Integer> inputs(int layer) {
    return maps.get(layer);
  }

  /** Values of a page on which each layer shows no more than some maps. */
  private long values(int most, int images) {
    long values = (long) images * network.input().size();
    for (Network.Node node : network.nodes()) {
      long outputs = count(node.index() + 1, most);
      long inputs = count(node.index(), most);
      values += images * outputs * node.output().plane();
      if (node.layer() instanceof Convolution convolution) {
        values += outputs * inputs * convolution.filterHeight() * convolution.filterWidth();
      } else if (node.layer() instanceof Dense) {
        values += images * outputs * inputs;
      }
    }
    return values;
  }

  private int count(int output, int most) {
    int channels = shape(output).channels();
    return isWhole(output) ? channels : Math.min(channels, most);
  }

  /** Whether all maps are shown whatever they take: those of the image, and the classes. */
  private boolean isWhole(int output) {
    return groups.group(output) == 0 || output == network.nodes().size();
  }

  private Shape shape(int output) {
    return output == 0 ? network.input() : network.nodes().get(output - 1).output();
  }

  private Shown strongest(int most, List<Inspection> inspections) {
    List<List<Integer>> chosen = new ArrayList<>();
    for (int output = 0; output <= network.nodes().size(); output++) {
      int first = groups.group(output);
      chosen.add(
          first < output
              ? chosen.get(first)
              : strongest(groups.last(output), count(output, most), inspections));
    }
    return new Shown(network, List.copyOf(chosen));
  }

  private List<Integer> strongest(int output, int count, List<Inspection> inspections) {
    double[] strengths = new double[shape(output).channels()];
    for (Inspection inspection : inspections) {
      FeatureMaps of = output == 0 ? inspection.input() : inspection.output(output - 1);
      int plane = of.shape().plane();
      for (int i = 0; i < of.values().length; i++) {
        strengths[i / plane] += Math.abs(of.values()[i]);
      }
    }
    return IntStream.range(0, strengths.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer map) -> -strengths[map]))
        .limit(count)
        .sorted()
        .toList();
  }
}
