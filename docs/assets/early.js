// Loaded before the first paint: the reader's settings, kept on this device only, apply at once.
(function () {
  var root = document.documentElement, saved = {};
  try { saved = JSON.parse(localStorage.getItem('reading')) || {}; } catch (e) { /* no storage: defaults */ }
  window.reading = {
    keys: ['size', 'space', 'theme', 'table', 'pointer', 'ruler', 'pinyin', 'rate'],
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
})();
