/** Data sets: IDX files, CIFAR-10, image files, and the order of images in an epoch. */
package org.aparanet.data;
