/**
 * Training on the host's side: plans, steps and epochs, learning rates, what happens when a device
 * fails, and recipes.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.train;
