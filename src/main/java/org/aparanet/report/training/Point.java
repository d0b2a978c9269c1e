package org.aparanet.report.training;

/**
 * A point of a curve.
 *
 * @param x a step or an epoch; a mean of several ones need not be whole
 * @param y the value there
 */
public record Point(double x, double y) {}
