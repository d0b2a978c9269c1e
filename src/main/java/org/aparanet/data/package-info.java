/**
 * Data sets as a program sees them: named sets and folders, images with labels, divisions, order.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.data;
