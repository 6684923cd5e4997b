// Reading settings, reading aloud, pinyin, and links into tables. Everything works without it.
(function () {
  var reading = window.reading, saved = reading.saved, main = byId('main');
  function byId(id) { return document.getElementById(id); }
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function tell(words) { byId('say').textContent = words; }
  function button(words, act) {
    var made = document.createElement('button');
    made.type = 'button'; made.textContent = words; made.addEventListener('click', act);
    return made;
  }

  // --- what the scripts of single pages share: elements, and data that come as scripts, so that a file may read them ---
  window.plansite = {
    made: function (tag, inner, attributes) {
      var one = document.createElement(tag);
      [].concat(inner).forEach(function (part) { if (part) one.append(part); });
      Object.keys(attributes || {}).forEach(function (name) { one.setAttribute(name, attributes[name]); });
      return one;
    },
    load: function (address) {
      return new Promise(function (done, failed) {
        var script = document.createElement('script');
        script.src = address; script.onload = done; script.onerror = failed;
        document.head.appendChild(script);
      });
    }
  };

  // --- settings: the panel in the header, and the same controls on a page of their own ---
  var opener = byId('set-btn'), panel = byId('set');
  function show(open) { panel.hidden = !open; opener.setAttribute('aria-expanded', open); }
  function fill() {
    all('[data-key]').forEach(function (input) { input.checked = input.value === (saved[input.dataset.key] || ''); });
  }
  opener.addEventListener('click', function () { show(panel.hidden); });
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && !panel.hidden) { show(false); opener.focus(); }
  });
  document.addEventListener('change', function (event) {
    var input = event.target;
    if (!input.dataset || !input.dataset.key) return;
    saved[input.dataset.key] = input.checked ? input.value : '';
    reading.keep(); fill(); changed();
    // A box that is ticked says so itself.
    if (input.type === 'radio') tell(input.closest('fieldset').querySelector('legend').textContent + '：' + input.parentNode.textContent.trim());
  });
  all('.set-reset').forEach(function (reset) {
    reset.addEventListener('click', function () {
      reading.keys.forEach(function (key) { delete saved[key]; });
      reading.keep(); fill(); changed(); tell('已恢复默认设置');
    });
  });
  fill();

  // --- reading ruler: a band at the line under the pointer or the focus ---
  var band;
  function ruler(event) {
    var box = event.type === 'focusin' && event.target.getBoundingClientRect();
    band.style.top = (box ? box.bottom : event.clientY + 12) + 'px';
  }
  function changed() {
    if (saved.ruler && !band) {
      band = document.createElement('div'); band.className = 'ruler'; band.setAttribute('aria-hidden', 'true');
      document.body.appendChild(band);
      document.addEventListener('pointermove', ruler); document.addEventListener('focusin', ruler);
    } else if (!saved.ruler && band) {
      document.removeEventListener('pointermove', ruler); document.removeEventListener('focusin', ruler);
      band.remove(); band = null;
    }
    offerPinyin();
  }

  // --- pinyin: for one section at a time, on demand; pinyin.js is loaded for the first one ---
  var source = main.getAttribute('data-pinyin'), reader;
  function offerPinyin() {
    var on = saved.pinyin && source;
    all('.pinyin-btn').forEach(function (old) { if (!on) old.remove(); });
    if (!on) { plain([main]); return; }
    all('.t > h2', main).forEach(function (heading) {
      if (heading.nextElementSibling && heading.nextElementSibling.classList.contains('pinyin-btn')) return;
      var made = button('为这一节注音：' + heading.textContent, function () { press(!pressed()); });
      function pressed() { return made.isConnected && made.getAttribute('aria-pressed') === 'true'; }
      function press(on) {
        var part = section(made);
        made.setAttribute('aria-pressed', on);
        if (!on) { plain(part); return; }
        reader = reader || plansite.load(source);
        reader.then(function () { return plansite.annotate(part); }).then(function () {
          if (pressed()) tell('这一节已注音'); else plain(part);
        }).catch(function () {
          if (!plansite.annotate) reader = null;
          made.setAttribute('aria-pressed', false); tell('拼音没有取到。请检查网络，再试一次。');
        });
      }
      made.className = 'pinyin-btn'; made.setAttribute('aria-pressed', 'false');
      heading.after(made);
    });
  }
  function section(from) {
    var found = [], node = from.nextElementSibling;
    while (node && node.tagName !== 'H2') { found.push(node); node = node.nextElementSibling; }
    return found;
  }
  // The text is whole again, so that it can be read once more.
  function plain(part) {
    part.forEach(function (root) {
      all('ruby[data-py]', root).forEach(function (ruby) {
        var parent = ruby.parentNode;
        ruby.replaceWith(document.createTextNode(ruby.dataset.py)); parent.normalize();
      });
    });
  }

  // --- reading aloud, a sentence at a time, by the device's own voice ---
  var synth = window.speechSynthesis, sentences = [], at = -1, bars = all('.speak');
  function voice() { return synth && synth.getVoices().filter(function (v) { return /^(zh|cmn)/i.test(v.lang); })[0]; }
  function ready() {
    bars.forEach(function (bar) { bar.hidden = !voice(); });
    all('.speak-no').forEach(function (note) { note.hidden = !!voice(); });
  }
  function digits(year) { return year.replace(/\d/g, function (d) { return '零一二三四五六七八九'[d]; }); }
  // What a voice says for marks that it would read wrongly or not at all.
  function spoken(text) {
    return text
      .replace(/〔(\d{4})〕/g, function (_, year) { return ' ' + digits(year) + '年 '; })
      .replace(/(\d{4})\s*[—－–-]\s*(\d{4})/g, function (_, a, b) { return digits(a) + '到' + digits(b); })
      .replace(/(\d)\s*[—－–~-]\s*(\d)/g, '$1到$2')
      .replace(/[≥]\s*/g, '不低于').replace(/[>＞]\s*/g, '高于').replace(/[≤]\s*/g, '不高于').replace(/[<＜]\s*/g, '低于')
      .replace(/(\d+(?:\.\d+)?)\s*[%％]/g, '百分之$1').replace(/[（(][%％][)）]/g, '，百分比')
      .replace(/[—－]{2,}/g, '，').replace(/⏎|｜/g, '，').trim();
  }
  window.reading.spoken = spoken;
  function collect() {
    var walker = document.createTreeWalker(main, 4), node, block, group, groups = [];
    while ((node = walker.nextNode())) {
      var parent = node.parentNode, seen = parent.checkVisibility ? parent.checkVisibility() : parent.offsetHeight;
      if (parent.closest('.tscroll,[aria-hidden],.set,button,.crumb,.up,.terms:not([open])') || (!seen && !parent.closest('.tlist'))) continue;
      if (block !== (block = parent.closest('h1,h2,h3,h4,h5,p,li,dt,dd,data,summary,strong'))) groups.push(group = { text: '', nodes: [] });
      group.nodes.push([node, group.text.length]); group.text += node.data;
    }
    sentences = [];
    groups.forEach(function (g) {
      var found, cut = /[^。！？；]{1,60}[^。！？；，、,]*[。！？；，、,]?[”’）]*/g;
      while ((found = cut.exec(g.text))) if (found[0].trim()) sentences.push([g, found.index, found[0]]);
    });
  }
  function place(range, end, g, i) {
    var k = g.nodes.length - 1;
    while (k && (end ? g.nodes[k][1] >= i : g.nodes[k][1] > i)) k--;
    range[end ? 'setEnd' : 'setStart'](g.nodes[k][0], i - g.nodes[k][1]);
  }
  function paint(range) {
    if (!window.Highlight) return;
    CSS.highlights.clear();
    if (range) CSS.highlights.set('speak', new Highlight(range));
  }
  function stop() { at = -1; if (synth) synth.cancel(); paint(); }
  function say(i) {
    at = Math.max(0, i); synth.cancel();
    if (at >= sentences.length) { stop(); return; }
    var now = sentences[at], mine = at, range = document.createRange(), words = new SpeechSynthesisUtterance(spoken(now[2]));
    place(range, 0, now[0], now[1]); place(range, 1, now[0], now[1] + now[2].length); paint(range);
    var box = range.getBoundingClientRect();
    if (box.height && (box.top < 0 || box.bottom > innerHeight)) now[0].nodes[0][0].parentNode.scrollIntoView({ block: 'center' });
    words.lang = 'zh-CN'; words.voice = voice(); words.rate = Number(saved.rate) || 1;
    words.onend = function () { if (at === mine) say(mine + 1); };
    synth.speak(words);
  }
  bars.forEach(function (bar) {
    bar.addEventListener('click', function (event) {
      var act = event.target.getAttribute('data-do');
      if (act === 'play') { if (synth.paused && at > -1) synth.resume(); else { collect(); say(0); } }
      if (act === 'pause') synth.pause();
      if (act === 'stop') { synth.resume(); stop(); }
      if (at > -1 && (act === 'back' || act === 'on')) say(at + (act === 'on' ? 1 : -1));
    });
  });
  ready();
  if (synth) synth.onvoiceschanged = ready;
  addEventListener('pagehide', stop);

  // --- a link may name a table row while the list of the same rows is shown: go to its twin there ---
  function follow() {
    var target = byId(decodeURIComponent(location.hash.slice(1))), twin = target && byId(target.id + '-l');
    if (twin && !target.offsetParent) twin.scrollIntoView();
  }
  addEventListener('hashchange', follow);
  follow();

  // What is folded is printed too, but for explanations that nobody asked for.
  addEventListener('beforeprint', function () { all('main details:not(.terms)').forEach(function (d) { d.open = true; }); });
  changed();
})();
