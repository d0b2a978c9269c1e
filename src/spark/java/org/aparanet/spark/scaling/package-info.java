/**
 * Model of the time that training on a cluster takes; docs/scaling.md has its curves.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.spark.scaling;
