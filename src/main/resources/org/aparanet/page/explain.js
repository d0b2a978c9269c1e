'use strict';

/*
 * How one value of a layer's output comes from values of its input. Nothing here touches the page.
 *
 * A stage is the image (stage 0) or the output of a layer (stage i + 1):
 *   {channels, height, width, maps: [numbers of the shown maps], slots: Map from these to 0, 1, ...,
 *    values: Float32Array [shown][height][width]}
 * A place is {map, row, column}.
 */
(function (aparanet) {
  /** The value at a place; 0 outside, which is the padding. */
  function value(stage, map, row, column) {
    if (row < 0 || row >= stage.height || column < 0 || column >= stage.width) {
      return 0;
    }
    return stage.values[(stage.slots.get(map) * stage.height + row) * stage.width + column];
  }

  /** The window of a layer's input that a place sees: {top, left, height, width}. */
  function windowOf(layer, place) {
    return {
      top: place.row * layer.stride - layer.padding,
      left: place.column * layer.stride - layer.padding,
      height: layer.size[0],
      width: layer.size[1],
    };
  }

  /** The part of a window that lies on the maps of a stage. */
  function within(stage, area) {
    const top = Math.max(area.top, 0);
    const left = Math.max(area.left, 0);
    return {
      top,
      left,
      height: Math.min(area.top + area.height, stage.height) - top,
      width: Math.min(area.left + area.width, stage.width) - left,
    };
  }

  /** The values of a window, row by row. */
  function patch(stage, map, area) {
    const values = [];
    for (let y = 0; y < area.height; y++) {
      for (let x = 0; x < area.width; x++) {
        values.push(value(stage, map, area.top + y, area.left + x));
      }
    }
    return values;
  }

  function sum(numbers) {
    return numbers.reduce((a, b) => a + b, 0);
  }

  /** The strongest terms first. */
  function byStrength(terms) {
    return terms.sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
  }

  /** What a weighted sum is made of: the terms of the shown input maps, and what they leave. */
  function weighted(kind, input, total, bias, area, terms) {
    const shown = total - bias - sum(terms.map((term) => term.sum));
    return {
      kind,
      value: total,
      bias,
      area,
      terms: byStrength(terms),
      hidden: input.channels - terms.length, // input maps that are not shown
      hiddenSum: input.channels > terms.length ? shown : 0,
    };
  }

  /** A convolution: for each input map patch, filter, products and their sum. */
  function convolution(layer, input, output, place) {
    const area = windowOf(layer, place);
    const taps = area.height * area.width;
    const out = output.slots.get(place.map);
    const terms = input.maps.map((map, s) => {
      const from = (out * input.maps.length + s) * taps; // weights are [out][in][h][w]
      const filter = Array.from(layer.weightValues.subarray(from, from + taps));
      const values = patch(input, map, area);
      const products = values.map((v, i) => v * filter[i]);
      return {map, values, filter, products, sum: sum(products)};
    });
    const total = value(output, place.map, place.row, place.column);
    const bias = layer.biasValues ? layer.biasValues[out] : 0;
    return weighted('convolution', input, total, bias, area, terms);
  }

  /** A dense layer: for each input map the sum of weight times value, which the image brings. */
  function dense(layer, input, output, place, contributions) {
    const out = output.slots.get(place.map);
    const terms = input.maps.map((map, s) => ({
      map,
      sum: contributions[out * input.maps.length + s], // [out][in]
    }));
    const total = value(output, place.map, 0, 0);
    const area = {top: 0, left: 0, height: input.height, width: input.width};
    return weighted('dense', input, total, layer.biasValues[out], area, terms);
  }

  /** A pool: its window, and which value won. */
  function pool(layer, input, output, place) {
    const area = within(input, windowOf(layer, place));
    const values = patch(input, place.map, area);
    return {
      kind: layer.kind === 'maxPool' ? 'largest' : 'mean',
      value: value(output, place.map, place.row, place.column),
      area,
      values,
      winner: values.indexOf(Math.max(...values)),
      sum: sum(values),
    };
  }

  /** The one value of the input at the same place. */
  function same(input, place) {
    return value(input, place.map, place.row, place.column);
  }

  function single(kind, input, output, place) {
    return {
      kind,
      value: value(output, place.map, place.row, place.column),
      before: same(input, place),
      area: {top: place.row, left: place.column, height: 1, width: 1},
    };
  }

  /** A batch normalisation; its numbers are [weight, bias, mean, variance][shown]. */
  function normalized(layer, input, output, place) {
    const shown = output.maps.length;
    const s = output.slots.get(place.map);
    const [weight, bias, mean, variance] = [0, 1, 2, 3].map((k) => layer.normValues[k * shown + s]);
    const result = single('normalized', input, output, place);
    return Object.assign(result, {weight, bias, mean, variance, epsilon: layer.epsilon});
  }

  /**
   * How a value comes about.
   *
   * layer: of the layers' JSON, with its numbers decoded; stages: all of them; index: of the layer;
   * place: in its output; contributions: Float32Array [out][in] of a dense layer.
   */
  function explain(layer, stages, index, place, contributions) {
    const input = inputOf(layer, stages, index);
    const output = stages[index + 1];
    switch (layer.kind) {
      case 'convolution':
        return convolution(layer, input, output, place);
      case 'dense':
        return dense(layer, input, output, place, contributions);
      case 'maxPool':
      case 'averagePool':
      case 'globalAveragePool':
        return pool(layer, input, output, place);
      case 'relu':
      case 'leakyRelu':
        return Object.assign(single('rectified', input, output, place), {slope: layer.slope});
      case 'batchNorm':
        return normalized(layer, input, output, place);
      case 'residualAdd':
        return Object.assign(single('sum', input, output, place), {
          around: same(stages[layer.start], place),
        });
      case 'shortcut':
        return single('ledBack', input, output, place);
      default:
        return single('unchanged', input, output, place);
    }
  }

  /** What a layer takes: the output of the layer before, or what a shortcut leads back to. */
  function inputOf(layer, stages, index) {
    return stages[layer.kind === 'shortcut' ? layer.start : index];
  }

  aparanet.explain = {explain, inputOf, value, within};
})(window.Aparanet);
