package org.aparanet.train;

import java.util.Optional;
import org.aparanet.data.Suggestion;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;

/** Network as users name it: by the name of a preset, or by its layers. */
public final class NetworkChoice {
  private NetworkChoice() {}

  /**
   * The network of a name or of layers.
   *
   * @param text such as {@code lenet}, or {@code conv 16 3, pool 2, dense 10}
   * @param input shape of one image
   * @param classes outputs of a preset
   * @return the network
   * @throws IllegalArgumentException if the text is neither; the message says so, without the text
   */
  public static Network of(String text, Shape input, int classes) {
    Optional<NamedNetwork> named = NamedNetwork.named(text);
    if (named.isPresent()) {
      return fitted(named.get(), input, classes);
    }
    try {
      return NetworkText.parse(input, text);
    } catch (IllegalArgumentException e) {
      requireNoRecipe(text, input, e);
      throw new IllegalArgumentException(
          "neither a preset ("
              + NamedNetwork.labels()
              + ") nor layers that fit together: "
              + e.getMessage()
              + Suggestion.question(text, NamedNetwork.names()),
          e);
    }
  }

  /** Who named a recipe has not written its layers. */
  private static void requireNoRecipe(String text, Shape input, IllegalArgumentException e) {
    for (Recipe recipe : Recipe.values()) {
      if (recipe.network().equals(text)) {
        throw new IllegalArgumentException(
            "recipe "
                + recipe.label()
                + " has a network that does not suit images of "
                + input
                + ": "
                + e.getMessage(),
            e);
      }
    }
  }

  private static Network fitted(NamedNetwork named, Shape input, int classes) {
    try {
      return named.network(input, classes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a preset that does not suit images of " + input + ": " + e.getMessage(), e);
    }
  }
}
