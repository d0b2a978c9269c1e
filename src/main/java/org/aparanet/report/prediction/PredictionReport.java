package org.aparanet.report.prediction;

import java.io.IOException;

/** A form of the predictions of many images, written as they come. */
public interface PredictionReport {

  /** Writes the prediction of the next image. */
  void add(PredictedImage image) throws IOException;

  /**
   * Writes what stands at the end.
   *
   * @param unreadable number of images that could not be read and were left out
   */
  void finish(int unreadable) throws IOException;
}
