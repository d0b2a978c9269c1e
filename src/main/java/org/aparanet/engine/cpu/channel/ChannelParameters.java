package org.aparanet.engine.cpu.channel;

import java.util.List;
import org.aparanet.engine.cpu.slice.ParameterOrder;
import org.aparanet.engine.cpu.vector.LaneLayout;
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
 * Layout of parameters where channels are in the lanes: filters are [C, filterHeight, filterWidth,
 * F padded to whole vectors], dense weights [out, in], in the layout of the inputs.
 */
record ChannelParameters(LaneMemory memory) implements Layer.Cases<List<ParameterOrder.Form>> {
  @Override
  public List<ParameterOrder.Form> convolution(Node node, Convolution layer) {
    int taps = node.tensors().get(0).size() / layer.filters();
    int depth = memory.wholeVectors(layer.filters());
    ParameterOrder.Form filters = ParameterOrder.Form.columns(taps, depth);
    return layer.bias() ? List.of(filters, ParameterOrder.Form.rows(1, depth)) : List.of(filters);
  }

  @Override
  public List<ParameterOrder.Form> dense(Node node, Dense layer) {
    LaneLayout input = memory.input(node).value();
    int[] inputs = input.indices();
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] -= input.at();
    }
    int row = ChannelDense.rowLength(node, memory);
    int floats = Math.multiplyExact(node.output().size(), row);
    return List.of(
        new ParameterOrder.Form(row, inputs, floats),
        ParameterOrder.Form.rows(1, memory.wholeVectors(node.output().channels())));
  }

  @Override
  public List<ParameterOrder.Form> maxPool(Node node, MaxPool layer) {
    return List.of();
  }

  @Override
  public List<ParameterOrder.Form> relu(Node node, Relu layer) {
    return List.of();
  }

  @Override
  public List<ParameterOrder.Form> averagePool(Node node, AveragePool layer) {
    throw ChannelLayers.unsupported(layer);
  }

  @Override
  public List<ParameterOrder.Form> globalAveragePool(Node node, GlobalAveragePool layer) {
    throw ChannelLayers.unsupported(layer);
  }

  @Override
  public List<ParameterOrder.Form> batchNorm(Node node, BatchNorm layer) {
    throw ChannelLayers.unsupported(layer);
  }

  @Override
  public List<ParameterOrder.Form> leakyRelu(Node node, LeakyRelu layer) {
    throw ChannelLayers.unsupported(layer);
  }

  @Override
  public List<ParameterOrder.Form> dropout(Node node, Dropout layer) {
    throw ChannelLayers.unsupported(layer);
  }

  @Override
  public List<ParameterOrder.Form> residualAdd(Node node, ResidualAdd layer) {
    throw ChannelLayers.unsupported(layer);
  }

  @Override
  public List<ParameterOrder.Form> shortcut(Node node, Shortcut layer) {
    return List.of();
  }
}
