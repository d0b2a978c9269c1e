package org.aparanet.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.aparanet.engine.check.Workload;
import org.aparanet.model.Network;

/** What becomes of a parameter that is no number: it must not get lost on its way to the logits. */
final class NotANumber {
  private NotANumber() {}

  /**
   * Puts NaN into the first and the last element of each tensor, one at a time. Behind it, all
   * logits must be NaN; one of the last layer's spoils the logit that it belongs to, and no other.
   *
   * @param workload of a network that ends in a dense layer
   */
  static void assertReachesTheLogits(Engine engine, Workload workload) {
    Network network = workload.network();
    List<Network.Tensor> tensors = network.tensors();
    List<Network.Tensor> last = network.nodes().get(network.nodes().size() - 1).tensors();
    int count = workload.images().count();
    try (Session session = engine.open(network, count)) {
      session.load(workload.images());
      for (Network.Tensor tensor : tensors) {
        int perOutput = tensor.size() / tensor.dimensions().get(0);
        for (int element : new int[] {0, tensor.size() - 1}) {
          float[] parameters = workload.parameters().clone();
          parameters[tensor.offset() + element] = Float.NaN;
          session.setParameters(parameters);
          float[] logits = new float[count * network.classes()];
          session.infer(workload.indices(), 0, count, logits);
          for (int i = 0; i < logits.length; i++) {
            int own = i % network.classes();
            assertEquals(
                !last.contains(tensor) || own == element / perOutput,
                Float.isNaN(logits[i]),
                () -> "logit " + own + ", NaN in element " + element + " of " + tensor.name());
          }
        }
      }
      session.setParameters(workload.parameters());
      float[] logits = new float[count * network.classes()];
      session.infer(workload.indices(), 0, count, logits);
      for (float logit : logits) {
        assertFalse(Float.isNaN(logit), "a NaN of before is left somewhere");
      }
    }
  }
}
