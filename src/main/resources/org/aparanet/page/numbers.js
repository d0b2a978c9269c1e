'use strict';

/* Numbers of a page: how they are read, and how they are written. */
window.Aparanet = window.Aparanet || {};

(function (aparanet) {
  /** Bytes of base64. */
  function bytes(base64) {
    const text = atob(base64);
    const result = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) {
      result[i] = text.charCodeAt(i);
    }
    return result;
  }

  /** Floats of base64, little-endian as every browser's machine is. */
  function floats(base64) {
    return new Float32Array(bytes(base64).buffer);
  }

  /** A number with four decimals; a small or large one with three digits and its power of ten. */
  function format(number) {
    const size = Math.abs(number);
    if (number === 0) {
      return '0';
    }
    const text =
      size >= 0.001 && size < 100000 ? number.toFixed(4) : number.toExponential(2);
    return text.replace(/-/g, '\u2212');
  }

  /** A whole number with commas between thousands. */
  function whole(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
  }

  /** "1 map", "2 maps". */
  function count(number, word) {
    return whole(number) + ' ' + word + (number === 1 ? '' : 's');
  }

  aparanet.numbers = {bytes, floats, format, whole, count};
})(window.Aparanet);
