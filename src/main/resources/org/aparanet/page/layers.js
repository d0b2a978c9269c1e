'use strict';

/*
 * What a training tells of the layers: Aparanet.layersTable(table), Aparanet.filters(element) and
 * Aparanet.timesTable(table) each return a function that shows what the program sends.
 */
(function (aparanet) {
  const {floats, format, whole} = aparanet.numbers;
  const {svg, html} = aparanet.charts;

  const WIDTH = 160;
  const HEIGHT = 40;

  /** CSS pixels that a filter is wide. */
  const FILTER = 45;

  function percent(share) {
    return (100 * share).toFixed(1) + ' %';
  }

  /* ---- Histograms ---- */

  function outline(counts) {
    const most = Math.max(1, ...counts);
    const wide = WIDTH / counts.length;
    return counts.map((count, i) => {
      const tall = count === 0 ? 0 : Math.max(1, (count / most) * HEIGHT);
      return 'M' + i * wide + ' ' + HEIGHT + 'v' + -tall.toFixed(1) + 'h' + (wide - 0.5) +
        'V' + HEIGHT + 'z';
    }).join('');
  }

  /** A cell with a histogram, its ends and what else there is to say. */
  function histogram(found, what, extra) {
    if (!found) {
      return html('td', '', '\u2013');
    }
    const lost = found.notFinite ? '; ' + whole(found.notFinite) + ' are not finite' : '';
    const label = what + ' from ' + format(found.low) + ' to ' + format(found.high) + ', mean ' +
      format(found.mean) + lost;
    return html('td', '', [
      svg('svg', {
        class: 'histogram', viewBox: '0 0 ' + WIDTH + ' ' + HEIGHT, role: 'img', 'aria-label': label,
      }, [svg('path', {d: outline(found.counts)})]),
      html('span', 'histogram-ends', [
        html('span', '', format(found.low)), html('span', '', format(found.high)),
      ]),
      ...(extra ? [html('span', '', extra + lost)] : []),
    ]);
  }

  function heads(texts) {
    return html('thead', '', [html('tr', '', texts.map((text) => {
      const head = html('th', '', text);
      head.scope = 'col';
      return head;
    }))]);
  }

  aparanet.layersTable = (table) => (weights, probe) => {
    const rows = (probe ? probe.layers : weights.layers).map((layer) => {
      const own = weights.layers.find((w) => w.layer === layer.layer) || {};
      const head = html('th', '', layer.layer + 1 + '. ' + layer.label);
      head.scope = 'row';
      const norm = (found) => found && 'norm ' + format(found.norm);
      return html('tr', '', [
        head,
        histogram(own.weights, 'weights', norm(own.weights)),
        html('td', '', own.ratio === undefined || own.ratio === null ? '\u2013' : format(own.ratio)),
        histogram(layer.gradient, 'gradient', norm(layer.gradient)),
        histogram(layer.activations, 'activations', ''),
        html('td', '', layer.activations ? percent(layer.activations.zeros) : '\u2013'),
        html('td', '', layer.dead === undefined ? '\u2013' : percent(layer.dead)),
      ]);
    });
    table.replaceChildren(
      html('caption', '', 'Histograms of each layer, and how far a step moves its weights'),
      heads(['Layer', 'Weights', 'Update / weight', 'Gradient', 'Activations', 'Zeros',
        'Dead maps']),
      html('tbody', '', rows));
  };

  /* ---- Filters ---- */

  /** Paints one channel by colours around 0, or three as red, green and blue around grey. */
  function paint(canvas, values, filter, size) {
    const {channels, height, width} = filter;
    const plane = height * width;
    const shown = channels === 3 ? 3 * plane : plane;
    const largest = size > 0 ? size : 1;
    const image = new ImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const table = aparanet.maps.table();
    for (let i = 0; i < plane; i++) {
      if (shown > plane) {
        const [r, g, b] = [0, 1, 2].map(
          (c) => Math.round(127.5 * (1 + values[c * plane + i] / largest)));
        pixels[i] = 0xff000000 | (b << 16) | (g << 8) | r;
      } else {
        pixels[i] = table[255 + Math.round((255 * values[i]) / largest)];
      }
    }
    canvas.getContext('2d').putImageData(image, 0, 0);
  }

  function largest(values) {
    return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  }

  function pair(filter, number) {
    const canvases = [0, 1].map(() => {
      const canvas = html('canvas');
      canvas.width = filter.width;
      canvas.height = filter.height;
      const cell = Math.max(1, Math.round(FILTER / Math.max(filter.width, filter.height)));
      canvas.style.width = filter.width * cell + 'px';
      canvas.style.height = filter.height * cell + 'px';
      canvas.setAttribute('role', 'img');
      return canvas;
    });
    const figure = html('figure', '', [
      html('div', 'pair', canvases), html('figcaption', '', 'filter ' + number),
    ]);
    return {figure, canvases};
  }

  aparanet.filters = (root) => {
    let pairs = [];
    return (filter) => {
      if (pairs.length !== filter.shown) {
        pairs = Array.from({length: filter.shown}, (_, number) => pair(filter, number));
        root.replaceChildren(...pairs.map((p) => p.figure));
      }
      const weights = floats(filter.weights);
      const changes = filter.change ? floats(filter.change) : new Float32Array(weights.length);
      const moved = largest(changes);
      const size = weights.length / filter.shown;
      pairs.forEach(({canvases}, number) => {
        const own = weights.subarray(number * size, (number + 1) * size);
        const change = changes.subarray(number * size, (number + 1) * size);
        paint(canvases[0], own, filter, largest(own));
        paint(canvases[1], change, filter, moved);
        canvases[0].setAttribute(
          'aria-label', 'filter ' + number + ', largest weight ' + format(largest(own)));
        canvases[1].setAttribute(
          'aria-label', 'change of filter ' + number + ', at most ' + format(largest(change)));
      });
      return moved;
    };
  };

  /* ---- Times ---- */

  aparanet.timesTable = (table) => (profile) => {
    const most = Math.max(...profile.parts.map((part) => part.nanos));
    const rows = profile.parts.map((part) => {
      const head = html('th', '', part.name);
      head.scope = 'row';
      const bar = html('span', 'time-bar');
      bar.style.width = (100 * part.nanos) / most + '%';
      const cell = html('td', 'time-cell', [bar]);
      cell.setAttribute('aria-hidden', 'true');
      return html('tr', '', [
        head, html('td', '', (part.nanos / 1e6).toFixed(3)),
        html('td', '', percent(part.nanos / profile.nanos)), cell,
      ]);
    });
    const drawn = html('th', '', '');
    drawn.setAttribute('aria-hidden', 'true');
    table.replaceChildren(
      html('caption', '', 'Operations of step ' + whole(profile.step) + ', in their order'),
      heads(['Operation', 'ms', 'share', 'as a bar']),
      html('tbody', '', rows));
  };
})(window.Aparanet);
