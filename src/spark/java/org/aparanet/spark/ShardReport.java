package org.aparanet.spark;

import java.io.Serializable;
import java.util.SortedMap;
import org.aparanet.train.checkpoint.ImageDigest;

/**
 * What an executor has to tell of a shard that it has read.
 *
 * @param share its number, from 0
 * @param problems a sentence for each image that cannot be read, by its place in the shard; if
 *     there is any, the shard is of no use
 * @param digest of the images
 * @param counts how often each channel has each of the 256 values
 */
record ShardReport(
    int share, SortedMap<Integer, String> problems, ImageDigest digest, long[][] counts)
    implements Serializable {}
