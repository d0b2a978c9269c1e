package org.aparanet.data.store;

import java.util.List;

/**
 * Set whose pixels are in a file.
 *
 * @param pixels of all images
 * @param labels class of each image
 * @param problems sentences about images that were left out
 */
public record StoredSet(ImagePixels pixels, byte[] labels, List<String> problems) {}
