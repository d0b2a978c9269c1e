/** Data sets: IDX files, image files, and the order of images in an epoch. */
package org.aparanet.data;
