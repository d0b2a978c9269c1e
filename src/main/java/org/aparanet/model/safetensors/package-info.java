/**
 * Files in the safetensors format: a reader that trusts nothing it reads, and a writer.
 *
 * <p>Start at {@link org.aparanet.model.safetensors.Safetensors}.
 */
package org.aparanet.model.safetensors;
