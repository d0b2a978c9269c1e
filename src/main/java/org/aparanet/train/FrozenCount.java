package org.aparanet.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aparanet.model.Network;

/** Number of layers that keep their parameters, as a network allows it. */
final class FrozenCount {
  private FrozenCount() {}

  /**
   * @throws SettingException if none would learn, or the layers end inside of a branch
   */
  static int of(Settings settings, Network network) {
    int frozen = settings.get(Setting.FREEZE).orElse(0);
    int most = network.nodes().size() - 1;
    if (frozen < 0 || frozen > most) {
      throw SettingException.refused(
          Setting.FREEZE,
          frozen
              + " layers of "
              + network.nodes().size()
              + "; it takes "
              + (most == 0 ? "0 alone" : "0 to " + most)
              + ", so that at least the last one learns",
          null);
    }
    if (frozen > 0 && !network.mayDivideBehind(frozen)) {
      throw SettingException.refused(
          Setting.FREEZE,
          "layer "
              + frozen
              + " stands inside of a branch; the nearest numbers that end outside are "
              + nearest(network, frozen),
          null);
    }
    return frozen;
  }

  private static String nearest(Network network, int frozen) {
    List<Integer> allowed = new ArrayList<>();
    IntStream.range(0, frozen)
        .map(i -> frozen - 1 - i)
        .filter(n -> n == 0 || network.mayDivideBehind(n))
        .findFirst()
        .ifPresent(allowed::add);
    IntStream.range(frozen, network.nodes().size())
        .filter(network::mayDivideBehind)
        .findFirst()
        .ifPresent(allowed::add);
    return allowed.stream()
        .map(n -> n == 0 ? "0" : n + " (behind " + network.nodes().get(n - 1).layer().label() + ")")
        .collect(Collectors.joining(" and "));
  }
}
