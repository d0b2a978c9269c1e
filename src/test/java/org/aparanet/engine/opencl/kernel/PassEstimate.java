package org.aparanet.engine.opencl.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How long a pass takes a card, by the model of docs/performance.md.
 *
 * @param operations its rows' operations
 * @param layer which layers it belongs to; empty if to none
 * @param groups work-groups that it has work for
 * @param micros its time on the card
 * @param limit what it waits for most
 * @param multiplyAdds of the layer's definition
 */
record PassEstimate(
    List<String> operations,
    String layer,
    double groups,
    double micros,
    Limit limit,
    double multiplyAdds) {
  /** Part of the cycles in which a unit finds an instruction that is ready. */
  private static final double ISSUE = 0.85;

  /** What is added where not memory is the limit: beginnings and ends. */
  private static final double ENDS = 1.1;

  /** Part of a cache's bandwidth that kernels reach, and part of a memory's. */
  private static final double CACHE = 0.6;

  private static final double MEMORY = 0.5;

  /** Work-groups on each unit from which on they load all units alike, but for so much. */
  private static final int MANY = 8;

  private static final double UNEVEN = 1.05;

  /** What a pass may wait for. */
  enum Limit {
    ISSUE("issue"),
    LATENCY("latency"),
    MEMORY("memory");

    private final String label;

    Limit(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /** The estimate for a pass of some rows, which run at the same time. */
  static PassEstimate of(List<String> operations, String layer, List<RowCost> rows, Card card) {
    double groups = rows.stream().mapToDouble(RowCost::groups).sum();
    if (operations.contains("UPDATE")) { // each row is the work of all work-groups
      groups = rows.get(0).groups();
    }
    Map<Limit, Double> micros =
        Map.of(
            Limit.ISSUE, ENDS * issue(rows, card),
            Limit.LATENCY, ENDS * latency(rows, card),
            Limit.MEMORY, memory(rows, card));
    Limit limit =
        micros.entrySet().stream()
            .max(Comparator.comparingDouble(Map.Entry::getValue))
            .orElseThrow()
            .getKey();
    return new PassEstimate(
        operations.stream().distinct().toList(),
        layer,
        groups,
        micros.get(limit),
        limit,
        rows.stream().mapToDouble(RowCost::multiplyAdds).sum());
  }

  private static double issue(List<RowCost> rows, Card card) {
    double groups = rows.stream().mapToDouble(RowCost::groups).sum();
    double instructions =
        rows.stream()
            .mapToDouble(row -> row.groups() * MatrixProduct.GROUP / 32 * row.instructions())
            .sum();
    return instructions * imbalance(groups / card.units()) / (card.instructionsPerMicro() * ISSUE);
  }

  /** How much more the unit with the most work-groups has than the mean of all. */
  private static double imbalance(double groupsOfUnit) {
    return groupsOfUnit < MANY ? Math.ceil(groupsOfUnit) / groupsOfUnit : UNEVEN;
  }

  private static double latency(List<RowCost> rows, Card card) {
    return rows.stream()
        .mapToDouble(
            row ->
                row.cycles()
                    * Math.max(1, row.groups() / (card.units() * row.resident()))
                    / (card.gigahertz() * 1e3))
        .max()
        .orElseThrow();
  }

  private static double memory(List<RowCost> rows, Card card) {
    double bytes = rows.stream().mapToDouble(RowCost::bytes).sum();
    double bandwidth =
        bytes < card.cacheMegabytes() * 1e6 ? CACHE * card.cache() : MEMORY * card.memory();
    return bytes / (bandwidth * 1e3);
  }
}
