/**
 * The way in for Java programs.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet;
