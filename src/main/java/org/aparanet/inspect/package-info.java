/**
 * What each layer of a network makes of one image, number by number.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.inspect;
