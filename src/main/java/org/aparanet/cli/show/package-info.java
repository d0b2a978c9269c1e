/**
 * Output on a terminal: progress, tables and the result line.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.cli.show;
