/**
 * Training of a network whose first layers keep their parameters, on any engine.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.frozen;
