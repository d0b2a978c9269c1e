/** Testing a network: accuracy, loss, predictions of each image and what was taken for what. */
package org.aparanet.train.evaluate;
