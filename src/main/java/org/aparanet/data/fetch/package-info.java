/**
 * Brings data sets from the network: what there is, where it lies, and how it is checked.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.data.fetch;
