package org.aparanet.train.rounds;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.train.Shares;

/**
 * Which device computes which shares. Shares are dealt to the devices in turn; those of a device
 * that is taken away go to the others, each to the one that has the least to do for what it was
 * meant to do.
 *
 * @param <D> type of a device
 */
final class ShareAssignment<D> {
  private final Shares shares;
  private final List<D> devices = new ArrayList<>();
  private final List<List<Integer>> numbers = new ArrayList<>(); // of each device's shares
  private final List<Long> meant = new ArrayList<>(); // sum of the parts that it began with

  /**
   * @param devices at least one; of more than there are shares, the last ones have nothing to do
   */
  ShareAssignment(Shares shares, List<D> devices) {
    this.shares = shares;
    for (int i = 0; i < devices.size(); i++) {
      List<Integer> own = new ArrayList<>();
      for (int share = i; share < shares.count(); share += devices.size()) {
        own.add(share);
      }
      this.devices.add(devices.get(i));
      numbers.add(own);
      meant.add(sum(own));
    }
  }

  private long sum(List<Integer> own) {
    return own.stream().mapToLong(share -> shares.parts().get(share)).sum();
  }

  /** The shares of a device, in their order. */
  List<Integer> of(D device) {
    return List.copyOf(numbers.get(devices.indexOf(device)));
  }

  /** Takes a device away, which is not the last one. */
  void remove(D device) {
    int at = devices.indexOf(device);
    List<Integer> left = numbers.remove(at);
    devices.remove(at);
    meant.remove(at);
    for (int share : left) {
      int to = 0;
      for (int i = 1; i < devices.size(); i++) {
        to = load(i, share) < load(to, share) ? i : to;
      }
      numbers.get(to).add(share);
      numbers.get(to).sort(null);
    }
  }

  /** Work of a device with one share more, as a multiple of what it was meant to do. */
  private double load(int device, int share) {
    long all = sum(numbers.get(device)) + shares.parts().get(share);
    return all / (double) Math.max(1, meant.get(device));
  }
}
