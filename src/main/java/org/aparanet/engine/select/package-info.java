/**
 * Which devices this machine has, which of them can be trusted, and which one a choice means.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.select;
