/**
 * Tests of a network: accuracy, loss, predictions and the confusion matrix.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.train.evaluate;
