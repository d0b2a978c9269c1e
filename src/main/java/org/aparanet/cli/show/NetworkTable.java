package org.aparanet.cli.show;

import java.io.PrintWriter;
import java.util.Locale;
import org.aparanet.model.Network;

/** Prints a network: its layers, their output shapes, parameters and multiply-adds. */
public final class NetworkTable {
  private static final int LEAST_WIDTH = 24; // of the first column

  private NetworkTable() {}

  public static void print(Network network, PrintWriter target) {
    int width =
        network.nodes().stream()
            .mapToInt(node -> label(network, node).length())
            .reduce(LEAST_WIDTH, Math::max);
    String row = "  %-" + width + "s %-12s %,14d %,16d%n";
    target.printf(
        "  %-" + width + "s %-12s %14s %16s%n", "layer", "output", "parameters", "multiply-adds");
    for (Network.Node node : network.nodes()) {
      target.printf(
          Locale.ROOT,
          row,
          label(network, node),
          node.output(),
          node.parameterCount(),
          node.multiplyAdds());
    }
    target.printf(Locale.ROOT, row, "total", "", network.parameterCount(), network.multiplyAdds());
  }

  private static String label(Network network, Network.Node node) {
    int digits = String.valueOf(network.nodes().size()).length();
    String number = ("%" + digits + "d. ").formatted(node.index() + 1);
    return number + "[".repeat(network.opened(node.index())) + node.layer().label();
  }
}
