package org.aparanet.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.aparanet.data.ImageSet;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.WrongFileException;

/**
 * An image that an argument of predict or look names.
 *
 * @param name the path of its file, as it is, or its place in a data set
 * @param image reads it, as a set of one, or throws a {@link DataException}
 */
record PredictInput(String name, Supplier<ImageSet> image) {

  /**
   * An image that was read, or why it could not be: one of the two.
   *
   * @param name that of the input
   */
  record Read(String name, Optional<ImageSet> image, Optional<DataException> problem) {

    /** Whether reading it at another time may do. */
    private boolean mayDoLater() {
      return problem.isPresent() && !(problem.get() instanceof WrongFileException);
    }
  }

  /**
   * Reads a batch on all processors. What fails for another reason than the file itself is read
   * once more, alone: together, large images may need more memory than there is.
   *
   * @return what came of each, in order
   */
  static List<Read> read(List<PredictInput> batch) {
    List<Read> read = new ArrayList<>(batch.parallelStream().map(PredictInput::read).toList());
    for (int i = 0; i < read.size(); i++) {
      if (read.get(i).mayDoLater()) {
        read.set(i, batch.get(i).read());
      }
    }
    return read;
  }

  private Read read() {
    try {
      return new Read(name, Optional.of(image.get()), Optional.empty());
    } catch (DataException e) {
      return new Read(name, Optional.empty(), Optional.of(e));
    }
  }
}
