package org.aparanet.engine.cpu.lane;

import java.util.List;
import org.aparanet.engine.cpu.slice.ParameterOrder;
import org.aparanet.engine.cpu.vector.LaneMemory;
import org.aparanet.model.AveragePool;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Dropout;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.Layer;
import org.aparanet.model.LeakyRelu;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;
import org.aparanet.model.ResidualAdd;
import org.aparanet.model.Shortcut;

/**
 * Layout of parameters where images are in the lanes: dense weights are [in, out padded to whole
 * vectors], all others are in the network's order.
 */
record LaneParameters(LaneMemory memory) implements Layer.Cases<List<ParameterOrder.Form>> {
  @Override
  public List<ParameterOrder.Form> convolution(Node node, Convolution layer) {
    return asTheyAre(node);
  }

  @Override
  public List<ParameterOrder.Form> dense(Node node, Dense layer) {
    int depth = memory.wholeVectors(node.output().size());
    return List.of(
        ParameterOrder.Form.columns(node.input().size(), depth),
        ParameterOrder.Form.rows(1, depth));
  }

  @Override
  public List<ParameterOrder.Form> batchNorm(Node node, BatchNorm layer) {
    return asTheyAre(node);
  }

  @Override
  public List<ParameterOrder.Form> maxPool(Node node, MaxPool layer) {
    return List.of();
  }

  @Override
  public List<ParameterOrder.Form> averagePool(Node node, AveragePool layer) {
    return List.of();
  }

  @Override
  public List<ParameterOrder.Form> globalAveragePool(Node node, GlobalAveragePool layer) {
    return List.of();
  }

  @Override
  public List<ParameterOrder.Form> relu(Node node, Relu layer) {
    return List.of();
  }

  @Override
  public List<ParameterOrder.Form> leakyRelu(Node node, LeakyRelu layer) {
    return List.of();
  }

  @Override
  public List<ParameterOrder.Form> dropout(Node node, Dropout layer) {
    return List.of();
  }

  @Override
  public List<ParameterOrder.Form> residualAdd(Node node, ResidualAdd layer) {
    return List.of();
  }

  @Override
  public List<ParameterOrder.Form> shortcut(Node node, Shortcut layer) {
    return List.of();
  }

  private static List<ParameterOrder.Form> asTheyAre(Node node) {
    return node.tensors().stream().map(t -> ParameterOrder.Form.rows(1, t.size())).toList();
  }
}
