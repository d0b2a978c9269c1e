'use strict';

/*
 * The maps of all layers as pictures, and what stands behind each of their values.
 *
 * Aparanet.maps(element, layers) fills an element and returns an object:
 *   show(image) shows another image, as often as one likes;
 *   parameters(layers) takes the same layers at another time of their training, before the image of
 *   that time;
 *   select(layer, map, row, column) explains a value, once an image is shown; layer 1 is the first.
 * Layers and images are the JSON that the Java classes LayersJson and MapsJson write.
 */
(function (aparanet) {
  const {bytes, floats, format, whole, count} = aparanet.numbers;
  const {element, parts, sentence, placeText} = aparanet.details;

  /** Wished width of a map in CSS pixels, and the most that one of its values may take. */
  const MAP_WIDTH = 84;
  const LARGEST_CELL = 12;

  /** Features of a vector in a row. */
  const FEATURES = 24;

  /** Classes with a line of their own. */
  const CLASSES = 12;

  /** Red, green and blue of the least value, of 0 and of the largest. */
  const SCHEMES = {
    light: [[20, 90, 170], [250, 250, 250], [200, 70, 0]],
    dark: [[110, 185, 255], [36, 39, 44], [255, 150, 60]],
  };

  const dark = window.matchMedia('(prefers-color-scheme: dark)');

  /** 511 colours as ABGR, from the least value over 0, at 255, to the largest. */
  function colours([least, zero, most]) {
    const table = new Uint32Array(511);
    for (let i = 0; i < table.length; i++) {
      const share = Math.abs(i - 255) / 255;
      const end = i < 255 ? least : most;
      const [r, g, b] = zero.map((z, c) => Math.round(z + share * (end[c] - z)));
      table[i] = 0xff000000 | (b << 16) | (g << 8) | r;
    }
    return table;
  }

  const TABLES = {light: colours(SCHEMES.light), dark: colours(SCHEMES.dark)};

  function table() {
    return dark.matches ? TABLES.dark : TABLES.light;
  }

  /* ---- Pictures: one canvas for each map, or one for all features of a vector ---- */

  /** A picture of width x height values: its canvas, and room for its pixels. */
  function picture(width, height, cell) {
    const canvas = element('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = width * cell + 'px';
    canvas.style.height = height * cell + 'px';
    const image = new ImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    return {canvas, image, pixels, context: canvas.getContext('2d')};
  }

  /** Paints values[from ...] of a layer whose largest magnitude is known. */
  function paint(pic, values, from, number, largest) {
    const lut = table();
    const scale = largest > 0 ? 255 / largest : 0;
    for (let i = 0; i < number; i++) {
      pic.pixels[i] = lut[255 + Math.round(values[from + i] * scale)];
    }
    pic.context.putImageData(pic.image, 0, 0);
  }

  /** Paints bytes of the image as grey. */
  function paintGrey(pic, pixels, from) {
    for (let i = 0; i < pic.pixels.length; i++) {
      const p = pixels[from + i];
      pic.pixels[i] = 0xff000000 | (p << 16) | (p << 8) | p;
    }
    pic.context.putImageData(pic.image, 0, 0);
  }

  /** Paints an image of three channels in its colours. */
  function paintColour(pic, pixels) {
    const plane = pic.pixels.length;
    for (let i = 0; i < plane; i++) {
      pic.pixels[i] =
        0xff000000 | (pixels[2 * plane + i] << 16) | (pixels[plane + i] << 8) | pixels[i];
    }
    pic.context.putImageData(pic.image, 0, 0);
  }

  /** CSS pixels that a value takes, so that maps are neither tiny nor wider than a narrow page. */
  function cellSize(height, width) {
    const longer = Math.max(height, width);
    return longer > MAP_WIDTH
      ? (2 * MAP_WIDTH) / longer
      : Math.min(LARGEST_CELL, Math.max(1, Math.round(MAP_WIDTH / longer)));
  }

  /* ---- Stages: the image, and the output of each layer ---- */

  function makeStage(index, shape, maps) {
    const [channels, height, width] = shape;
    const vector = height === 1 && width === 1 && index > 0;
    return {
      index, channels, height, width, maps, vector,
      slots: new Map(maps.map((map, slot) => [map, slot])),
      values: new Float32Array(0),
      pictures: [], // of each shown map; of a vector, one
      figures: [],
      marks: [],
      place: null, // what is selected
      kept: false, // whether pointing elsewhere leaves it alone
    };
  }

  /** A mark over a picture, which covers an area in shares of the picture. */
  function mark(style) {
    const node = element('span', style);
    node.hidden = true;
    return node;
  }

  function cover(node, area, width, height) {
    node.hidden = false;
    node.style.left = (100 * area.left) / width + '%';
    node.style.top = (100 * area.top) / height + '%';
    node.style.width = (100 * area.width) / width + '%';
    node.style.height = (100 * area.height) / height + '%';
  }

  function addFigure(stage, pic, caption) {
    const spot = mark('maps-spot');
    const patch = mark('maps-patch');
    const frame = element('div', 'maps-frame', [pic.canvas, patch, spot]);
    const text = element('figcaption', '', caption);
    const figure = element('figure', '', [frame, text]);
    pic.canvas.setAttribute('role', 'img');
    pic.canvas.tabIndex = stage.figures.length === 0 ? 0 : -1;
    stage.pictures.push(pic);
    stage.figures.push({figure, text, spot, patch, dead: null});
    return figure;
  }

  /** Columns and rows of the cells of a vector. */
  function cells(stage) {
    const columns = Math.min(stage.maps.length, FEATURES);
    return {columns, rows: Math.ceil(stage.maps.length / columns)};
  }

  function fillGrid(stage, grid) {
    if (stage.vector) {
      const {columns, rows} = cells(stage);
      const pic = picture(columns, rows, columns > 12 ? LARGEST_CELL : 2 * LARGEST_CELL);
      grid.append(addFigure(stage, pic, ''));
      return;
    }
    for (const map of stage.maps) {
      const pic = picture(stage.width, stage.height, cellSize(stage.height, stage.width));
      grid.append(addFigure(stage, pic, String(map)));
    }
  }

  /** Reads the parameters of a layer from the JSON of one. */
  function read(layer, json) {
    layer.weightValues = json.weights && floats(json.weights);
    layer.biasValues = json.bias && floats(json.bias);
    layer.normValues = json.norm && floats(json.norm);
  }

  /* ---- The viewer ---- */

  class Viewer {
    constructor(root, layers) {
      this.layers = layers;
      this.image = null;
      this.current = null;
      const input = layers.input;
      this.stages = [makeStage(0, input, Array.from({length: input[0]}, (_, c) => c))];
      layers.layers.forEach((layer, i) => {
        read(layer, layer);
        this.stages.push(makeStage(i + 1, layer.output, layer.maps));
      });
      root.classList.add('maps');
      root.replaceChildren(
        this.help(),
        ...this.stages.map((stage) => this.section(stage)),
        this.results());
      dark.addEventListener('change', () => this.redraw());
    }

    help() {
      const text =
        'Point at a value, or tap it, to see where it comes from; a click keeps it, another one' +
        ' lets it go. With the keyboard: Tab goes from layer to layer, the arrow keys from value to' +
        ' value, Page Up and Page Down from map to map.';
      const help = element('p', 'maps-help', text);
      help.id = 'maps-help';
      return help;
    }

    /** Takes the parameters of the same layers at another time of their training. */
    parameters(later) {
      this.layers.layers.forEach((layer, i) => read(layer, later.layers[i]));
    }

    layer(stage) {
      return this.layers.layers[stage.index - 1];
    }

    title(stage) {
      return stage.index === 0 ? 'Input' : 'Layer ' + stage.index + ': ' + this.layer(stage).label;
    }

    section(stage) {
      const grid = element('div', stage.vector ? 'maps-grid maps-vector' : 'maps-grid');
      grid.setAttribute('role', 'application');
      grid.setAttribute('aria-label', 'Maps of ' + this.title(stage));
      grid.setAttribute('aria-describedby', 'maps-help');
      fillGrid(stage, grid);
      this.listen(stage, grid);
      stage.live = element('p', 'maps-live');
      stage.live.setAttribute('aria-live', 'polite');
      stage.working = element('div', 'maps-working');
      const section = element('section', 'maps-layer', [
        element('h3', '', this.title(stage)),
        element('p', 'maps-facts', this.facts(stage)),
        this.legend(stage),
      ]);
      if (stage.index === 0 && stage.channels === 3) {
        stage.colour = picture(stage.width, stage.height, cellSize(stage.height, stage.width));
        stage.colour.canvas.setAttribute('role', 'img');
        stage.colour.canvas.setAttribute('aria-label', 'the image in its colours');
        section.append(element('div', 'maps-colour', [stage.colour.canvas]));
      }
      section.append(grid, element('div', 'maps-details', [stage.live, stage.working]));
      if (stage.index > 0) {
        section.append(...this.kernel(this.layer(stage)));
      }
      stage.section = section;
      return section;
    }

    /** "32 maps of 28x28; 225,792 multiply-adds". */
    facts(stage) {
      const what = stage.vector
        ? count(stage.channels, 'output')
        : count(stage.channels, stage.index === 0 ? 'channel' : 'map') +
          ' of ' + stage.height + 'x' + stage.width;
      const adds = stage.index > 0 ? this.layer(stage).multiplyAdds : 0;
      const hidden = stage.channels - stage.maps.length;
      return what +
        (adds > 0 ? '; ' + whole(adds) + ' multiply-adds' : '') +
        (hidden > 0 ? '; the ' + whole(stage.maps.length) + ' strongest are shown' : '');
    }

    legend(stage) {
      if (stage.index === 0) {
        const normal = this.layers.normalization;
        return element('p', 'maps-legend',
          'Black is 0, white 1' + (normal ? '; the network gets the value less ' +
            normal.mean.map(format).join(', ') + ', divided by ' +
            normal.std.map(format).join(', ') : ''));
      }
      stage.least = element('span');
      stage.most = element('span');
      stage.dead = element('span', 'maps-dead-count');
      stage.scale = picture(511, 1, 1);
      stage.scale.canvas.className = 'maps-scale';
      stage.scale.canvas.removeAttribute('style');
      stage.scale.canvas.setAttribute('role', 'img');
      stage.scale.canvas.setAttribute('aria-label', 'negative blue, positive orange');
      return element('p', 'maps-legend', [stage.least, stage.scale.canvas, stage.most, stage.dead]);
    }

    /** The kernel's sources, which are put there when they are asked for. */
    kernel(layer) {
      const texts = (this.layers.kernels || {})[layer.kernel];
      if (!texts) {
        return [];
      }
      const details = element('details', 'maps-kernel', [
        element('summary', '', 'Kernel ' + layer.kernel),
      ]);
      details.addEventListener('toggle', () => {
        if (details.open && details.children.length === 1) {
          details.append(
            ...source('Java', layer.kernel, texts.java),
            ...source('OpenCL C that Aparapi makes of it', layer.kernel, texts.openCl));
        }
      });
      return [details];
    }

    results() {
      this.probabilities = element('div');
      return element('section', 'maps-layer', [
        element('h3', '', 'Probabilities'), this.probabilities,
      ]);
    }

    /* ---- Showing an image ---- */

    show(image) {
      this.image = image;
      this.pixels = bytes(image.pixels);
      this.stages[0].values = floats(image.input);
      image.maps.forEach((values, i) => {
        this.stages[i + 1].values = floats(values);
      });
      this.contributions = image.contributions.map((sums) => sums && floats(sums));
      this.redraw();
    }

    redraw() {
      if (!this.image) {
        return;
      }
      this.stages.forEach((stage) => this.draw(stage));
      this.stages.forEach((stage) => stage.place && this.tell(stage));
      this.drawProbabilities();
    }

    draw(stage) {
      if (stage.index === 0) {
        const plane = stage.height * stage.width;
        stage.pictures.forEach((pic, c) => paintGrey(pic, this.pixels, c * plane));
        if (stage.colour) {
          paintColour(stage.colour, this.pixels);
        }
        stage.figures.forEach((figure, c) => this.name(stage, c, false));
        return;
      }
      const largest = this.image.largest[stage.index - 1];
      this.paintMaps(stage, largest);
      this.nameDead(stage, new Set(this.image.dead[stage.index - 1]));
      stage.least.textContent = format(-largest);
      stage.most.textContent = format(largest);
      stage.scale.pixels.set(table());
      stage.scale.context.putImageData(stage.scale.image, 0, 0);
    }

    paintMaps(stage, largest) {
      const plane = stage.height * stage.width;
      const number = stage.vector ? stage.maps.length : plane;
      stage.pictures.forEach((pic, slot) => {
        paint(pic, stage.values, slot * plane, number, largest);
      });
    }

    nameDead(stage, dead) {
      if (stage.vector) {
        const text = dead.size > 0 ? whole(dead.size) + ' are 0' : '';
        this.name(stage, 0, false);
        stage.dead.textContent = text;
        return;
      }
      stage.maps.forEach((map, slot) => this.name(stage, slot, dead.has(map)));
      const all = dead.size + this.image.rest[stage.index - 1];
      stage.dead.textContent =
        all > 0 ? count(all, 'map') + (all === 1 ? ' is' : ' are') + ' dead: 0 everywhere' : '';
    }

    /** Names a map, for those who see it and those who do not; only when something changed. */
    name(stage, slot, dead) {
      const figure = stage.figures[slot];
      if (figure.dead === dead) {
        return;
      }
      figure.dead = dead;
      figure.figure.classList.toggle('maps-dead', dead);
      const label = stage.vector
        ? count(stage.maps.length, 'output')
        : (stage.index === 0 ? 'channel ' : 'map ') + stage.maps[slot];
      if (!stage.vector) {
        figure.text.textContent = stage.maps[slot] + (dead ? ' dead' : '');
      }
      stage.pictures[slot].canvas.setAttribute('aria-label', label + (dead ? ', dead' : ''));
    }

    drawProbabilities() {
      const {probabilities, label} = this.image;
      const all = probabilities.map((share, c) => ({share, c}));
      const best = Math.max(...probabilities);
      const sorted = all.slice().sort((a, b) => b.share - a.share);
      const few = all.length <= CLASSES;
      const lines = few ? all : sorted.slice(0, CLASSES);
      const body = element('tbody', '', lines.map((line) => this.classRow(line, best, label)));
      if (!few) {
        const rest = sorted.slice(CLASSES).reduce((total, line) => total + line.share, 0);
        const text = 'the other ' + whole(all.length - CLASSES) + ' together';
        body.append(row(text, percent(rest), rest));
      }
      this.probabilities.replaceChildren(
        element('table', 'maps-classes', [
          element('caption', '', 'Probability of each class' + this.labelText(label)), body,
        ]));
    }

    labelText(label) {
      return label === null ? '' : '; the image is labelled ' + this.layers.classes[label];
    }

    classRow({share, c}, best, label) {
      const notes = [];
      if (share === best) {
        notes.push('most probable');
      }
      if (c === label) {
        notes.push('labelled');
      }
      const name = this.layers.classes[c] + (notes.length > 0 ? ' (' + notes.join(', ') + ')' : '');
      const line = row(name, percent(share), share);
      line.classList.toggle('maps-best', share === best);
      return line;
    }

    /* ---- Selecting a place ---- */

    listen(stage, grid) {
      grid.addEventListener('pointermove', (event) => {
        if (!stage.kept && event.pointerType !== 'touch') {
          this.point(stage, event);
        }
      });
      grid.addEventListener('click', (event) => {
        const kept = stage.kept;
        stage.kept = false;
        const before = stage.place;
        this.point(stage, event);
        stage.kept = !(kept && samePlace(before, stage.place)) && stage.place !== null;
        this.showKept(stage);
      });
      grid.addEventListener('keydown', (event) => this.key(stage, event));
      grid.addEventListener('focusin', (event) => {
        if (event.target.matches('canvas:focus-visible') && !stage.place) {
          this.select(stage, middle(stage));
        }
      });
    }

    point(stage, event) {
      const slot = stage.pictures.findIndex((pic) => pic.canvas === event.target);
      if (slot < 0 || !this.image) {
        return;
      }
      const box = event.target.getBoundingClientRect();
      const pic = stage.pictures[slot];
      const at = (offset, length, size) =>
        Math.max(0, Math.min(size - 1, Math.floor((offset / length) * size)));
      const row = at(event.clientY - box.top, box.height, pic.canvas.height);
      const column = at(event.clientX - box.left, box.width, pic.canvas.width);
      const feature = row * pic.canvas.width + column;
      if (!stage.vector) {
        this.select(stage, {map: stage.maps[slot], row, column});
      } else if (feature < stage.maps.length) {
        this.select(stage, {map: stage.maps[feature], row: 0, column: 0});
      }
    }

    key(stage, event) {
      if (event.ctrlKey || event.altKey || event.metaKey || !this.image) {
        return;
      }
      const place = stage.place || middle(stage);
      const next = event.key === 'Escape' ? place : moved(stage, place, event.key);
      if (!next) {
        return;
      }
      event.preventDefault();
      stage.kept = event.key !== 'Escape';
      this.select(stage, next);
      this.showKept(stage);
      stage.pictures[figureOf(stage, next)].canvas.focus({preventScroll: false});
    }

    showKept(stage) {
      stage.section.classList.toggle('maps-kept', stage.kept);
    }

    /** Selects a place of a stage, and tells how its value comes about. */
    select(stage, place) {
      if (samePlace(stage.place, place)) {
        return;
      }
      stage.place = place;
      this.current = stage; // the one whose window is outlined on its input
      const chosen = figureOf(stage, place);
      stage.pictures.forEach((pic, i) => {
        pic.canvas.tabIndex = i === chosen ? 0 : -1;
      });
      this.tell(stage);
    }

    tell(stage) {
      this.markPlace(stage);
      if (stage.index === 0) {
        this.tellInput(stage);
        return;
      }
      const index = stage.index - 1;
      const found = aparanet.explain.explain(
        this.layer(stage), this.stages, index, stage.place, this.contributions[index]);
      found.last = stage.index === this.stages.length - 1; // then the value is a logit
      const name = found.last ? 'Class ' + this.layers.classes[stage.place.map] : '';
      stage.live.textContent =
        placeText(stage, stage.place, name) + ': ' + format(found.value) + ', ' + sentence(found);
      const input = this.inputOf(stage);
      const draw = (map, area) => this.small(input, map, area);
      stage.working.replaceChildren(...parts(found, stage.place, draw));
      if (this.current === stage) {
        this.markPatch(stage, found.area);
      }
    }

    inputOf(stage) {
      return aparanet.explain.inputOf(this.layer(stage), this.stages, stage.index - 1);
    }

    tellInput(stage) {
      const {map, row, column} = stage.place;
      const pixel = this.pixels[(map * stage.height + row) * stage.width + column];
      const value = aparanet.explain.value(stage, map, row, column);
      stage.live.textContent =
        placeText(stage, stage.place, 'Channel ' + map) + ': pixel ' + pixel + ' of 255, which the' +
        ' network gets as ' + format(value);
    }

    /** Selects and keeps a place by numbers, if it is shown; layer 1 is the first, 0 the input. */
    selectAt(layer, map, row, column) {
      const stage = this.stages[layer];
      if (!stage || !stage.slots.has(map) || !(row >= 0 && row < stage.height) ||
          !(column >= 0 && column < stage.width)) {
        return false;
      }
      stage.kept = true;
      this.select(stage, {map, row, column});
      this.showKept(stage);
      return true;
    }

    /** The selected value's own mark. */
    markPlace(stage) {
      stage.figures.forEach((figure) => {
        figure.spot.hidden = true;
      });
      const figure = stage.figures[figureOf(stage, stage.place)];
      if (stage.vector) {
        const {columns, rows} = cells(stage);
        const slot = stage.slots.get(stage.place.map);
        const area = {top: Math.floor(slot / columns), left: slot % columns, height: 1, width: 1};
        cover(figure.spot, area, columns, rows);
      } else {
        const area = {top: stage.place.row, left: stage.place.column, height: 1, width: 1};
        cover(figure.spot, area, stage.width, stage.height);
      }
    }

    /** An outline on the maps of the layer before, around what the selected value comes from. */
    markPatch(stage, area) {
      const kind = this.layer(stage).kind;
      const input = this.inputOf(stage);
      this.stages.forEach((other) => other.figures.forEach((figure) => {
        figure.patch.hidden = true;
      }));
      if (input.vector || kind === 'dense') {
        return;
      }
      const inside = aparanet.explain.within(input, area);
      input.maps.forEach((map, slot) => {
        if (kind === 'convolution' || map === stage.place.map) {
          cover(input.figures[slot].patch, inside, input.width, input.height);
        }
      });
    }

    /** A picture of an input map of its own, with an outline around an area. */
    small(input, map, area) {
      const pic = picture(input.width, input.height, cellSize(input.height, input.width));
      const plane = input.height * input.width;
      const from = input.slots.get(map) * plane;
      if (input.index === 0) {
        paintGrey(pic, this.pixels, from);
      } else {
        paint(pic, input.values, from, plane, this.image.largest[input.index - 1]);
      }
      const patch = mark('maps-patch');
      cover(patch, aparanet.explain.within(input, area), input.width, input.height);
      pic.canvas.setAttribute('role', 'img');
      pic.canvas.setAttribute('aria-label', 'input map ' + map + ', with the window outlined');
      return element('div', 'maps-frame', [pic.canvas, patch]);
    }
  }

  /* ---- Small helpers ---- */

  function samePlace(one, other) {
    return one !== null && other !== null &&
      one.map === other.map && one.row === other.row && one.column === other.column;
  }

  function middle(stage) {
    return {
      map: stage.maps[0],
      row: Math.floor(stage.height / 2),
      column: Math.floor(stage.width / 2),
    };
  }

  function figureOf(stage, place) {
    return stage.vector ? 0 : stage.slots.get(place.map);
  }

  /** The place that a key leads to; null for other keys. */
  function moved(stage, place, key) {
    const within = (i, length) => Math.max(0, Math.min(length - 1, i));
    const slot = stage.slots.get(place.map);
    const toMap = (by) => ({...place, map: stage.maps[within(slot + by, stage.maps.length)]});
    const steps = {
      ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0],
    };
    if (key === 'PageUp' || key === '[') {
      return toMap(-1);
    }
    if (key === 'PageDown' || key === ']') {
      return toMap(1);
    }
    if (!(key in steps)) {
      return null;
    }
    const [down, right] = steps[key];
    if (stage.vector) {
      const by = down * cells(stage).columns + right;
      return slot + by < 0 || slot + by >= stage.maps.length ? place : toMap(by);
    }
    return {
      map: place.map,
      row: within(place.row + down, stage.height),
      column: within(place.column + right, stage.width),
    };
  }

  /** A kernel's text under its name. */
  function source(language, kernel, text) {
    const pre = element('pre', '', text);
    pre.tabIndex = 0;
    pre.setAttribute('role', 'region');
    pre.setAttribute('aria-label', kernel + ', ' + language);
    return [element('p', 'maps-source', language), pre];
  }

  function percent(share) {
    return (100 * share).toFixed(2) + ' %';
  }

  /** A line with a bar: name, text of the number, length of the bar from 0 to 1. */
  function row(name, text, share) {
    const inner = element('span', 'maps-share');
    inner.style.width = 100 * share + '%';
    const bar = element('span', 'maps-bar', [inner]);
    bar.setAttribute('aria-hidden', 'true');
    const head = element('th', '', name);
    head.scope = 'row';
    return element('tr', '', [
      head, element('td', '', text), element('td', 'maps-bar-cell', [bar]),
    ]);
  }

  aparanet.maps = (root, layers) => {
    const viewer = new Viewer(root, layers);
    return {
      show: (image) => viewer.show(image),
      select: (layer, map, row, column) => viewer.selectAt(layer, map, row, column),
      parameters: (later) => viewer.parameters(later),
    };
  };
  aparanet.maps.table = table;
})(window.Aparanet);
