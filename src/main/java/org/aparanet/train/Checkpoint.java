package org.aparanet.train;

import org.aparanet.model.Model;

/**
 * A snapshot of a run, with what it takes to go on with it in another process.
 *
 * @param model the network with the snapshot's parameters
 */
public record Checkpoint(Model model, Snapshot snapshot, RunIdentity run) {}
