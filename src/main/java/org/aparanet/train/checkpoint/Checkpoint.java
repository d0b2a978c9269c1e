package org.aparanet.train.checkpoint;

import org.aparanet.model.Model;
import org.aparanet.train.Snapshot;

/**
 * A snapshot of a run, with the model and the settings that another process needs to continue it.
 *
 * @param model the network with the snapshot's parameters
 * @param snapshot of the run
 * @param run what tells it from others
 */
public record Checkpoint(Model model, Snapshot snapshot, RunIdentity run) {}
