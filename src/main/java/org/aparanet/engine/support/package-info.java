/**
 * Parts that engines share: checks of arguments, large arrays, names and work of a step's parts.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.support;
