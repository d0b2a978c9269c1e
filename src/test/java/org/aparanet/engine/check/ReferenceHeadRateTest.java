package org.aparanet.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.HeadRateFile;
import org.aparanet.engine.ReferenceFile;
import org.aparanet.model.Network;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle itself against PyTorch's parameter groups, both in double precision. */
class ReferenceHeadRateTest {
  static List<String> runs() {
    return HeadRateFile.NAMES;
  }

  @ParameterizedTest
  @MethodSource("runs")
  void isFollowed(String name) {
    HeadRateFile run = new HeadRateFile(name);
    ImageSet images = ReferenceFile.images();
    Network network = run.network();
    int batch = run.batch();
    double[] parameters = run.initial();
    int head = network.headFrom();
    ReferenceOptimizer optimizer = new ReferenceOptimizer(run.optimizer(), parameters.length, head);
    double[] losses = run.losses();
    for (int step = 0; step < losses.length; step++) {
      int from = step * batch;
      int[] labels = IntStream.range(from, from + batch).map(images::label).toArray();
      double[][] inputs =
          IntStream.range(from, from + batch)
              .mapToObj(image -> ReferenceNetwork.pixels(network, images, image))
              .toArray(double[][]::new);
      ReferenceNetwork.Pass pass = new ReferenceNetwork(network).run(parameters, inputs, labels);
      assertEquals(losses[step], pass.loss(), 1e-12, "step " + step);
      optimizer.step(parameters, pass.gradient(), network.learnedCount(), run.rates()[step]);
    }
    run.assertFinal(parameters, 1e-9);
  }
}
