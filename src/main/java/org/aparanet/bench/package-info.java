/**
 * Times devices side by side, per operation and per step. It measures; {@code report} shows.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.bench;
