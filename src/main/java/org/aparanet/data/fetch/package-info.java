/** Brings data sets from the network: what there is, where it lies, and how it is checked. */
package org.aparanet.data.fetch;
