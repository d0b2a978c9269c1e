'use strict';

/*
 * The page of the command serve: an image, drawn or chosen, goes to the server, and what each layer
 * makes of it comes back. While the pen moves, one request is under way and the newest drawing waits.
 */
(function (aparanet) {
  const PEN = 22; // width of a stroke on the field, which is as MNIST's after it is scaled
  const CLASSES = 10;
  const LARGEST_FILE = 16 * 1024 * 1024;

  const by = (id) => document.getElementById(id);
  const field = by('field');
  const context = field.getContext('2d', {willReadFrequently: true});

  let layers = null;
  let viewer = null;
  let drawing = false; // whether what stands on the field is drawn
  let empty = true;

  /* ---- Questions to the server ---- */

  let newest = null;
  let underWay = false;

  /** Asks, or lets the question wait for the one that is under way; of those that wait, the last. */
  async function ask(question) {
    newest = question;
    if (underWay) {
      return;
    }
    underWay = true;
    document.documentElement.dataset.asking = 'yes';
    while (newest) {
      const next = newest;
      newest = null;
      try {
        await next();
        by('problem').textContent = '';
      } catch (error) {
        by('problem').textContent = error.message;
      }
    }
    underWay = false;
    document.documentElement.dataset.asking = 'no';
  }

  async function json(path, options) {
    let response;
    try {
      response = await fetch(path, options);
    } catch (error) {
      throw new Error('The server does not answer.');
    }
    const body = await response.json();
    if (!response.ok) {
      throw new Error('The server says: ' + body.error + '.');
    }
    return body;
  }

  /** What each layer makes of a picture. */
  async function look(body, type, query) {
    return json('look' + query, {method: 'POST', headers: {'Content-Type': type}, body});
  }

  /* ---- The answer ---- */

  function percent(share) {
    return (100 * share).toFixed(2) + ' %';
  }

  function row(name, share) {
    const line = document.createElement('tr');
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = name;
    const number = document.createElement('td');
    number.textContent = percent(share);
    const bar = document.createElement('span');
    bar.className = 'serve-bar';
    const inner = document.createElement('span');
    inner.style.width = 100 * share + '%';
    bar.append(inner);
    const cell = document.createElement('td');
    cell.append(bar);
    cell.setAttribute('aria-hidden', 'true');
    line.append(head, number, cell);
    return line;
  }

  /** All classes in their order where they are few, and otherwise the most probable ones. */
  function listed(probabilities) {
    const all = probabilities.map((_, c) => c);
    return all.length <= CLASSES
      ? all
      : all.sort((a, b) => probabilities[b] - probabilities[a]).slice(0, CLASSES);
  }

  /**
   * Shows an image's maps and classes.
   *
   * @param truth a sentence about what it really is; may be empty
   * @param final whether it is to be read out: not while the pen moves
   */
  function show(image, truth, final) {
    const p = image.probabilities;
    const best = p.indexOf(Math.max(...p));
    const text = empty ? 'nothing is drawn' : layers.classes[best] + ', ' + percent(p[best]);
    by('answer').textContent = text;
    by('truth').textContent = truth;
    by('classes').replaceChildren(...listed(p).map((c) => row(layers.classes[c], p[c])));
    if (final) {
      by('said').textContent = 'Answer: ' + text + (truth ? '; ' + truth : '');
    }
    viewer.show(image);
  }

  /* ---- Drawing ---- */

  function wipe() {
    context.fillStyle = '#000';
    context.fillRect(0, 0, field.width, field.height);
  }

  /** Begins an empty drawing. */
  function clear() {
    wipe();
    drawing = true;
    empty = true;
    by('file').value = '';
    askForDrawing(true);
  }

  function askForDrawing(final) {
    ask(async () => {
      const blob = await new Promise((done) => field.toBlob(done, 'image/png'));
      show(await look(blob, 'image/png', '?drawing=1'), '', final);
    });
  }

  function place(event) {
    const box = field.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) * field.width) / box.width,
      y: ((event.clientY - box.top) * field.height) / box.height,
    };
  }

  let last = null;

  function stroke(from, to) {
    context.strokeStyle = '#fff';
    context.lineWidth = PEN;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
    empty = false;
  }

  function listenToPen() {
    field.classList.add('serve-pen');
    field.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || !event.isPrimary) {
        return;
      }
      event.preventDefault();
      field.setPointerCapture(event.pointerId);
      if (!drawing) {
        wipe();
        drawing = true;
      }
      last = place(event);
      stroke(last, last);
      askForDrawing(false);
    });
    field.addEventListener('pointermove', (event) => {
      if (!last || !event.isPrimary) {
        return;
      }
      const steps = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
      for (const step of steps.length > 0 ? steps : [event]) {
        const next = place(step);
        stroke(last, next);
        last = next;
      }
      askForDrawing(false);
    });
    for (const end of ['pointerup', 'pointercancel']) {
      field.addEventListener(end, (event) => {
        if (last && event.isPrimary) {
          last = null;
          askForDrawing(true);
        }
      });
    }
  }

  /* ---- Pictures ---- */

  /** Shows a picture on the field, as large as it fits. */
  async function preview(blob) {
    const picture = await createImageBitmap(blob);
    wipe();
    const scale = Math.min(field.width / picture.width, field.height / picture.height);
    const width = Math.max(1, Math.round(picture.width * scale));
    const height = Math.max(1, Math.round(picture.height * scale));
    context.imageSmoothingEnabled = scale < 1;
    context.drawImage(
      picture, (field.width - width) / 2, (field.height - height) / 2, width, height);
    picture.close();
  }

  function choose(blob) {
    if (blob.size > LARGEST_FILE) {
      by('problem').textContent = 'The picture has more than 16 MiB.';
      return;
    }
    ask(async () => {
      const query = by('invert').checked ? '?invert=1' : '';
      const image = await look(blob, blob.type || 'application/octet-stream', query);
      if (newest) {
        return; // what was asked meanwhile is on the field already
      }
      drawing = false;
      empty = false;
      await preview(blob);
      show(image, blob.name ? 'picture ' + blob.name : '', true);
    });
  }

  function listenToFiles() {
    by('files').hidden = false;
    const chosen = () => by('file').files[0] && choose(by('file').files[0]);
    by('file').addEventListener('change', chosen);
    by('invert').addEventListener('change', chosen);
    document.addEventListener('dragover', (event) => event.preventDefault());
    document.addEventListener('drop', (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length > 0) {
        choose(event.dataTransfer.files[0]);
      }
    });
    document.addEventListener('paste', (event) => {
      if (event.clipboardData.files.length > 0) {
        event.preventDefault();
        choose(event.clipboardData.files[0]);
      }
    });
  }

  /* ---- Test images ---- */

  let current = 0;

  function test(number) {
    const count = layers.images.count;
    current = ((number % count) + count) % count;
    by('number').value = String(current);
    by('file').value = '';
    ask(async () => {
      const image = await json('images/' + current);
      const png = aparanet.numbers.bytes(image.png);
      const blob = new Blob([png], {type: 'image/png'});
      const maps = await look(blob, 'image/png', '');
      if (newest) {
        return;
      }
      drawing = false;
      empty = false;
      await preview(blob);
      show(maps, image.set + ' ' + image.number + ', really ' + image.name, true);
    });
  }

  function listenToTests() {
    by('tests').hidden = false;
    by('number').max = String(layers.images.count - 1);
    by('previous').addEventListener('click', () => test(current - 1));
    by('next').addEventListener('click', () => test(current + 1));
    by('number').addEventListener('change', () => {
      const number = Number(by('number').value);
      test(Number.isInteger(number) ? Math.min(Math.max(number, 0), layers.images.count - 1) : 0);
    });
  }

  /* ---- Start ---- */

  async function start() {
    layers = await json('layers');
    viewer = aparanet.maps(by('maps'), layers);
    document.title = layers.name + ' – aparanet';
    by('title').textContent = layers.name;
    by('facts').textContent = layers.network;
    if (layers.classes.length > CLASSES) {
      by('classes-title').textContent = 'Most probable classes';
    }
    const draws = layers.input[0] === 1;
    const pictures = draws || layers.input[0] === 3;
    if (draws) {
      by('hint').textContent =
        'Draw here with mouse, pen or finger, light on dark. Without one, choose a test image or a' +
        ' picture of yours.';
      listenToPen();
      by('clear').addEventListener('click', clear);
    } else {
      by('clear').hidden = true;
      by('hint').textContent = pictures
        ? 'Choose, drop or paste a picture.'
        : 'The network takes ' + layers.input[0] + ' channels; pictures have 1 or 3. Programs can' +
          ' send numbers.';
    }
    wipe();
    if (pictures) {
      listenToFiles();
    }
    if (pictures && layers.images) {
      listenToTests();
      test(0);
    } else if (draws) {
      clear();
    }
  }

  start().catch((error) => {
    by('problem').textContent = error.message;
  });
})(window.Aparanet);
