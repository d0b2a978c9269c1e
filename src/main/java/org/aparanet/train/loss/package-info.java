/**
 * Softmax and cross-entropy on the host.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.train.loss;
