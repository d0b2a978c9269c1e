package org.aparanet.serve;

import java.util.Optional;
import org.aparanet.Predictor;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Model;

/**
 * What is served.
 *
 * @param name of the model's file
 * @param predictor that classifies; closed by who opened it
 * @param images to look at, in the network's shape, if a data set is at hand
 */
public record ServedModel(String name, Predictor predictor, Optional<ImageSet> images) {
  Model model() {
    return predictor.model();
  }
}
