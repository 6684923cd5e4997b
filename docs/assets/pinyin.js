// Readings of texts by one dictionary for all pages, as scripts/plansite/pinyin.py finds them; the form of its tables is told in formats/readings.py.
(function () {
  var base = document.currentScript.src.replace(/\.js$/, '/'), HAN = /[〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\ud840-\ud8bf][\udc00-\udfff]/g;
  var characters = [], syllables = new Map(), words = new Map(), longest = 1, given = [], taken = 0, more = 1, queue = Promise.resolve();
  function character(code) { return characters[code.charCodeAt(0) - 58]; }
  window.planPinyin = function (table) {
    var of = table.syllables.split(' ');
    Array.from(table.characters).forEach(function (one, i) { characters.push(one); syllables.set(one, of[i].split(',')); });
    table.words.forEach(function (lines, rest) {
      var word = new RegExp('(\\d*)(\\D)(\\D{' + rest + '})', 'g');
      lines.split('\n').forEach(function (line, first) {
        for (var found, second = 0; (found = word.exec(line));) {
          second += found[2].charCodeAt(0) - 58;
          words.set(characters[first] + characters[second] + Array.from(found[3], character).join(''), found[1]);
        }
      });
    });
    longest = Math.max(longest, table.words.length + 1);
    given = given.concat(table.given.map(function (one) { return [one[0], one[1].split(' ')]; }));
    taken++; more = table.more;
  };
  // The next tables are for rarer characters.
  function known(text) {
    var lacking = (text.match(HAN) || []).some(function (one) { return !syllables.has(one); }), next = taken + 1;
    return lacking && more ? plansite.load(base + next + '.js').then(function () { return taken === next ? known(text) : Promise.reject(); }) : Promise.resolve();
  }
  // At each place of the text where a character begins its syllable, or nothing.
  function read(text) {
    var found = [], at = 0, size, which, one;
    while (at < text.length) {
      for (size = Math.min(longest, text.length - at); size > 1 && (which = words.get(text.substr(at, size))) === undefined;) size--;
      if (size === 1) which = '';
      for (; size; size--) {
        one = String.fromCodePoint(text.codePointAt(at));
        if (syllables.has(one)) found[at] = syllables.get(one)[which[0] || 0];
        which = which.slice(1); at += one.length;
      }
    }
    given.forEach(function (pair) {
      for (var start = text.indexOf(pair[0]); start >= 0; start = text.indexOf(pair[0], start + 1)) {
        pair[1].forEach(function (syllable, i) { if (syllable) found[start + i] = syllable; });
      }
    });
    return found;
  }
  plansite.readings = function (texts) {
    queue = queue.catch(function () { /* told to the one who asked */ }).then(function () { return known(texts.join('')); });
    return queue.then(function () { return texts.map(read); });
  };

  // Not read out twice: the marks are for the eye.
  function ruby(text, found) {
    var made = document.createDocumentFragment(), at = 0, marked;
    Array.from(text).forEach(function (one) {
      var syllable = found[at];
      at += one.length;
      if (!syllable) { made.append(one); marked = null; return; }
      if (!marked) { marked = plansite.made('ruby', [], { 'data-py': '' }); made.append(marked); }
      marked.dataset.py += one;
      marked.append(one, plansite.made('rt', syllable, { lang: 'zh-Latn-pinyin', 'aria-hidden': 'true' }));
    });
    return made;
  }
  plansite.annotate = function (part) {
    var nodes = [];
    part.forEach(function (root) {
      var walker = document.createTreeWalker(root, 4), node;
      while ((node = walker.nextNode())) if (!node.parentNode.closest('ruby,.note,.ref,.vh,button')) nodes.push(node);
    });
    return plansite.readings(nodes.map(function (node) { return node.data; })).then(function (all) {
      nodes.forEach(function (node, i) { node.replaceWith(ruby(node.data, all[i])); });
    });
  };
})();
