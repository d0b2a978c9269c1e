/** Softmax and cross-entropy on the host. */
package org.aparanet.train.loss;
