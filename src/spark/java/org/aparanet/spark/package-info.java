/**
 * Training in rounds on a cluster of Apache Spark: shards of the images on the executors, the state
 * by broadcast and back as results of tasks.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.spark;
