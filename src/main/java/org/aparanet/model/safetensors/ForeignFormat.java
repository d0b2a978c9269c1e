package org.aparanet.model.safetensors;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Files that are often given in place of a safetensors file, told by their first bytes. */
final class ForeignFormat {
  private static final String PYTORCH =
      "a file of PyTorch's torch.save, not a safetensors file; safetensors.torch.save_file writes"
          + " one of the same state_dict";

  private static final Map<String, String> BEGINNINGS = new LinkedHashMap<>();

  static {
    BEGINNINGS.put("PK\u0003\u0004", PYTORCH);
    BEGINNINGS.put("\u0080\u0002", PYTORCH);
    BEGINNINGS.put("\u0089PNG", "a PNG image, not a safetensors file");
    BEGINNINGS.put("\u00ff\u00d8\u00ff", "a JPEG image, not a safetensors file");
    BEGINNINGS.put("\u0089HDF", "an HDF5 file, not a safetensors file");
    BEGINNINGS.put("\u001f\u008b", "a file compressed by gzip, not a safetensors file");
  }

  private ForeignFormat() {}

  /**
   * What a file is instead, as the rest of a sentence; empty if that is not known.
   *
   * @param first the first 8 bytes of the file
   */
  static Optional<String> of(byte[] first) {
    String beginning = new String(first, StandardCharsets.ISO_8859_1);
    return BEGINNINGS.entrySet().stream()
        .filter(known -> beginning.startsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
