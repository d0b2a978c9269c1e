/**
 * Whether a device computes what it should: every operation against a plain reference in double
 * precision.
 */
package org.aparanet.engine.check;
