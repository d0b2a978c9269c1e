package org.aparanet.spark;

import java.util.SortedMap;

/** Some images of a set cannot be read, so that the others are to be divided anew. */
final class LeftOutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SortedMap<Integer, String> problems;

  /**
   * @param problems a sentence for each of the images, by its number in the set
   */
  LeftOutException(SortedMap<Integer, String> problems) {
    super(problems.size() + " images cannot be read");
    this.problems = problems;
  }

  SortedMap<Integer, String> problems() {
    return problems;
  }
}
