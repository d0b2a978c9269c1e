/**
 * What is told of a training while it goes on: curves, statistics of the layers, filters and
 * feature maps, computed beside the training and sent as events.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.report.watch;
