package org.aparanet.model;

import java.util.List;
import org.aparanet.model.safetensors.TensorEntry;

/**
 * A model whose parameters come from a file of another program.
 *
 * @param model the model
 * @param places where each tensor of the file went, in the order of the network's tensors
 * @param doubts sentences about what had to be guessed; empty where nothing had
 */
public record ImportedModel(Model model, List<Place> places, List<String> doubts) {

  /**
   * Place of a tensor.
   *
   * @param from tensor of the file
   * @param layer whose parameter it became
   * @param to the parameter
   */
  public record Place(TensorEntry from, Network.Node layer, Network.Tensor to) {}
}
