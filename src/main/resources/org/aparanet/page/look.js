'use strict';

/* The page of the command look: a choice of images, and the maps of the chosen one. */
(function (aparanet) {
  const {element} = aparanet.details;

  function read(id) {
    return JSON.parse(document.getElementById(id).textContent);
  }

  /** "digit.png: 7, 99.95 %". */
  function describe(image, classes) {
    const best = image.probabilities.indexOf(Math.max(...image.probabilities));
    return image.name + ': ' + classes[best] + ', ' +
      (100 * image.probabilities[best]).toFixed(2) + ' %';
  }

  /** Radio buttons, one for each image; the first is chosen. */
  function chooser(images, classes, show) {
    const choices = images.map((image, i) => {
      const input = element('input');
      input.type = 'radio';
      input.name = 'image';
      input.checked = i === 0;
      input.addEventListener('change', () => show(image));
      return element('label', '', [input, ' ' + describe(image, classes)]);
    });
    return element('fieldset', 'look-images', [element('legend', '', 'Image'), ...choices]);
  }

  const layers = read('layers');
  const images = read('images');
  const root = document.getElementById('maps');
  const viewer = aparanet.maps(root, layers);
  if (images.length > 1) {
    root.before(chooser(images, layers.classes, viewer.show));
  }
  viewer.show(images[0]);
})(window.Aparanet);
