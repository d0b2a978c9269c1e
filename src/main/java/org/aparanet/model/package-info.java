/**
 * Networks: layers, shapes, parameters, its text form and its files. Knows nothing of how it is
 * computed.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.model;
