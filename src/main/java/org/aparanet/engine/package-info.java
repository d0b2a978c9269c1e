/** The contract between training and the devices that compute, and the choice of a device. */
package org.aparanet.engine;
