'use strict';

/* The page of a training: shows what the program sends, and asks it for what the buttons say. */
(function (aparanet) {
  const {whole, format} = aparanet.numbers;
  const $ = (id) => document.getElementById(id);

  const PHASES = {
    training: 'Training', paused: 'Paused', stopping: 'Stopping', ended: 'Ended', failed: 'Failed',
  };

  const percent = (share) => (100 * share).toFixed(2) + ' %';
  const shortPercent = (share) => +(100 * share).toPrecision(4) + ' %';

  /** Steps of an axis of time, in seconds. */
  const SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18000, 36000];

  /** Curves of each chart, by the names that the program gives them. */
  const CHARTS = {
    loss: {
      title: 'Loss', curves: ['loss', 'epochLoss'], names: ['steps', 'epochs'], zero: true,
    },
    accuracy: {
      title: 'Accuracy', zero: false, format: percent, axis: shortPercent,
      curves: ['accuracy', 'trainAccuracy', 'testAccuracy', 'validationAccuracy'],
      names: ['training, steps', 'training, epochs', 'test', 'validation'],
    },
    learningRate: {
      title: 'Learning rate', curves: ['learningRate'], names: ['learning rate'], zero: true,
    },
    imagesPerSecond: {
      title: 'Images per second', curves: ['imagesPerSecond'], names: ['images/s'], zero: true,
    },
    secondsLeft: {
      title: 'Time left', curves: ['secondsLeft'], names: ['time left'], zero: true, format: time, step: timeStep,
    },
  };

  /** "0:07", "1:02:03". */
  function time(seconds) {
    const all = Math.max(0, Math.round(seconds));
    const two = (number) => String(number).padStart(2, '0');
    const hours = Math.floor(all / 3600);
    const rest = Math.floor((all % 3600) / 60);
    return (hours > 0 ? hours + ':' + two(rest) : rest) + ':' + two(all % 60);
  }

  function timeStep(range, wished) {
    const day = 86400;
    return SECONDS.find((step) => step * wished >= range) || Math.ceil(range / wished / day) * day;
  }

  const charts = {};
  let about = {};
  let status = {};
  let weights = null;
  let probe = null;
  let filters = null;
  let profile = null;
  let maps = null;
  let kernels = {};
  let viewer = null;
  let layers = null; // those that the viewer shows

  /** Share of the time for drawing during a training, and the longest rest after it in milliseconds. */
  const SHARE = 0.005;
  const LONGEST_REST = 6000;

  const due = new Set();
  let next = 0; // when to draw again
  let planned = 0; // a timer's number

  const showLayers = aparanet.layersTable($('layers'));
  const showFilters = aparanet.filters($('filters'));
  const showTimes = aparanet.timesTable($('times'));

  Object.entries(CHARTS).forEach(([id, chart]) => {
    charts[id] = aparanet.lineChart($(id), chart);
  });

  /* ---- Drawing: seldom while a training goes on, for both may need the same processors ---- */

  const DRAW = {
    charts: () => Object.values(charts).forEach((chart) => chart.draw()),
    status: drawStatus,
    layers: drawLayers,
    filters: drawFilters,
    times: drawTimes,
    maps: drawMaps,
  };

  function draw(...what) {
    what.forEach((part) => due.add(part));
    plan();
  }

  function plan() {
    if (!planned && due.size > 0) {
      planned = setTimeout(() => requestAnimationFrame(drawDue), Math.max(0, next - performance.now()));
    }
  }

  function drawDue() {
    const begun = performance.now();
    const parts = [...due];
    due.clear();
    parts.forEach((part) => DRAW[part]());
    setTimeout(() => { // once the page is painted
      const now = performance.now();
      const rest = status.phase === 'training' ? (now - begun) / SHARE : 0;
      next = now + Math.min(LONGEST_REST, rest);
      planned = 0;
      plan();
    });
  }

  /** Draws what comes next at once: the reader has asked for something. */
  function hurry() {
    next = 0;
    if (planned) {
      clearTimeout(planned);
      planned = 0;
      plan();
    }
  }

  function say(text) {
    if ($('notice').textContent !== text) {
      $('notice').textContent = text;
    }
  }

  function drawAbout() {
    document.title = 'Training ' + about.network;
    $('about').textContent =
      about.network + ' on ' + about.train + ', tested with ' + about.test + '; ' + about.plan;
    $('image').max = about.testImages - 1;
  }

  function drawStatus() {
    const over = status.phase === 'ended' || status.phase === 'failed';
    const place = status.step === undefined
      ? 'no step taken yet'
      : 'epoch ' + whole(status.epoch) + ' of ' + whole(about.epochs) + ', step ' +
        whole(status.step) + ', ' + whole(status.images) + ' of ' + whole(status.of) +
        ' images of the epoch';
    $('phase').textContent = PHASES[status.phase] + ': ' + place + '; ' + status.device;
    $('done').max = status.of || 1;
    $('done').value = status.images || 0;
    $('pause').textContent = status.phase === 'paused' ? 'Resume' : 'Pause';
    $('pause').disabled = over || status.phase === 'stopping';
    $('stop').disabled = over || status.phase === 'stopping';
    $('end').hidden = !over;
    const told = {
      paused: 'Paused.',
      stopping: 'Stopping; the network so far is tested.',
    };
    say(told[status.phase] || status.sentence);
  }

  function drawLayers() {
    if (!weights) {
      return;
    }
    showLayers(weights, probe);
    const updates = weights.updateTo === undefined
      ? ''
      : ' Update / weight is the norm of the change from step ' + whole(weights.updateFrom) +
        ' to ' + whole(weights.updateTo) + ' over the norm of the weights.';
    const probed = probe
      ? ' The gradient is that of the mean loss of ' + probe.images + ' training images, always the' +
        ' same, computed by the reference in double precision after step ' + whole(probe.step) +
        '; activations are of these images, and a map is dead that is 0 everywhere in all of them.'
      : '';
    $('layers-text').textContent =
      'Weights are those after step ' + whole(weights.step) + '.' + updates + probed;
  }

  function drawFilters() {
    $('filters-section').hidden = !filters;
    if (!filters) {
      return;
    }
    const moved = showFilters(filters);
    const first = filters.channels === 1 || filters.channels === 3
      ? '' : ' Of ' + filters.channels + ' input channels the first is shown.';
    const some = filters.of > filters.shown
      ? ' The first ' + filters.shown + ' of ' + whole(filters.of) + ' are shown.' : '';
    const change = filters.change
      ? 'at the right what changed since step ' + whole(filters.since) + ', at most ' +
        format(moved) + ', all on one scale.'
      : 'at the right what will change in it.';
    $('filters-text').textContent =
      filters.label + ': at the left each filter after step ' + whole(weights.step) +
      ', on a scale of its own, ' + change + first + some;
  }

  function drawTimes() {
    if (!profile) {
      $('times-text').textContent = about.hostLoss
        ? 'No step has been taken apart yet.'
        : 'Steps whose loss the device computes are not taken apart; aparanet bench does that.';
      return;
    }
    showTimes(profile);
    $('times-text').textContent =
      profile.device + ': ' + (profile.nanos / 1e6).toFixed(2) + ' ms in step ' +
      whole(profile.step) + '. ' + profile.method.charAt(0).toUpperCase() +
      profile.method.slice(1) + '.';
  }

  function drawMaps() {
    if (!maps) {
      return;
    }
    if (!viewer) {
      layers = {...maps.layers, kernels};
      viewer = aparanet.maps($('maps'), layers);
    } else {
      viewer.parameters(maps.layers);
    }
    const spoken = [...$('maps').querySelectorAll('.maps-live')];
    spoken.forEach((live) => live.setAttribute('aria-live', 'off')); // nobody asked for this
    viewer.show(maps.image);
    setTimeout(() => spoken.forEach((live) => live.setAttribute('aria-live', 'polite')), 50);
    $('maps-text').textContent =
      'Test image ' + whole(maps.number) + ', after step ' + whole(maps.step) + '.';
    if (document.activeElement !== $('image')) {
      $('image').value = maps.number;
    }
  }

  /* ---- What the program sends ---- */

  function state(all) {
    if (about.network && (about.network !== all.about.network || about.plan !== all.about.plan)) {
      location.reload(); // another training has this address now
      return;
    }
    about = all.about;
    ({status, probe, profile, maps, kernels} = all);
    weights = all.weights;
    filters = weights && weights.filters;
    Object.entries(CHARTS).forEach(([id, chart]) => {
      chart.curves.forEach((name, i) => charts[id].set(i, all.curves[name]));
    });
    drawAbout();
    draw(...Object.keys(DRAW));
  }

  function progress(news) {
    const same = status.phase === news.status.phase;
    status = news.status;
    Object.entries(CHARTS).forEach(([id, chart]) => {
      chart.curves.forEach((name, i) => charts[id].add(i, news.curves[name] || []));
    });
    draw('charts', 'status');
    if (!same) {
      hurry();
    }
  }

  function look(news) {
    kernels = news.kernels || kernels;
    if (news.weights) {
      weights = news.weights;
      filters = weights.filters;
      draw('layers', 'filters');
    }
    if (news.probe) {
      probe = news.probe;
      draw('layers');
    }
    if (news.maps) {
      const same = maps && maps.number === news.maps.number;
      maps = news.maps;
      draw('maps');
      if (!same) {
        hurry();
      }
    }
  }

  function listen() {
    const events = new EventSource('events');
    const on = (name, take) => events.addEventListener(name, (event) => take(JSON.parse(event.data)));
    on('state', (all) => {
      say('');
      state(all);
    });
    on('progress', progress);
    on('look', look);
    on('profile', (found) => {
      profile = found;
      draw('times');
    });
    on('status', (found) => {
      status = found;
      draw('status');
      hurry();
    });
    on('over', () => {
      events.close();
      $('commands').hidden = true;
      $('image-form').hidden = true;
      say(status.sentence + ' The program has ended; this page no longer changes.');
    });
    events.addEventListener('error', () => {
      say(events.readyState === EventSource.CLOSED
        ? 'The program does not answer, or too many pages are open; reload this page to try again.'
        : 'The connection is lost; trying again.');
    });
  }

  /* ---- What the reader asks for ---- */

  async function ask(command, body) {
    try {
      const answer = await fetch(command, {method: 'POST', body: JSON.stringify(body || {})});
      if (!answer.ok) {
        say((await answer.json()).error);
      }
    } catch (e) {
      say('The program does not answer.');
    }
  }

  function choose(number) {
    const last = about.testImages - 1;
    const chosen = Math.min(last, Math.max(0, number || 0)); // an empty field has no number
    $('image').value = chosen;
    ask('image', {number: chosen});
  }

  function begin() {
    const saved = $('saved');
    if (saved) {
      $('commands').hidden = true;
      $('image-form').hidden = true;
      state(JSON.parse(saved.textContent));
      return;
    }
    $('pause').addEventListener('click', () => {
      ask(status.phase === 'paused' ? 'resume' : 'pause');
    });
    $('stop').addEventListener('click', () => ask('stop'));
    $('end').addEventListener('click', () => ask('end'));
    $('image-form').addEventListener('submit', (event) => {
      event.preventDefault();
      choose($('image').valueAsNumber);
    });
    $('previous').addEventListener('click', () => choose($('image').valueAsNumber - 1));
    $('next').addEventListener('click', () => choose($('image').valueAsNumber + 1));
    listen();
  }

  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => draw('filters'));
  begin();
})(window.Aparanet);
