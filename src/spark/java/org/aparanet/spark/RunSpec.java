package org.aparanet.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.PixelNormalization;
import org.aparanet.model.Shape;
import org.aparanet.train.Settings;

/**
 * What an executor has to know to train in a run.
 *
 * @param images of the run
 * @param settings as arguments
 * @param network its layers as text
 * @param channels of the network's input
 * @param height of the network's input
 * @param width of the network's input
 * @param mean of the input's channels; empty without a normalisation
 * @param std of the input's channels; empty without a normalisation
 * @param weights of the classes in the loss
 */
record RunSpec(
    LoadSpec images,
    List<String> settings,
    String network,
    int channels,
    int height,
    int width,
    List<Float> mean,
    List<Float> std,
    double[] weights)
    implements Serializable {

  static RunSpec of(LoadSpec images, Settings settings, Network network, double[] weights) {
    Optional<PixelNormalization> normalization = network.normalization();
    return new RunSpec(
        images,
        settings.arguments(),
        network.text(),
        network.input().channels(),
        network.input().height(),
        network.input().width(),
        normalization.map(PixelNormalization::mean).orElse(List.of()),
        normalization.map(PixelNormalization::std).orElse(List.of()),
        weights);
  }

  Network toNetwork() {
    Network layers = NetworkText.parse(new Shape(channels, height, width), network);
    return layers.withNormalization(
        mean.isEmpty() ? Optional.empty() : Optional.of(new PixelNormalization(mean, std)));
  }

  Settings toSettings() {
    return Settings.parse(settings);
  }
}
