package org.aparanet.engine.cpu.lane;

/**
 * An operation of a layer on a full slice, ready to be timed.
 *
 * @param operation what it does, such as {@code backward data}
 * @param subject the layer with its shapes
 * @param flop floating-point operations of one run, two for each of the layer's multiply-adds; 0
 *     where it multiplies nothing
 * @param bytes what one run reads and writes if nothing is touched twice
 * @param body does it once
 */
public record OperationCase(
    String operation, String subject, long flop, long bytes, Runnable body) {

  /** Runs that take long enough, about ten microseconds, for the clock's cost not to count. */
  public int repeats() {
    return (int) Math.max(1, (1 << 20) / Math.max(flop, bytes));
  }

  /** Unique among the cases of a network. */
  public String id() {
    return subject + ": " + operation;
  }
}
