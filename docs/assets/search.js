// Full-text search over all clauses. The data is a script, so that it works from a file too.
(function () {
  var box = document.getElementById('results'), field = document.getElementById('q'), head = document.querySelector('h1');
  var query = new URLSearchParams(location.search).get('q') || '';
  field.value = query;
  function fold(text) {
    return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
  }
  function mark(text, words) {
    // The excerpt begins a little before the first word found.
    var flat = text.toLowerCase(), first = Math.min.apply(null, words.map(function (w) { var i = flat.indexOf(w); return i < 0 ? text.length : i; }));
    var from = first === text.length || first < 30 ? 0 : first - 20, piece = (from ? '……' : '') + text.slice(from, from + 110) + (from + 110 < text.length ? '……' : '');
    var made = document.createElement('p'), rest = piece;
    while (rest) {
      var at = -1, hit = '';
      words.forEach(function (w) { var i = rest.toLowerCase().indexOf(w); if (i >= 0 && (at < 0 || i < at)) { at = i; hit = w; } });
      if (at < 0) break;
      made.append(rest.slice(0, at));
      var found = document.createElement('mark'); found.textContent = rest.slice(at, at + hit.length); made.append(found);
      rest = rest.slice(at + hit.length);
    }
    made.append(rest);
    return made;
  }
  window.searchData = function (rows) {
    var words = query.split(/[\s，、,]+/).map(fold).filter(Boolean), most = 100;
    if (!words.length) { tell('请输入要找的词。'); return; }
    var found = rows.filter(function (row) { var text = fold(row[1] + row[3]); return words.every(function (w) { return text.indexOf(w) >= 0; }); });
    var said = '搜索“' + query.trim() + '”：' + (found.length ? '找到 ' + found.length + ' 条结果' : '没有找到');
    head.textContent = said; document.title = said + ' – 规划阅览室';
    tell(found.length ? '找到 ' + found.length + ' 条结果' + (found.length > most ? '，先列前 ' + most + ' 条；多写一个词可以缩小范围' : '') : '没有找到。可以换个说法、少写几个字，或者按地区、按指标去找。');
    var list = document.createElement('ol'); list.className = 'plainlist';
    found.slice(0, most).forEach(function (row) {
      var item = document.createElement('li'), link = document.createElement('a');
      link.href = row[0]; link.textContent = row[1] + '：' + row[2];
      item.append(link, mark(row[3], words)); list.append(item);
    });
    box.append(list); box.removeAttribute('aria-busy');
  };
  function tell(words) { document.getElementById('found').textContent = words; }
  if (!query.trim()) { tell('请输入要找的词。'); return; }
  box.setAttribute('aria-busy', 'true');
  var script = document.createElement('script'); script.src = box.getAttribute('data-source'); document.head.appendChild(script);
})();
