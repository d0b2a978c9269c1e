/**
 * Files that hold images: IDX, GZIP, pictures; names of files, and errors of reading them.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.data.format;
