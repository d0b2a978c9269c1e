/**
 * The ONNX file format: graphs of operators with their constants, written as a protocol buffer.
 * Knows nothing of networks.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.model.onnx;
