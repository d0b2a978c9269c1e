/**
 * The history of a training as JSON Lines: its format is written and read here alone.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.train.history;
