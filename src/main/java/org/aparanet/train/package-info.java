/**
 * The orchestrator on the host: epochs and steps, softmax and cross-entropy, evaluation, history.
 */
package org.aparanet.train;
