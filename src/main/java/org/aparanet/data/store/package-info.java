/**
 * Where the pixels of a data set are: in memory, or in a file.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.data.store;
