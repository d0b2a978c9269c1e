/** Checkpoints of a training, as files from which another process can continue it. */
package org.aparanet.train.checkpoint;
