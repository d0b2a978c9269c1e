/**
 * Pictures in files as a viewer shows them: formats, decoders, the canvas, how it is to be turned.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.data.image;
