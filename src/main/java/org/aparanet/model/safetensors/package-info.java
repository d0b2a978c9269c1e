/**
 * Files in the safetensors format: a reader that trusts nothing it reads, and a writer.
 *
 * <p>Start at {@link org.aparanet.model.safetensors.Safetensors}.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.model.safetensors;
