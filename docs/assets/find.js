// The finder of 我能得到什么: what the plans give for the place, people and needs that the address names. The form is a plain GET form,
// with all places while there are few, with the place picker when there are many.
(function () {
  var made = plansite.made, PAGE = 20, EVERYONE = 'everyone', form = document.getElementById('find'), box = document.getElementById('found'), list = document.getElementById('found-list');
  var said = document.getElementById('found-said'), base = box.getAttribute('data-base'), query = new URLSearchParams(location.search), kinds = {}, given = {}, many = !!document.getElementById('pick');
  box.getAttribute('data-kinds').split(';').forEach(function (pair) { kinds[pair.split('=')[0]] = pair.split('=')[1]; });
  function fields(name) { return Array.prototype.slice.call(form.querySelectorAll('[name=' + name + ']')); }
  function words(field) { return field.parentNode.textContent.trim(); }
  function chosen(name) { return fields(name).filter(function (field) { return field.checked && field.value; }); }
  function values(name) { return chosen(name).map(function (field) { return field.value; }); }
  function named(name, ids) { return fields(name).filter(function (field) { return ids.indexOf(field.value) >= 0; }).map(words).join('、'); }
  ['d', 'a', 'n'].forEach(function (name) {
    if (query.has(name)) fields(name).forEach(function (field) { field.checked = query.getAll(name).indexOf(field.value) >= 0; });
  });
  if (!location.search) return;

  var people = values('a'), needs = values('n'), here = many ? query.get('d') : values('d')[0], places = here ? [here] : fields('d').map(function (field) { return field.value; }).filter(Boolean);
  function name(place) { return given[place].names[many ? 1 : 0]; }
  function common(one, other) { return one.filter(function (id) { return other.indexOf(id) >= 0; }).length; }
  // What is for everyone is for these people too; what names most of what was chosen comes first.
  function found() {
    var all = [];
    places.forEach(function (place) {
      given[place].rows.forEach(function (row) {
        var whom = common(people, row[1]), what = common(needs, row[2]);
        if ((!people.length || whom || row[1].indexOf(EVERYONE) >= 0) && (!needs.length || what)) all.push({ place: place, row: row, whom: whom, what: what, order: all.length });
      });
    });
    return all.sort(function (a, b) { return b.whom - a.whom || b.what - a.what || a.order - b.order; });
  }
  function item(one) {
    var row = one.row, place = name(one.place), head = (places.length > 1 ? place + '：' : '') + row[0];
    return made('li', [made('p', head),
      made('p', '给谁：' + named('a', row[1]) + '。形式：' + row[3].map(function (id) { return kinds[id]; }).join('、') + '。', { class: 'tag' }),
      made('details', [made('summary', ['看原文和由谁做', made('span', '：' + row[0], { class: 'vh' })]),
        made('div', [made('p', '“' + row[4] + '”')].concat((row[7].length ? row[7] : [['规划没有写明由谁做。']]).map(function (doer) {
          return made('p', [doer[0], doer[1] && made('a', ['看这一项', made('span', '，' + place + doer[0].split('：')[0] + '：' + row[0], { class: 'vh' })], { href: base + doer[1] })]);
        }),
          made('p', made('a', ['原文在' + row[5], made('span', '，' + place, { class: 'vh' })], { href: base + row[6] }), { class: 'small lone' })), { class: 'ev' })])]);
  }
  function tell(all) {
    var direct = all.filter(function (one) { return one.whom; }).length, place = here ? name(here) : '全部地区';
    var asked = [people.length ? '给' + named('a', people) : '', needs.length ? '帮' + named('n', needs) : ''].filter(Boolean).join('，');
    var head = place + (asked ? '，' + asked : '') + '：' + (all.length ? '找到 ' + all.length + ' 条。' : '没有找到。');
    if (people.length && all.length && people.join() !== EVERYONE) head += direct ? '前 ' + direct + ' 条写明给他们' + (direct < all.length ? '，其余给所有残疾人。' : '。') : '都是给所有残疾人的。';
    said.textContent = head + (all.length ? '' : '可以少选一样再找。没有找到，不等于当地没有，只是这份规划没有写。');
    document.title = head.split('：')[0] + ' – ' + document.title;
  }
  function show() {
    var all = found(), items = made('ol', [], { class: 'plainlist' }), more = made('p', made('button', '再看 ' + PAGE + ' 条', { type: 'button' }));
    function next() {
      var from = items.children.length;
      all.slice(from, from + PAGE).forEach(function (one) { items.append(item(one)); });
      more.hidden = items.children.length >= all.length;
      return items.children[from];
    }
    tell(all);
    if (!all.length) return;
    next();
    list.append(items, more);
    more.firstChild.addEventListener('click', function () {
      var first = next();
      first.tabIndex = -1; first.focus();
    });
  }
  window.offersOf = function (place, names, rows) { given[place] = { names: names, rows: rows }; };
  box.hidden = false;
  if (!places.length) { said.textContent = '还没有选地方。请先选一个。'; return; }
  Promise.all(places.map(function (place) { return plansite.load(box.getAttribute('data-source') + encodeURIComponent(place) + '.js'); })).then(function () {
    if (many) plansite.choose(here, name(here));
    show();
  }, function () { said.textContent = '文件没有取到。请检查网络，再试一次。'; });
})();
