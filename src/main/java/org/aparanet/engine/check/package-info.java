/**
 * Whether a device computes what it should: every operation against a plain reference in double
 * precision.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.check;
