package org.aparanet.inspect;

/**
 * One value of a layer's input, and where it stands.
 *
 * @param channel of its map, from 0
 * @param row from 0, at the top; negative, or behind the last row, in the padding
 * @param column from 0, at the left; negative, or behind the last column, in the padding
 * @param value of the input there; 0 in the padding
 */
public record Element(int channel, int row, int column, double value) {}
