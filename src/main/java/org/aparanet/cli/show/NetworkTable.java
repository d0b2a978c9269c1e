package org.aparanet.cli.show;

import java.io.PrintWriter;
import java.util.Locale;
import org.aparanet.model.Network;

/** Prints a network: its layers, their output shapes, parameters and multiply-adds. */
public final class NetworkTable {
  private static final String ROW = "  %-24s %-12s %,14d %,16d%n";

  private NetworkTable() {}

  public static void print(Network network, PrintWriter target) {
    target.printf("  %-24s %-12s %14s %16s%n", "layer", "output", "parameters", "multiply-adds");
    for (Network.Node node : network.nodes()) {
      target.printf(
          Locale.ROOT,
          ROW,
          "[".repeat(network.opened(node.index())) + node.layer().label(),
          node.output(),
          node.parameterCount(),
          node.multiplyAdds());
    }
    target.printf(Locale.ROOT, ROW, "total", "", network.parameterCount(), network.multiplyAdds());
  }
}
