package org.aparanet.data.store;

/**
 * Some images of a set, read from where they are.
 *
 * @param all the images of the set
 * @param images indices of those that are meant, in their new order; not copied
 */
record SelectedPixels(ImagePixels all, int[] images) implements ImagePixels {

  @Override
  public int count() {
    return images.length;
  }

  @Override
  public int imageSize() {
    return all.imageSize();
  }

  @Override
  public void copy(int image, byte[] target, int to) {
    all.copy(images[image], target, to);
  }
}
