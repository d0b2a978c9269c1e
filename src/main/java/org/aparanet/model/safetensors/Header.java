package org.aparanet.model.safetensors;

import java.util.Map;

/**
 * The JSON header of a safetensors file, before its offsets are compared with the data.
 *
 * @param metadata the strings under {@code __metadata__}, in the file's order
 * @param tensors by name, in the file's order
 */
record Header(Map<String, String> metadata, Map<String, TensorEntry> tensors) {}
