package org.aparanet.engine;

/**
 * Time that starting work on a device costs the host, in nanoseconds, whatever the work.
 *
 * @param executeNanos of a call, beside its launches, in nanoseconds
 * @param launchNanos of each launch of a call, which waits for the one before
 */
public record LaunchCost(double executeNanos, double launchNanos) {}
