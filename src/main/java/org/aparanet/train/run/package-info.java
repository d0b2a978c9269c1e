/** Puts a training together of settings, images and checkpoints, and runs it on a device. */
package org.aparanet.train.run;
