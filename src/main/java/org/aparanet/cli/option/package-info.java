/**
 * Options that several commands have, their values, and what is checked before a command starts.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.cli.option;
