/** Files that hold images: IDX, GZIP, pictures; names of files, and errors of reading them. */
package org.aparanet.data.format;
