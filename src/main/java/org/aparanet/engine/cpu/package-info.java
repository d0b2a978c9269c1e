/**
 * The Java engine: slices of a batch, each taken through all layers and back by one thread, with an
 * image in each lane of the vectors.
 */
package org.aparanet.engine.cpu;
