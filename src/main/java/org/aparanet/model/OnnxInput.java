package org.aparanet.model;

/** What an ONNX file takes as an image; both are [N, C, H, W]. */
public enum OnnxInput {

  /** Float, from 0 to 1. */
  UNIT("float values from 0 to 1"),

  /** Unsigned bytes, from 0 to 255: the graph divides them by 255. */
  PIXELS("bytes from 0 to 255");

  private final String text;

  OnnxInput(String text) {
    this.text = text;
  }

  /** What one element is, for people. */
  String text() {
    return text;
  }
}
