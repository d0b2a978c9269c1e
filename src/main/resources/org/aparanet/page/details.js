'use strict';

/* An explanation as text, tables and bars. Texts go into the page as text, never as markup. */
(function (aparanet) {
  const {format, whole, count} = aparanet.numbers;

  /** Input maps of a convolution whose patch, filter and products are shown as tables. */
  const TABLES = 3;

  /** Input maps of a sum that have a line of their own. */
  const LINES = 10;

  /** Most values of a window that stand in a table. */
  const LARGEST_TABLE = 100;

  /** An element with a class, text and children. */
  function element(name, style, content) {
    const node = document.createElement(name);
    if (style) {
      node.className = style;
    }
    if (Array.isArray(content)) {
      node.append(...content);
    } else if (content !== undefined) {
      node.textContent = content;
    }
    return node;
  }

  /** "rows 3 to 5, columns 7 to 9". */
  function areaText(area) {
    const range = (word, from, length) =>
      length === 1
        ? word + ' ' + minus(from)
        : word + 's ' + minus(from) + ' to ' + minus(from + length - 1);
    return range('row', area.top, area.height) + ', ' + range('column', area.left, area.width);
  }

  function minus(number) {
    return String(number).replace('-', '\u2212');
  }

  /** Numbers as a table of a width; one of them may be marked as the winner. */
  function grid(caption, values, width, winner) {
    const table = element('table', 'maps-numbers', [element('caption', '', caption)]);
    const body = table.createTBody();
    for (let i = 0; i < values.length; i += width) {
      const row = body.insertRow();
      values.slice(i, i + width).forEach((v, k) => {
        const cell = row.insertCell();
        cell.textContent = format(v);
        if (i + k === winner) {
          cell.className = 'maps-winner';
          cell.textContent = '\u25b8\u00a0' + format(v);
        }
      });
    }
    const frame = element('div', 'maps-scroll', [table]);
    if (width > 5) { // wider than a narrow page, so it scrolls, by keys as well
      frame.tabIndex = 0;
      frame.setAttribute('role', 'group');
      frame.setAttribute('aria-label', caption);
    }
    return frame;
  }

  /** A bar to the right of the middle for positive numbers, to the left for negative ones. */
  function bar(number, largest) {
    const inner = element('span', number < 0 ? 'maps-bar-negative' : 'maps-bar-positive');
    inner.style.width = (largest > 0 ? (50 * Math.abs(number)) / largest : 0) + '%';
    const outer = element('span', 'maps-bar', [inner]);
    outer.setAttribute('aria-hidden', 'true');
    return outer;
  }

  /** Addends, with a bar each, and their sum: addends are [{name, number}]. */
  function sumTable(caption, addends, result, total) {
    const largest = Math.max(...addends.map((a) => Math.abs(a.number)));
    const table = element('table', 'maps-sum', [element('caption', '', caption)]);
    const body = table.createTBody();
    for (const addend of addends) {
      addRow(body, addend.name, addend.number, bar(addend.number, largest));
    }
    addRow(table.createTFoot(), result, total, element('span'));
    return table;
  }

  function addRow(body, name, number, picture) {
    const row = body.insertRow();
    const head = element('th', '', name);
    head.scope = 'row';
    row.append(head, element('td', '', format(number)), element('td', 'maps-bar-cell', [picture]));
  }

  /** The lines of a weighted sum: the strongest input maps, the others together, the bias. */
  function addends(sum, noun) {
    const own = sum.terms.slice(0, sum.terms.length > LINES ? LINES - 1 : LINES);
    const rest = sum.terms.slice(own.length);
    const lines = own.map((term) => ({name: noun + ' ' + term.map, number: term.sum}));
    const others = rest.length + sum.hidden;
    if (others > 0) {
      lines.push({
        name: 'the other ' + count(others, noun) + ' together',
        number: rest.reduce((total, term) => total + term.sum, sum.hiddenSum),
      });
    }
    return lines.concat({name: 'bias', number: sum.bias});
  }

  /** Patch, filter and products of an input map, beside the map itself. */
  function product(term, area, picture) {
    const sign = (text) => {
      const node = element('span', 'maps-sign', text);
      node.setAttribute('aria-hidden', 'true');
      return node;
    };
    return element('div', 'maps-product', [
      element('p', 'maps-product-head', 'Input map ' + term.map + ', ' + areaText(area)),
      element('div', 'maps-product-row', [
        picture,
        grid('patch', term.values, area.width),
        sign('\u00d7'),
        grid('filter', term.filter, area.width),
        sign('='),
        grid('products, together ' + format(term.sum), term.products, area.width),
      ]),
    ]);
  }

  const WRITERS = {
    convolution(found, draw) {
      const parts = found.terms
        .slice(0, TABLES)
        .map((term) => product(term, found.area, draw(term.map, found.area)));
      if (found.terms.length > TABLES) {
        const text =
          'The ' + TABLES + (found.hidden > 0 ? ' shown' : '') +
          ' input maps that count most here; the sum has all ' +
          whole(found.terms.length + found.hidden) + '.';
        parts.unshift(element('p', '', text));
      }
      parts.push(
        sumTable('Products of each input map', addends(found, 'input map'), 'value', found.value));
      return parts;
    },

    dense(found) {
      const plane = found.area.height * found.area.width;
      const each = plane === 1 ? 'value' : 'its ' + whole(plane) + ' values';
      const noun = plane === 1 ? 'input' : 'input map';
      const caption =
        'What each ' + noun + ' adds: ' + each + ' times weight' + (plane === 1 ? '' : 's, added up');
      return [sumTable(caption, addends(found, noun), found.last ? 'logit' : 'value', found.value)];
    },

    largest(found, draw, place) {
      const row = found.area.top + Math.floor(found.winner / found.area.width);
      const column = found.area.left + (found.winner % found.area.width);
      const text = 'The largest stands in row ' + row + ', column ' + column + '.';
      return windowParts(found, draw, place, found.winner).concat(element('p', '', text));
    },

    mean(found, draw, place) {
      const n = found.values.length;
      const text =
        'Sum ' + format(found.sum) + ' / ' + count(n, 'value') + ' = ' + format(found.value);
      return windowParts(found, draw, place, -1).concat(element('p', '', text));
    },

    rectified(found) {
      const passes = found.before > 0;
      const text =
        'Before: ' + format(found.before) + (passes ? ', positive, so it passes unchanged. '
          : found.slope === 0 ? ', not positive, so it becomes 0. '
          : ', not positive, so it is multiplied by ' + format(found.slope) + '. ');
      return [element('p', '', text + 'After: ' + format(found.value))];
    },

    normalized(found) {
      const text =
        '(value \u2212 mean) / \u221a(variance + \u03b5) \u00d7 weight + bias = (' +
        format(found.before) + ' \u2212 ' + bracket(found.mean) + ') / \u221a(' +
        format(found.variance) + ' + ' + format(found.epsilon) + ') \u00d7 ' +
        bracket(found.weight) + ' + ' + bracket(found.bias) + ' = ' + format(found.value);
      return [element('p', '', text)];
    },

    sum(found) {
      const text =
        'End of the branch ' + format(found.before) + ' + what goes around it ' +
        bracket(found.around) + ' = ' + format(found.value);
      return [element('p', '', text)];
    },

    ledBack(found) {
      const text =
        'The first branch began with ' + format(found.before) +
        ', and so does the second one: ' + format(found.value);
      return [element('p', '', text)];
    },

    unchanged(found) {
      const text =
        'Dropout leaves nothing out when a network predicts: ' + format(found.before) +
        ' stays ' + format(found.value);
      return [element('p', '', text)];
    },
  };

  /** A negative number behind a sign stands in brackets. */
  function bracket(number) {
    return number < 0 ? '(' + format(number) + ')' : format(number);
  }

  function windowParts(found, draw, place, winner) {
    const head = 'Input map ' + place.map + ', ' + areaText(found.area);
    const row = element('div', 'maps-product-row', [draw(place.map, found.area)]);
    if (found.values.length <= LARGEST_TABLE) {
      row.append(grid('window', found.values, found.area.width, winner));
    }
    return [element('p', '', head), row];
  }

  /** "Map 3, row 12, column 14: 0.8123"; a vector has no rows. */
  function placeText(stage, place, name) {
    const vector = stage.height === 1 && stage.width === 1;
    return (name || (vector ? 'Output ' : 'Map ') + place.map) +
      (vector ? '' : ', row ' + place.row + ', column ' + place.column);
  }

  /** In one sentence, how a value comes about: what a screen reader says at each step. */
  function sentence(found) {
    switch (found.kind) {
      case 'convolution': {
        const products = found.area.height * found.area.width * (found.terms.length + found.hidden);
        return count(products, 'product') + ', together ' + format(found.value - found.bias) +
          ', and bias ' + format(found.bias);
      }
      case 'dense':
        return 'inputs times weights, together ' + format(found.value - found.bias) +
          ', and bias ' + format(found.bias);
      case 'largest':
        return 'the largest of ' + count(found.values.length, 'value');
      case 'mean':
        return 'the mean of ' + count(found.values.length, 'value');
      case 'rectified':
        return 'before it was ' + format(found.before);
      case 'normalized':
        return 'before it was ' + format(found.before);
      case 'sum':
        return format(found.before) + ' and, around the branch, ' + format(found.around);
      case 'ledBack':
        return 'what the first branch began with';
      default:
        return 'unchanged';
    }
  }

  /**
   * Parts of the details of a place: an array of elements.
   *
   * found: the explanation; place: where; draw(map, area): a picture of an input map with an
   * outline around the area.
   */
  function parts(found, place, draw) {
    return WRITERS[found.kind](found, draw, place);
  }

  aparanet.details = {element, parts, sentence, placeText};
})(window.Aparanet);
