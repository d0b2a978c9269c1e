package org.aparanet.train.rounds;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.TrainingState;

/**
 * Sum of states, each multiplied by the images that it was trained with, from which the mean is
 * made. Parameters, running statistics and moments are averaged alike:
 *
 * <pre>
 * mean = sum of images(k) * state(k) / sum of images(k)     over the shares k
 * </pre>
 *
 * <p>With rounds of one step this is what one device makes of the whole batch, but for rounding,
 * wherever a new state is linear in the gradient: the parameters and moments of SGD, momentum and
 * Nesterov with weight decay, and the first moment of Adam and AdamW. Their second moment becomes
 * the mean of the squares of the shares' gradients, which is larger than the square of the mean;
 * clipping acts on the gradient of each share; and batch normalisation normalises within a share.
 *
 * <p>Numbers are added in double precision, in the order of the shares and in groups of {@link
 * #group}, whoever adds them: the bits do not depend on who was ready first.
 *
 * @serial exclude
 */
public final class StateSum implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The most shares that are added in one go. */
  private static final int FLAT = 16;

  private final double[] parameters;
  private final double[] firstMoments;
  private final double[] secondMoments;
  private long images;

  private StateSum(int parameters, int firstMoments, int secondMoments) {
    this.parameters = new double[parameters];
    this.firstMoments = new double[firstMoments];
    this.secondMoments = new double[secondMoments];
  }

  /**
   * {@return the number of consecutive shares that are added to each other first; all if there are
   * at most 16}
   *
   * @param shares how many there are
   */
  public static int group(int shares) {
    return shares <= FLAT ? shares : (int) Math.ceil(Math.sqrt(shares));
  }

  /**
   * {@return the sum of the states of consecutive shares}
   *
   * @param results in the order of the shares, at least one
   */
  public static StateSum of(List<RoundResult> results) {
    TrainingState first = results.get(0).state();
    StateSum sum =
        new StateSum(
            first.parameters().length, first.firstMoments().length, first.secondMoments().length);
    for (RoundResult result : results) {
      TrainingState state = result.state();
      long weight = result.images();
      sum.images += weight;
      if (weight > 0) {
        add(sum.parameters, state.parameters(), weight);
        add(sum.firstMoments, state.firstMoments(), weight);
        add(sum.secondMoments, state.secondMoments(), weight);
      }
    }
    return sum;
  }

  private static void add(double[] sum, float[] values, long weight) {
    double factor = weight;
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * values[i];
    }
  }

  /**
   * {@return the sum of sums}
   *
   * @param groups in the order of their shares, at least one
   */
  public static StateSum ofGroups(List<StateSum> groups) {
    if (groups.size() == 1) {
      return groups.get(0);
    }
    StateSum first = groups.get(0);
    StateSum sum =
        new StateSum(
            first.parameters.length, first.firstMoments.length, first.secondMoments.length);
    for (StateSum group : groups) {
      sum.images += group.images;
      add(sum.parameters, group.parameters);
      add(sum.firstMoments, group.firstMoments);
      add(sum.secondMoments, group.secondMoments);
    }
    return sum;
  }

  private static void add(double[] sum, double[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }

  /**
   * {@return the sum of the states of all shares, in groups}
   *
   * @param results in the order of the shares, at least one
   */
  static StateSum ofAll(List<RoundResult> results) {
    int size = group(results.size());
    List<StateSum> groups = new ArrayList<>();
    for (int from = 0; from < results.size(); from += size) {
      groups.add(of(results.subList(from, Math.min(from + size, results.size()))));
    }
    return ofGroups(groups);
  }

  /**
   * {@return the mean of the states}
   *
   * @param steps of the run with the round
   * @throws IllegalStateException if none of them was trained with any image
   */
  public TrainingState mean(long steps) {
    if (images == 0) {
      throw new IllegalStateException("no share has an image of the round");
    }
    return new TrainingState(mean(parameters), mean(firstMoments), mean(secondMoments), steps);
  }

  private float[] mean(double[] sum) {
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / images);
    }
    return mean;
  }
}
