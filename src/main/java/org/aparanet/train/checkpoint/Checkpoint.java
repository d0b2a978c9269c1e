package org.aparanet.train.checkpoint;

import org.aparanet.model.Model;
import org.aparanet.train.Snapshot;

/**
 * A snapshot of a run, with what it takes to go on with it in another process.
 *
 * @param model the network with the snapshot's parameters
 */
public record Checkpoint(Model model, Snapshot snapshot, RunIdentity run) {}
