package org.aparanet.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A model for other classes than those that it has learned: all its layers but the last one, which
 * is a new dense layer, as every network has one at its end.
 */
public final class OtherClasses {
  private OtherClasses() {}

  /**
   * {@return the model for other classes, with drawn parameters in its last layer}
   *
   * @param model to take the other layers from
   * @param classes outputs of the last layer
   * @param names of the classes, or none
   * @param seed of the drawn parameters
   */
  public static Model of(Model model, int classes, List<String> names, long seed) {
    Network old = model.network();
    int last = old.nodes().size() - 1;
    List<Layer> layers = new ArrayList<>(old.nodes().stream().map(Network.Node::layer).toList());
    layers.set(last, new Dense(classes));
    Network network = new Network(old.input(), old.normalization(), layers);
    float[] parameters = Initialization.suited(network).draw(network, seed);
    float[] learned = model.parameters();
    for (int i = 0; i < last; i++) {
      copy(learned, old.nodes().get(i).tensors(), parameters, network.nodes().get(i).tensors());
    }
    return new Model(network, parameters, names);
  }

  /** Copies a layer's tensors; running statistics lie behind the last layer, whose size differs. */
  private static void copy(
      float[] from, List<Network.Tensor> tensors, float[] to, List<Network.Tensor> places) {
    for (int t = 0; t < tensors.size(); t++) {
      int at = tensors.get(t).offset();
      System.arraycopy(from, at, to, places.get(t).offset(), tensors.get(t).size());
    }
  }
}
