/**
 * Training on the host's side: plans, steps and epochs, learning rates, what happens when a device
 * fails, and recipes.
 */
package org.aparanet.train;
