'use strict';

/*
 * Line charts that grow.
 *
 * Aparanet.lineChart(element, {title, names, zero, format, axis, step}) fills an element and
 * returns {set(series, points), add(series, points), draw()}; points are [x, y] with ascending x.
 * Axes are labelled by axis, or else by format, at steps from step(range, wished number), or else
 * round ones. Series differ by colour, dashes and markers.
 */
window.Aparanet = window.Aparanet || {};

(function (aparanet) {
  /** More points than pixels tell nothing; neighbours are joined then. */
  const MOST_POINTS = 1000;

  /** Markers of a long line. */
  const MARKERS = 8;

  /** Rows of a table of values. */
  const ROWS = 10;

  const SPACE = {right: 16, top: 10, bottom: 34};

  /** CSS pixels that a character of an axis takes at the most. */
  const CHARACTER = 7.2;
  const HEIGHT = 220;
  const NAMESPACE = 'http://www.w3.org/2000/svg';

  /** Paths of markers around (0, 0). */
  const SHAPES = [
    'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z',
    'M-4 -4h8v8h-8z',
    'M0 -5l4.6 8h-9.2z',
    'M0 -5.5l5 5.5l-5 5.5l-5 -5.5z',
  ];

  function svg(name, attributes, children = []) {
    const node = document.createElementNS(NAMESPACE, name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    node.append(...children);
    return node;
  }

  function html(name, style, children = []) {
    const node = document.createElement(name);
    if (style) {
      node.className = style;
    }
    node.append(...[].concat(children));
    return node;
  }

  /** A step of 1, 2 or 5 times a power of ten that makes about as many ticks as wished. */
  function niceStep(range, wished) {
    const raw = range / wished;
    const power = Math.pow(10, Math.floor(Math.log10(raw)));
    const factor = [1, 2, 5, 10].find((f) => f * power >= raw);
    return factor * power;
  }

  function ticks(low, high, wished, stepOf = niceStep) {
    const step = stepOf(high - low, wished);
    const result = [];
    for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
      result.push(i * step);
    }
    return result;
  }

  /** A number for an axis: without digits that mean nothing. */
  function short(number) {
    const size = Math.abs(number);
    if (number === 0) {
      return '0';
    }
    if (size >= 1e6) {
      return +(number / 1e6).toPrecision(4) + ' M';
    }
    if (size >= 1e4) {
      return +(number / 1e3).toPrecision(4) + ' k';
    }
    const text = size < 1e-3 ? number.toExponential(1) : String(+number.toPrecision(4));
    return text.replace(/-/g, '\u2212');
  }

  function joinNeighbours(points) {
    const joined = [];
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [a, b] = [points[i], points[i + 1]];
      joined.push([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
    }
    if (points.length % 2 === 1) {
      joined.push(points[points.length - 1]);
    }
    return joined;
  }

  class LineChart {
    constructor(root, options) {
      this.options = options;
      this.format = options.format || short;
      this.axis = options.axis || this.format;
      this.series = options.names.map(() => []);
      this.picture = svg('svg', {role: 'img', class: 'chart-picture'});
      this.box = html('div', 'chart-box', [this.picture]);
      this.legend = html('ul', 'chart-legend');
      this.entries = options.names.map((name, i) => this.entry(name, i));
      this.table = html('div', 'wide');
      this.values = html('details', 'chart-values', [html('summary', '', 'Values'), this.table]);
      this.values.addEventListener('toggle', () => this.fillTable());
      root.classList.add('chart');
      root.replaceChildren(
        html('h3', '', options.title), this.box, this.legend, this.values);
      new ResizeObserver(() => this.draw()).observe(this.box);
    }

    entry(name, i) {
      const sample = svg('svg', {width: 34, height: 14, 'aria-hidden': 'true'}, [
        svg('path', {d: 'M1 7h32', class: 'chart-line series-' + i}),
        svg('path', {d: SHAPES[i], transform: 'translate(17 7)', class: 'chart-mark series-' + i}),
      ]);
      const value = html('span', 'chart-latest');
      const item = html('li', '', [sample, html('span', '', name), value]);
      this.legend.append(item);
      return {item, value};
    }

    set(i, points) {
      this.series[i] = points.filter((point) => point[1] !== null);
    }

    /** Appends points that lie behind the last one. */
    add(i, points) {
      const own = this.series[i];
      points.forEach((point) => {
        const last = own.length > 0 ? own[own.length - 1][0] : -Infinity;
        if (point[1] !== null && point[0] > last) {
          own.push(point);
        }
      });
      if (own.length > MOST_POINTS) {
        this.series[i] = joinNeighbours(own);
      }
    }

    draw() {
      const width = Math.floor(this.box.clientWidth);
      if (width < 50) {
        return;
      }
      this.picture.setAttribute('viewBox', '0 0 ' + width + ' ' + HEIGHT);
      this.picture.setAttribute('width', width);
      this.picture.setAttribute('height', HEIGHT);
      const all = this.series.flat();
      const scale = this.scale(all, width);
      const parts = all.length === 0 ? [this.empty(width)] : this.axes(scale, width);
      this.series.forEach((points, i) => parts.push(...this.line(points, i, scale)));
      this.picture.replaceChildren(...parts);
      this.name();
      this.fillTable();
    }

    empty(width) {
      return svg('text', {x: width / 2, y: HEIGHT / 2, 'text-anchor': 'middle'}, ['no values yet']);
    }

    scale(points, width) {
      let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
      points.forEach(([x, y]) => {
        left = Math.min(left, x);
        right = Math.max(right, x);
        low = Math.min(low, y);
        high = Math.max(high, y);
      });
      low = this.options.zero ? Math.min(0, low) : low;
      if (!(high > low)) {
        const around = Math.abs(high) * 0.1 || 1;
        low -= this.options.zero ? 0 : around;
        high += around;
      }
      if (!(right > left)) {
        left -= 0.5;
        right += 0.5;
      }
      const labels = ticks(low, high, 5, this.options.step).map((y) => ({y, text: this.axis(y)}));
      const space = 12 + CHARACTER * Math.max(4, ...labels.map((label) => label.text.length));
      const inner = width - space - SPACE.right;
      const tall = HEIGHT - SPACE.top - SPACE.bottom;
      return {
        left, right, space, labels,
        x: (x) => space + ((x - left) / (right - left)) * inner,
        y: (y) => SPACE.top + (1 - (y - low) / (high - low)) * tall,
      };
    }

    axes(scale, width) {
      const parts = [];
      scale.labels.forEach((label) => {
        const y = scale.y(label.y).toFixed(1);
        const line = 'M' + scale.space + ' ' + y + 'H' + (width - SPACE.right);
        parts.push(
          svg('path', {d: line, class: 'chart-grid'}),
          svg('text', {x: scale.space - 6, y: +y + 4, 'text-anchor': 'end'}, [label.text]));
      });
      ticks(scale.left, scale.right, Math.max(2, Math.floor(width / 110))).forEach((tick) => {
        const x = scale.x(tick).toFixed(1);
        const end = HEIGHT - SPACE.bottom;
        parts.push(
          svg('path', {d: 'M' + x + ' ' + end + 'v4', class: 'chart-tick'}),
          svg('text', {x, y: end + 17, 'text-anchor': 'middle'}, [short(tick)]));
      });
      parts.push(svg('text', {x: width - SPACE.right, y: HEIGHT - 3, 'text-anchor': 'end'}, ['step']));
      return parts;
    }

    line(points, i, scale) {
      if (points.length === 0) {
        return [];
      }
      const at = points.map(([x, y]) => scale.x(x).toFixed(1) + ' ' + scale.y(y).toFixed(1));
      const every = points.length <= 20 ? 1 : Math.ceil(points.length / MARKERS);
      const marks = at.filter((_, n) => (points.length - 1 - n) % every === 0);
      return [
        svg('path', {d: 'M' + at.join('L'), class: 'chart-line series-' + i}),
        ...marks.map((place) => svg('path', {
          d: SHAPES[i],
          transform: 'translate(' + place + ')',
          class: 'chart-mark series-' + i,
        })),
      ];
    }

    /** The latest values, for those who see the chart and those who do not. */
    name() {
      const told = [];
      this.series.forEach((points, i) => {
        const last = points[points.length - 1];
        this.entries[i].item.hidden = !last;
        if (last) {
          const text = this.format(last[1]);
          this.entries[i].value.textContent = text;
          told.push(this.options.names[i] + ' ' + text + ' at step ' + Math.round(last[0]));
        }
      });
      this.picture.setAttribute(
        'aria-label', this.options.title + ': ' + (told.join('; ') || 'no values yet'));
    }

    /** A table of a few points, of those series that have some; only while it is open. */
    fillTable() {
      if (!this.values.open) {
        return;
      }
      const rows = [];
      this.series.forEach((points, i) => {
        const every = Math.max(1, Math.ceil(points.length / ROWS));
        points.filter((_, n) => (points.length - 1 - n) % every === 0).forEach(([x, y]) => {
          const head = html('th', '', this.options.names[i]);
          head.scope = 'row';
          rows.push(html('tr', '', [
            head, html('td', '', String(Math.round(x))), html('td', '', this.format(y)),
          ]));
        });
      });
      const heads = ['curve', 'step', 'value'].map((text) => {
        const head = html('th', '', text);
        head.scope = 'col';
        return head;
      });
      this.table.replaceChildren(html('table', '', [
        html('caption', '', 'Points of ' + this.options.title.toLowerCase()),
        html('thead', '', [html('tr', '', heads)]), html('tbody', '', rows),
      ]));
    }
  }

  aparanet.lineChart = (root, options) => new LineChart(root, options);
  aparanet.charts = {svg, html, short};
})(window.Aparanet);
