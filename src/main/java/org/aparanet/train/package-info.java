/**
 * Training on the host: plans, steps and epochs, learning rates, failover of devices, and recipes.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.train;
