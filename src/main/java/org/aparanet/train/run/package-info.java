/**
 * Puts a training together of settings, images and checkpoints, and runs it on a device.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.train.run;
