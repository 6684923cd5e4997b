// Loaded before the first paint: the reader's settings, kept on this device only, apply at once.
(function () {
  var root = document.documentElement, saved = {};
  try { saved = JSON.parse(localStorage.getItem('reading')) || {}; } catch (e) { /* no storage: defaults */ }
  window.reading = {
    keys: ['size', 'space', 'theme', 'table', 'pointer', 'ruler', 'easy', 'pinyin', 'rate'],
    saved: saved,
    apply: function () {
      this.keys.forEach(function (key) {
        if (saved[key]) root.setAttribute('data-' + key, saved[key]); else root.removeAttribute('data-' + key);
      });
    },
    keep: function () {
      this.apply();
      try { localStorage.setItem('reading', JSON.stringify(saved)); } catch (e) { /* applies to this page alone */ }
    }
  };
  root.className = 'js';
  window.reading.apply();

  // On wide screens the page's contents are open as soon as they are there: opened later, they would make the page jump
  // and a screen reader speak of it.
  if (!matchMedia('(min-width:60em)').matches) return;
  var opener = new MutationObserver(function () {
    var contents = document.querySelector('details[data-wide]');
    if (contents) { contents.open = true; opener.disconnect(); }
  });
  opener.observe(root, { childList: true, subtree: true });
  addEventListener('DOMContentLoaded', function () { opener.disconnect(); });
})();
