/** The curves of a training run: loss, accuracy and learning rate over its steps. */
package org.aparanet.report.training;
