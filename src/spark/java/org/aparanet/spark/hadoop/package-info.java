/**
 * Files of whatever Hadoop opens, such as {@code hdfs:} and {@code s3a:}, as Java's paths, so that
 * what reads data sets need not know where they lie. They can be listed and read, no more.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.spark.hadoop;
