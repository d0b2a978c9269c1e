/**
 * A trained model behind HTTP on this machine: predictions, what each layer makes of an image, and
 * a page to draw on.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.serve;
