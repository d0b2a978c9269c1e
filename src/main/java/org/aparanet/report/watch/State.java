package org.aparanet.report.watch;

/**
 * Parameters at a place of the run.
 *
 * @param step steps taken
 * @param parameters after that step; not changed
 */
record State(long step, float[] parameters) {}
