/**
 * Data sets as a program sees them: named sets and folders, images with labels, divisions, order.
 */
package org.aparanet.data;
