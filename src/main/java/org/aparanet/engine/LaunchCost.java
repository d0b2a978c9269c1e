package org.aparanet.engine;

/**
 * What it costs the host to have a device begin, however little there is to do.
 *
 * @param executeNanos of a call, beside its launches, in nanoseconds
 * @param launchNanos of each launch of a call, which waits for the one before
 */
public record LaunchCost(double executeNanos, double launchNanos) {}
