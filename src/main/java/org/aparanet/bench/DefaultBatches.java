package org.aparanet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;

/**
 * Batches at which a network is timed where none are asked for: the usual ones, or a smaller one
 * where a step of that would take long on a processor.
 *
 * @param batches images of a step, from the smallest
 * @param note that the smallest batch is below the usual one, and why, in a sentence with a full
 *     stop; empty where it is not
 */
public record DefaultBatches(List<Integer> batches, Optional<String> note) {
  private static final int SMALL = 64;
  private static final int SMALL_OF_DEEP = 128;
  private static final int QUICK_SMALL_OF_DEEP = 32;
  private static final int LARGE = 1024;

  /** Multiply-adds of a forward pass: those of {@code deep} on 128 of MNIST's images. */
  private static final long MOST_WORK = 2_400_000_000L;

  /** The same of 32 images: with OpenCL on a processor a step of them takes seconds. */
  private static final long MOST_WORK_OF_QUICK = MOST_WORK / 4;

  /**
   * The batches of a network.
   *
   * @param label what it is called
   * @param quick whether for a first look
   */
  public static DefaultBatches of(String label, Network network, boolean quick) {
    long work = network.multiplyAdds();
    boolean deep = label.equals(NamedNetwork.DEEP.label());
    int usual = !deep ? SMALL : quick ? QUICK_SMALL_OF_DEEP : SMALL_OF_DEEP;
    int small = usual;
    while (small > 1 && small * work > (quick ? MOST_WORK_OF_QUICK : MOST_WORK)) {
      small /= 2;
    }
    List<Integer> batches = new ArrayList<>(List.of(small));
    if (!quick) {
      batches.add(LARGE);
    }
    return new DefaultBatches(
        List.copyOf(batches),
        small == usual
            ? Optional.empty()
            : Optional.of(
                String.format(
                    Locale.ROOT,
                    "%s: batch %d instead of %d, as an image of %s takes %,d million"
                        + " multiply-adds forward; --batch N asks for another.",
                    label,
                    small,
                    usual,
                    network.input(),
                    Math.round(work / 1e6))));
  }
}
