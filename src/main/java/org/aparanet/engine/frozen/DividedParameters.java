package org.aparanet.engine.frozen;

import org.aparanet.model.Network;

/**
 * Flat arrays of a network, laid out like its parameters, as those of its two parts: what is
 * learned of the first part, then of the second one, then the running statistics likewise.
 */
public final class DividedParameters {
  private final int learnedOfFirst;
  private final int statisticsOfFirst;
  private final int learnedOfSecond;
  private final int statisticsOfSecond;

  /**
   * The arrays of two parts of a network.
   *
   * @param first {@link Network#first}
   * @param second {@link Network#behind}
   */
  public DividedParameters(Network first, Network second) {
    learnedOfFirst = first.learnedCount();
    statisticsOfFirst = first.parameterCount() - learnedOfFirst;
    learnedOfSecond = second.learnedCount();
    statisticsOfSecond = second.parameterCount() - learnedOfSecond;
  }

  /**
   * {@return the array of the whole network}
   *
   * @param first the array of the first part
   * @param second that of the second part
   */
  public float[] join(float[] first, float[] second) {
    float[] whole = new float[first.length + second.length];
    int learned = learnedOfFirst + learnedOfSecond;
    System.arraycopy(first, 0, whole, 0, learnedOfFirst);
    System.arraycopy(second, 0, whole, learnedOfFirst, learnedOfSecond);
    System.arraycopy(first, learnedOfFirst, whole, learned, statisticsOfFirst);
    System.arraycopy(
        second, learnedOfSecond, whole, learned + statisticsOfFirst, statisticsOfSecond);
    return whole;
  }

  /**
   * {@return what an array of the whole network has for the first part}
   *
   * @param whole that array
   */
  public float[] ofFirst(float[] whole) {
    float[] first = new float[learnedOfFirst + statisticsOfFirst];
    int learned = learnedOfFirst + learnedOfSecond;
    System.arraycopy(whole, 0, first, 0, learnedOfFirst);
    System.arraycopy(whole, learned, first, learnedOfFirst, statisticsOfFirst);
    return first;
  }

  /**
   * {@return what an array of the whole network has for the second part}
   *
   * @param whole that array
   */
  public float[] ofSecond(float[] whole) {
    float[] second = new float[learnedOfSecond + statisticsOfSecond];
    int statistics = learnedOfFirst + learnedOfSecond + statisticsOfFirst;
    System.arraycopy(whole, learnedOfFirst, second, 0, learnedOfSecond);
    System.arraycopy(whole, statistics, second, learnedOfSecond, statisticsOfSecond);
    return second;
  }
}
