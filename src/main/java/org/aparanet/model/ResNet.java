package org.aparanet.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Residual networks of blocks with two 3x3 convolutions, as text, and what PyTorch's torchvision
 * calls their modules (He et al., 2015, "Deep residual learning for image recognition",
 * arXiv:1512.03385).
 *
 * <p>Each stage but the first halves height and width and doubles the channels in its first block,
 * whose shortcut then is a projection by a 1x1 convolution (the paper's option B).
 *
 * @param stem the layers before the first stage, one of which is a convolution with {@code filters}
 *     filters and one a batch normalisation
 * @param filters of the stem and the first stage
 * @param blocks of each stage
 */
record ResNet(String stem, int filters, List<Integer> blocks) {

  /** For images of 32 x 32 (section 4.2): a 3x3 convolution, 16 filters. */
  static ResNet small(Integer... blocks) {
    return new ResNet("conv 16 3 same nobias, batchnorm relu", 16, List.of(blocks));
  }

  /** For images of 224 x 224 (table 1): a 7x7 convolution and a max-pool, 64 filters. */
  static ResNet large(Integer... blocks) {
    return new ResNet(
        "conv 64 7 stride 2 pad 3 nobias, batchnorm relu, pool 3 stride 2 pad 1",
        64,
        List.of(blocks));
  }

  /** The layers, as {@link Network#text()} writes them, with {@code %d} classes. */
  String layers() {
    StringBuilder text = new StringBuilder(stem);
    for (int stage = 0; stage < blocks.size(); stage++) {
      int channels = filters << stage;
      for (int block = 0; block < blocks.get(stage); block++) {
        boolean projects = projects(stage, block);
        text.append(", [conv ").append(channels).append(projects ? " 3 stride 2 pad 1" : " 3 same");
        text.append(" nobias, batchnorm relu, conv ").append(channels);
        text.append(" 3 same nobias, batchnorm");
        if (projects) {
          text.append(" | conv ").append(channels).append(" 1 stride 2 nobias, batchnorm");
        }
        text.append("] relu");
      }
    }
    return text.append(", globalpool, dense %d").toString();
  }

  /** Torchvision's names of the modules that have tensors, in the order of {@link #layers}. */
  List<String> modules() {
    List<String> names = new ArrayList<>(List.of("conv1", "bn1"));
    for (int stage = 0; stage < blocks.size(); stage++) {
      for (int block = 0; block < blocks.get(stage); block++) {
        String place = "layer" + (stage + 1) + "." + block + ".";
        for (String own : List.of("conv1", "bn1", "conv2", "bn2")) {
          names.add(place + own);
        }
        if (projects(stage, block)) {
          names.add(place + "downsample.0");
          names.add(place + "downsample.1");
        }
      }
    }
    names.add("fc");
    return List.copyOf(names);
  }

  private static boolean projects(int stage, int block) {
    return stage > 0 && block == 0;
  }
}
