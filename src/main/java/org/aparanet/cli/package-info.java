/**
 * The command line: picocli commands that parse, check and call; no arithmetic.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.cli;
