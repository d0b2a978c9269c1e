/**
 * The curves of a training run: loss, accuracy and learning rate over its steps.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.report.training;
