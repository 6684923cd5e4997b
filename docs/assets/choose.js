// The chooser: a table of the districts and concepts that the address names. The form is a plain GET form. Of few places all cells are one file;
// of many each place has its own, and the form has the place picker.
(function () {
  var made = plansite.made, form = document.getElementById('choose'), box = document.getElementById('chosen'), said = document.getElementById('chosen-said');
  var query = new URLSearchParams(location.search), kinds = { indicators: '指标', measures: '专栏项目', tasks: '任务' }, folders = { indicators: 'compare', measures: 'measures', tasks: 'tasks' };
  // No more places than a table carries: as many as MOST_COLUMNS of derived.py.
  var MOST = 12, many = !!document.getElementById('pick'), source = box.getAttribute('data-source'), asked = Array.from(new Set(query.getAll('d'))), given = {};
  function each(selector, act) { Array.prototype.forEach.call(form.querySelectorAll(selector), act); }
  function kind() { return form.elements.k.value; }
  function show() {
    each('[data-kind]', function (part) { part.hidden = part.getAttribute('data-kind') !== kind(); });
    // What is not shown is not sent.
    each('[name=c]', function (field) { field.disabled = field.closest('[data-kind]').hidden; });
  }
  form.addEventListener('change', show);
  if (query.has('k')) each('[name=k]', function (field) { field.checked = field.value === query.get('k'); });
  if (query.has('d')) each('[name=d]', function (field) { field.checked = query.getAll('d').indexOf(field.value) >= 0; });
  each('[name=c]', function (field) { field.checked = query.getAll('c').indexOf(field.value) >= 0; if (field.checked) field.closest('details').open = true; });
  each('[name=diff]', function (field) { field.checked = query.has('diff'); });
  if (!form.querySelector('[name=k]:checked')) form.querySelector('[name=k]').checked = true;
  show();
  if (!location.search) return;

  function file(name, type, text) {
    var link = made('a', name, { class: 'btn', download: name, href: URL.createObjectURL(new Blob([text], { type: type })) });
    return link;
  }
  function quoted(value) { return /[",\r\n]/.test(value) ? '"' + value.replace(/"/g, '""') + '"' : value; }
  function cell(value, name, place) {
    var parts = [value[0]];
    if (value.length > 1) parts.push(made('span', made('a', [value[2], made('span', '，' + place, { class: 'vh' })], { href: value[3] }), { class: 'q' }));
    return parts;
  }

  // Whose short names are alike are told apart by their whole ones.
  function named(slug, _, slugs) {
    var names = given[slug].names;
    return names[slugs.some(function (other) { return other !== slug && given[other].names[0] === names[0]; }) ? 1 : 0];
  }

  window.choiceOf = function (slug, names, cells) { given[slug] = { names: names, cells: cells }; };
  function table(slugs) {
    var wanted = query.getAll('c'), k = kind(), name = kinds[k], places = slugs.map(named);
    var rows = slugs.length ? Object.keys(given[slugs[0]].cells[k]).filter(function (id) { return !wanted.length || wanted.indexOf(id) >= 0; }).map(function (id) {
      return { id: id, name: form.querySelector('[data-kind=' + k + '] [value="' + id + '"]').parentNode.textContent.trim(), url: folders[k] + '/' + id + '.html', cells: slugs.map(function (slug) { return given[slug].cells[k][id]; }) };
    }) : [];
    var differ = rows.filter(function (row) { return row.cells.some(function (cell) { return cell[0] !== row.cells[0][0]; }); });
    var total = rows.length, shown = query.has('diff') ? differ : rows;
    box.replaceChildren();
    if (!slugs.length || !shown.length) {
      said.textContent = !slugs.length ? '没有选地方。请至少选一个。' : query.has('diff') && total ? '选的 ' + total + ' 项，写没写、有没有差别，各地一样；原文的字句可能不同。' : '没有这样的项。请重新选。';
      return;
    }
    var caption = name + '：' + places.join('、');
    said.textContent = places.join('、') + '，' + total + ' 项' + name + (slugs.length > 1 ? '，其中 ' + differ.length + ' 项各地不一样' : '') + '。' + (query.has('diff') ? '只列不一样的。' : '') + (asked.length > MOST ? '一次最多比 ' + MOST + ' 个地方，其余的没有列。' : '');
    var wide = made('table', [made('caption', caption, { id: 'chosen-cap' }),
      made('thead', made('tr', [name].concat(places).map(function (head) { return made('th', head, { scope: 'col' }); }))),
      made('tbody', shown.map(function (row) {
        return made('tr', [made('th', made('a', row.name, { href: row.url }), { scope: 'row' })].concat(row.cells.map(function (one, i) { return made('td', cell(one, row.name, places[i])); })));
      }))]);
    var list = made('ol', shown.map(function (row) {
      return made('li', [made('strong', [name + '：', made('a', row.name, { href: row.url })]),
        made('dl', row.cells.map(function (one, i) { return made('div', [made('dt', places[i]), made('dd', cell(one, row.name, places[i]))]); }))]);
    }));
    var csv = '\ufeff' + [[name].concat(places)].concat(shown.map(function (row) { return [row.name].concat(row.cells.map(function (one) { return one[0]; })); }))
      .map(function (line) { return line.map(quoted).join(','); }).join('\r\n') + '\r\n';
    var json = JSON.stringify(shown.map(function (row) {
      return { id: row.id, name: row.name, cells: row.cells.map(function (one, i) { return { place: places[i], words: one[0], text: one[1] || null, where: one[2] || null }; }) };
    }), null, 1) + '\n';
    box.append(made('div', [made('div', wide, { class: 'tscroll', role: 'region', 'aria-labelledby': 'chosen-cap', tabindex: '0' }),
      made('div', [made('p', caption + '（逐行清单）'), list], { class: 'tlist' })], { class: 'tview' }),
    made('p', [file('规划比较.csv', 'text/csv', csv), file('规划比较.json', 'application/json', json)], { class: 'row' }));
  }
  var slugs = asked.slice(0, MOST);
  (many ? Promise.all(slugs.map(function (slug) { return plansite.load(source + encodeURIComponent(slug) + '.js'); })) : plansite.load(source)).then(function () {
    if (many) slugs.forEach(function (slug) { plansite.choose(slug, given[slug].names[1]); });
    table(many ? slugs : Object.keys(given).filter(function (slug) { return !query.has('d') || asked.indexOf(slug) >= 0; }));
  }, function () { said.textContent = '文件没有取到。请检查网络，再试一次。'; });
})();
