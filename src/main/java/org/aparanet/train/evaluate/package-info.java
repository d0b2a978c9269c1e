/**
 * Testing a network: accuracy, loss, predictions of each image and what was taken for what.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.train.evaluate;
