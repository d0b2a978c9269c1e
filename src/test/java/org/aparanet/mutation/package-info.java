/** Faults put into the engines' source on purpose, and whether a test notices each of them. */
package org.aparanet.mutation;
