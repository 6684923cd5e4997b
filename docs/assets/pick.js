// The place picker: shows the places whose names fit what is typed, as links, or as choices of the form around it. The names come when it is first used.
(function () {
  var made = plansite.made, MOST = 20, box = document.getElementById('pick'), field = document.getElementById('place'), province = document.getElementById('province');
  var list = document.getElementById('place-list'), said = document.getElementById('place-said'), choice = box.getAttribute('data-choice'), places, coming, timer;

  window.placeNames = function (lines) {
    var names = [];
    places = [];
    lines.split('\n').forEach(function (line) {
      var depth = line.lastIndexOf('.') + 1, row = line.slice(depth).split(' ');
      names.length = depth;
      names.push(row[0]);
      if (row[1]) places.push({ name: row[0], whole: names.join(''), full: names.join('') + (row[2] ? '（讨论稿）' : ''), province: names[0], slug: row[1], letters: row[1].replace(/-/g, ''), own: row[1].replace(/^.*-/, '') });
    });
  };
  function names() {
    coming = coming || plansite.load(box.getAttribute('data-names')).catch(function (fault) { coming = null; throw fault; });
    return coming;
  }

  // How well a place fits, the best first; -1 where it does not.
  function within(text, query) {
    var at = -1;
    return Array.prototype.every.call(query, function (letter) { at = text.indexOf(letter, at + 1); return at >= 0; });
  }
  function fit(place, query) {
    if (/^[a-z]+$/.test(query)) return [place.own === query, place.own.indexOf(query) === 0, place.letters.indexOf(query) >= 0].indexOf(true);
    return [place.name.indexOf(query) === 0, place.name.indexOf(query) > 0, place.whole.indexOf(query) >= 0, within(place.whole, query)].indexOf(true);
  }
  function fitting(query, among) {
    var ranks = [[], [], [], []];
    among.forEach(function (place) { var rank = fit(place, query); if (rank >= 0) ranks[rank].push(place); });
    // Letters one after the other are a last resort: 四川安岳.
    return ranks[0].concat(ranks[1], ranks[2]).length ? ranks[0].concat(ranks[1], ranks[2]) : ranks[3];
  }

  function link(place) { return made('li', made('a', place.full, { href: box.getAttribute('data-to').replace('{}', place.slug) })); }
  function option(place) { return made('label', [made('input', [], { type: choice, name: 'd', value: place.slug }), ' ' + place.full]); }
  function chosen() { return Array.prototype.filter.call(list.children, function (one) { return choice && one.firstChild.checked; }); }
  function draw(found) {
    var kept = chosen(), slugs = kept.map(function (one) { return one.firstChild.value; });
    var rest = found.filter(function (place) { return slugs.indexOf(place.slug) < 0; }).map(choice ? option : link);
    list.replaceChildren.apply(list, kept.concat(rest));
  }
  function show() {
    var query = field.value.normalize('NFKC').toLowerCase().replace(/[\s'，、-]/g, ''), inside = province && province.value;
    if (!query && !inside) { draw([]); said.textContent = ''; return; }
    names().then(function () {
      var among = inside ? places.filter(function (place) { return place.province === inside; }) : places, found = query ? fitting(query, among) : among;
      var shown = query ? found.slice(0, MOST) : found;
      draw(shown);
      said.textContent = !found.length ? '没有找到“' + field.value.trim() + '”。可能还没有收录，也可能写法不同。'
        : '找到 ' + found.length + ' 个' + (shown.length < found.length ? '，先列 ' + MOST + ' 个。多写几个字，会少一些。' : '。');
    }).catch(function () { said.textContent = '地名没有取到。请检查网络，再试一次。'; });
  }
  // A pause, so that what is found is not spoken letter after letter; a word that is still being put together is no name yet.
  function soon(event) {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(show, 250);
  }
  field.addEventListener('focus', function () { names().catch(function () { /* told when it is looked for */ }); });
  field.addEventListener('input', soon);
  field.addEventListener('compositionend', soon);
  field.addEventListener('keydown', function (event) {
    if (event.key === 'Enter' && !event.isComposing) { event.preventDefault(); clearTimeout(timer); show(); }
  });
  if (province) province.addEventListener('change', show);

  // What the address has chosen stands in the form too.
  plansite.choose = function (slug, full) {
    var made_ = option({ slug: slug, full: full });
    made_.firstChild.checked = true;
    list.append(made_);
  };
})();
