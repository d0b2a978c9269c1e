/**
 * Preparation of a training from settings, images and checkpoints, and its run on a device.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.train.run;
