package org.aparanet.cli;

import org.aparanet.data.DataSet;
import org.aparanet.data.DataSets;
import org.aparanet.data.ImageSet;
import org.aparanet.data.Split;
import picocli.CommandLine.Option;

/** {@code --data}, for the commands that read a data set. */
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      defaultValue = "mnist",
      description = "Data set: mnist, or a folder with four IDX files (default: mnist).")
  private String data;

  DataSet open() {
    return DataSets.open(data, Home.data());
  }

  ImageSet openTest() {
    return DataSets.openSplit(data, Home.data(), Split.TEST);
  }
}
