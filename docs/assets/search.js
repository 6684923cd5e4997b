// The search: the address is the query. Loads the words, then the shards that the query needs, then the texts that are shown.
// Everything is a script, so that it works from a file too. Tests: tests/browser/test_search.py.
(function () {
  var made = plansite.made, PAGE = 8, PART = .4, COMMON = .2, FEW = 5, NEAREST = 16, APART = .3, EVERYONE = 'everyone', box = document.getElementById('results'), said = document.getElementById('found'), head = document.querySelector('h1');
  var form = document.getElementById('search'), base = box.getAttribute('data-base'), params = new URLSearchParams(location.search);
  var query = (params.get('q') || '').trim(), index, lexicon, about, shards = {}, texts = {}, decoded = new Map(), pinyin = [], audience, groupStarts, topicStarts, words = {}, longest = 2;
  form.elements.q.value = query;
  ['d', 't', 'k', 'a'].forEach(function (name) { if (params.get(name)) { form.elements[name].value = params.get(name); form.querySelector('details').open = true; } });
  window.searchIndex = function (value) { index = value; };
  window.searchWords = function (value) { lexicon = value; };
  window.searchPinyin = function (value) { pinyin = value.split('\n'); };
  window.searchAbout = function (value) { about = value; };
  window.searchAudiences = function (value) {  // who is asked about, or everyone
    audience = new Set();
    [params.get('a'), EVERYONE].forEach(function (id) {
      var at = -1;
      (value[id] || '').split(' ').forEach(function (gap) { if (gap) audience.add(at += parseInt(gap, 36) + 1); });
    });
  };
  window.searchShard = function (number, value) { shards[number] = value; };
  window.searchTexts = function (number, value) { texts[number] = value; };

  function load(name) { return plansite.load(base + name + '.js'); }
  function tell(text) { said.textContent = text; }
  function last(starts, value) {  // the last start that is not after the value
    var low = 0, high = starts.length - 1;
    while (low < high) { var middle = (low + high + 1) >> 1; if (starts[middle] <= value) low = middle; else high = middle - 1; }
    return low;
  }

  // --- what the reader means ---------------------------------------------------------------

  function normal(text) { return text.normalize('NFKC').toLowerCase(); }
  function simple(text) {
    var to = {}, i;
    for (i = 0; i < lexicon.pairs.length; i += 2) to[lexicon.pairs[i]] = lexicon.pairs[i + 1];
    return text.replace(/[^\x00-\xff]/g, function (c) { return to[c] || c; });
  }
  function learn() {
    lexicon.words.split('\n').forEach(function (line, i) {
      var row = line.split(' ');
      words[row[0]] = { means: row.slice(1), known: i < lexicon.known, spelled: i < lexicon.known && pinyin[i] };
      longest = Math.max(longest, row[0].length);
    });
    lexicon.fillers.split(' ').forEach(function (word) { words[word] = { means: ['-'] }; longest = Math.max(longest, word.length); });
    lexicon.places.forEach(function (place) {
      place[3].forEach(function (name, i) { var one = words[name] = words[name] || { means: [] }; one.places = (one.places || []).concat(place[0]); one.spelled = one.spelled || place[4][i] || ''; });
    });
  }
  function bySpelling(letters) {
    return Object.keys(words).filter(function (word) {
      var s = words[word].spelled;
      return s && (s.replace(/ /g, '') === letters || (letters.length > 1 && s.split(' ').map(function (x) { return x[0]; }).join('') === letters));
    });
  }
  function near(text) {  // words of the lexicon that differ in one character; of two characters words of the plans, and the first must be right
    if (text.length < 2) return [];
    var found = Object.keys(words).filter(function (word) {
      if (words[word].means[0] === '-' || Math.abs(word.length - text.length) > 1) return false;
      if (text.length === 2) return word.length === 2 && word[0] === text[0] && words[word].known;
      if (word.length < 3) return false;
      var a = 0, b = 0;
      while (a < text.length && a < word.length && text[a] === word[a]) a++;
      while (b < text.length - a && b < word.length - a && text[text.length - 1 - b] === word[word.length - 1 - b]) b++;
      return text.length - a - b <= 1 && word.length - a - b <= 1;
    });
    return text.length === 2 && found.length > 3 ? [] : found;
  }
  function term(text, means) { return { text: text, words: [text].concat(means || []) }; }
  function cut(run, found) {
    var rest = '';
    function flush() { if (rest) found.terms.push(term(rest)); rest = ''; }
    for (var at = 0; at < run.length;) {
      var word = '';
      for (var length = Math.min(longest, run.length - at); length > 1 && !word; length--) if (words[run.substr(at, length)]) word = run.substr(at, length);
      if (!word) { rest += run[at++]; continue; }
      flush();
      var known = words[word];
      if (known.means[0] === '-') { /* a word that says nothing, such as 哪里 */ }
      else if (known.places) found.places.push({ word: word, ids: known.places });
      else found.terms.push(term(word, known.means));
      at += word.length;
    }
    flush();
  }
  function understand(text) {
    var found = { terms: [], places: [], phrases: [], told: [] };
    text = simple(normal(text));
    // Pinyin may be typed in syllables.
    if (/^[a-z]+( [a-z]+)+$/.test(text) && bySpelling(text.replace(/ /g, '')).length) text = text.replace(/ /g, '');
    (text.match(/[\u3400-\u9fff]+|[a-z0-9.%]+/g) || []).forEach(function (run) {
      if (/^[a-z]+$/.test(run)) {
        var spelled = bySpelling(run);
        if (!spelled.length) { found.terms.push(term(run)); return; }
        found.told.push('拼音“' + run + '”按“' + spelled.join('”“') + '”找。');
        var where = spelled.filter(function (word) { return words[word].places; })[0];
        if (where) found.places.push({ word: where, ids: words[where].places });
        else found.terms.push({ text: run, words: spelled.concat.apply(spelled, spelled.map(function (word) { return words[word].means; })) });
        return;
      }
      var whole = words[run];
      if (!whole && run.length > 2) found.phrases.push(run);
      cut(run, found);
    });
    // A character alone between words is a part of them, or says nothing.
    if (found.terms.length > 1) found.terms = found.terms.filter(function (one) { return one.text.length > 1; });
    return found;
  }

  // --- what has it -------------------------------------------------------------------------

  function tokens(word) {
    var found = [];
    (word.match(/[\u3400-\u9fff]+|[a-z0-9.%]+/g) || []).forEach(function (run) {
      if (run[0] < '\u3400' || run.length === 1) found.push(run);
      else for (var i = 0; i + 1 < run.length; i++) found.push(run.substr(i, 2));
    });
    return found;
  }
  function shardsOf(token) {
    var first = last(index.shards, token), until = token.length === 1 && token >= '\u3400' ? last(index.shards, token + '\uffff') : first, found = [];
    for (; first <= until; first++) found.push(first);
    return found;
  }
  function need(all) {
    var wanted = {};
    all.forEach(function (word) { tokens(word).forEach(function (token) { shardsOf(token).forEach(function (n) { if (!shards[n]) wanted[n] = 1; }); }); });
    return Promise.all(Object.keys(wanted).map(function (n) { return load('s' + n); }));
  }
  function postings(token) {  // each is decoded once
    if (decoded.has(token)) return decoded.get(token);
    var found = new Map(), alone = token.length === 1 && token >= '\u3400';
    shardsOf(token).forEach(function (n) {
      var keys = alone ? Object.keys(shards[n]).filter(function (key) { return key[0] === token; }) : shards[n].hasOwnProperty(token) ? [token] : [];
      keys.forEach(function (key) {
        var at = -1;
        shards[n][key].split(' ').forEach(function (part) { var value = parseInt(part, 36); at += (value >> 3) + 1; found.set(at, Math.max(found.get(at) || 0, (value & 7) + 1)); });
      });
    });
    decoded.set(token, found);
    return found;
  }
  function rarity(found) { return Math.log(1 + index.count / (found.size || 1)); }
  function having(word) {  // documents with all of its bigrams, and how much they are about it
    var all = tokens(word).map(postings).sort(function (a, b) { return a.size - b.size; }), found = new Map();
    if (!all.length) return found;
    all[0].forEach(function (_, doc) {
      var sum = 0;
      for (var i = 0; i < all.length; i++) { var impact = all[i].get(doc); if (!impact) return; sum += impact * rarity(all[i]); }
      found.set(doc, sum / all.length);
    });
    return found;
  }
  function loosely(word) {  // for a word that is nowhere: documents with nearly half of it
    var all = tokens(word).map(postings).filter(function (one) { return one.size; }), found = new Map(), whole = 0;
    if (all.length < 2) return found;
    all.forEach(function (one) { whole += rarity(one); });
    all.forEach(function (one) { one.forEach(function (impact, doc) { found.set(doc, (found.get(doc) || 0) + rarity(one)); }); });
    found.forEach(function (sum, doc) { if (sum < .6 * whole) found.delete(doc); });
    return found;
  }
  // The parts of a run that some plan has and that fit, the longest first from the left: of 轮椅坏了 that is 轮椅.
  function parts(text, fits) {
    var found = [];
    for (var at = 0; at + 1 < text.length;) {
      var part = '';
      for (var length = Math.min(text.length - at, text.length - 1); length > 1 && !part; length--) {
        var one = text.substr(at, length);
        if (fits(one) && having(one).size) part = one;
      }
      if (part) found.push({ text: part, words: [part], weak: true });
      at += part.length || 1;
    }
    return found;
  }
  function anything() { return true; }
  function telling(word) { return words[word] && words[word].means[0] !== '-'; }
  function broader(meant) {  // long words by the words of the lexicon in them: 残疾人文化活动 by 残疾人 and 文化活动
    return {
      terms: meant.terms.reduce(function (all, one) {
        var inner = one.text.length > 3 ? parts(one.text, telling) : [];
        return all.concat(inner.length > 1 ? inner : one);
      }, []), places: meant.places, phrases: [],
    };
  }
  function of(one) {
    var found = new Map();
    one.words.forEach(function (word, i) {
      having(word).forEach(function (score, doc) { found.set(doc, Math.max(found.get(doc) || 0, score * (i && one.words[0] === one.text ? .75 : 1))); });
    });
    return found;
  }
  function clause(doc) { return group(doc) !== null; }
  function group(doc) { return index.groups[last(groupStarts, doc)][0]; }
  function topic(doc) { return about.topics[last(topicStarts, doc)][1]; }
  function under(inner, outer) {
    for (var id = inner; id;) {
      if (id === outer) return true;
      var row = lexicon.topics.filter(function (one) { return one[0] === id; })[0];
      id = row && row[2];
    }
    return false;
  }

  function search(meant, least) {
    // A rare word says more of what is meant than a common one: how much of the query a document has is counted by that.
    var whole = meant.terms.map(of), weights = whole.map(function (found, i) { return rarity(found) * (meant.terms[i].weak ? .5 : 1); }), total = weights.reduce(function (sum, one) { return sum + one; }, 0);
    var scores = new Map(), has = new Map();
    whole.forEach(function (found, i) { found.forEach(function (score, doc) { scores.set(doc, (scores.get(doc) || 0) + score * (meant.terms[i].weak ? .5 : 1)); has.set(doc, (has.get(doc) || 0) + weights[i] / total); }); });
    meant.phrases.forEach(function (phrase) {
      having(phrase).forEach(function (score, doc) { scores.set(doc, (scores.get(doc) || 0) + 2 * score); has.set(doc, 1); });
    });
    var ids = {};
    meant.places.forEach(function (place) { place.ids.forEach(function (id) { ids[id] = 1; }); });
    // Who asks who is in charge wants the tasks, which name the agencies.
    if (/谁管|哪个部门|哪个单位|什么部门|归谁/.test(query)) scores.forEach(function (score, doc) { if (about.kinds[doc] === '3') scores.set(doc, score * 3); });
    var docs = Array.from(scores.keys()).filter(function (doc) {
      if (meant.places.length && !ids[group(doc)]) return false;
      if (params.get('d') && group(doc) !== params.get('d')) return false;
      if (params.get('k') && about.kinds[doc] !== params.get('k')) return false;
      if (audience && !audience.has(doc)) return false;
      return !params.get('t') || under(topic(doc), params.get('t'));
    });
    function value(doc) { return (scores.get(doc) || 0) * (has.get(doc) || 0); }
    docs.sort(function (a, b) { return value(b) - value(a) || a - b; });
    return {
      value: value, weights: weights,
      full: docs.filter(function (doc) { return has.get(doc) > .999; }),
      part: docs.filter(function (doc) { return has.get(doc) <= .999 && has.get(doc) >= least; }),
    };
  }

  // --- what the reader gets -----------------------------------------------------------------

  function textOf(doc) { var n = last(index.texts, doc); return texts[n][doc - index.texts[n]]; }
  function needTexts(docs) {
    var wanted = {};
    docs.forEach(function (doc) { var n = last(index.texts, doc); if (!texts[n]) wanted[n] = 1; });
    return Promise.all(Object.keys(wanted).map(function (n) { return load('t' + n); }));
  }
  // A long clause may have one word of the query here and the other there: what stands in one sentence is more likely meant.
  function together(doc, meant, weights) {
    var row = textOf(doc), title = normal(row[1]), best = 0, total = 0;
    weights.forEach(function (weight) { total += weight; });
    normal(row[2]).split(/[。；;]/).forEach(function (sentence) {
      var sum = 0;
      meant.terms.forEach(function (one, i) { if (one.words.some(function (word) { return (title + '。' + sentence).indexOf(word) >= 0; })) sum += weights[i]; });
      best = Math.max(best, sum);
    });
    return best / total;
  }
  function nearest(docs, meant, found) {  // the first ones sorted anew by that; what a wider search added keeps its order behind them
    var first = docs.slice(0, NEAREST), worth = new Map();
    if (meant.terms.length < 2 || !found.weights) return Promise.resolve(docs);
    return needTexts(first).then(function () {
      first.forEach(function (doc) { worth.set(doc, found.value(doc) * (APART + (1 - APART) * together(doc, meant, found.weights))); });
      return first.sort(function (a, b) { return worth.get(b) - worth.get(a); }).concat(docs.slice(NEAREST));
    });
  }
  function excerpt(text, marks) {
    var flat = normal(text), spots = [], from, piece, made_ = document.createElement('p'), at = 0;
    if (flat.length !== text.length) flat = text.toLowerCase();
    marks.forEach(function (word) { for (var i = flat.indexOf(word); word && i >= 0; i = flat.indexOf(word, i + 1)) spots.push([i, i + word.length]); });
    spots.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
    from = spots.length && spots[0][0] > 30 ? Math.max(text.lastIndexOf('。', spots[0][0]) + 1, spots[0][0] - 60) : 0;
    piece = Math.min(text.length, from + 120);
    if (from) made_.append('……');
    at = from;
    spots.forEach(function (spot) {
      if (spot[0] < at || spot[1] > piece) return;
      made_.append(text.slice(at, spot[0]), made('mark', text.slice(spot[0], spot[1])));
      at = spot[1];
    });
    made_.append(text.slice(at, piece) + (piece < text.length ? '……' : ''));
    return made_;
  }
  function item(doc, marks) {
    var row = textOf(doc), id = group(doc), place = lexicon.places.filter(function (one) { return one[0] === id; })[0];
    return made('li', [made('a', (place ? place[1] + '：' : '') + row[1], { href: row[0] }), excerpt(row[2], marks)]);
  }
  function show(docs, marks, list) {
    var next = docs.slice(list.children.length, list.children.length + PAGE);
    return needTexts(next).then(function () { next.forEach(function (doc) { list.append(item(doc, marks)); }); return next.length; });
  }
  function section(title, docs, marks, unit) {
    var list = made('ol', [], { class: 'plainlist' }), more = made('button', '再看 ' + PAGE + ' ' + unit, { type: 'button' });
    box.append(made('h2', title), list);
    more.addEventListener('click', function () {
      var before = list.children.length;
      show(docs, marks, list).then(function () { more.hidden = list.children.length >= docs.length; list.children[before].querySelector('a').focus(); });
    });
    return show(docs, marks, list).then(function () { if (docs.length > PAGE) box.append(made('p', more)); });
  }
  function link(words_) { return made('a', words_, { href: 'search.html?q=' + encodeURIComponent(words_) }); }

  function run() {
    learn();
    groupStarts = index.groups.map(function (row) { return row[1]; });
    topicStarts = about.topics.map(function (row) { return row[0]; });
    var meant = understand(query);
    if (!meant.terms.length && meant.places.length) meant.terms = meant.places.map(function (place) { return term(place.word); });
    if (!meant.terms.length) { tell('请输入要找的词。'); return; }
    var all = meant.phrases.slice();
    meant.terms.forEach(function (one) { all = all.concat(one.words); });
    return need(all).then(function () {
      // A word that is nowhere is perhaps mistyped.
      var missing = meant.terms.filter(function (one) { return !of(one).size; }), guesses = [];
      meant.phrases.forEach(function (phrase) {
        if (missing.some(function (one) { return phrase.indexOf(one.text) >= 0; })) near(phrase).forEach(function (word) { guesses.push([null, word]); });
      });
      if (!guesses.length) missing.forEach(function (one) { near(one.text).forEach(function (word) { guesses.push([one, word]); }); });
      return need(guesses.reduce(function (found, guess) { return found.concat(guess[1], words[guess[1]].means); }, [])).then(function () { return [missing, guesses]; });
    }).then(function (doubt) {
      var missing = doubt[0], guesses = doubt[1].filter(function (guess) { return of(term(guess[1], words[guess[1]].means)).size; });
      if (guesses.length) {
        // A word of two characters is guessed at, but not replaced: too many are like it.
        if (guesses[0][0]) guesses.forEach(function (guess) { if (guess[0].text.length > 2) guess[0].words = guess[0].words.concat(guess[1], words[guess[1]].means); });
        else meant.terms = [{ text: '', words: guesses.reduce(function (all, guess) { return all.concat(guess[1], words[guess[1]].means); }, []) }];
        box.append(made('p', ['你是不是要找：'].concat(guesses.slice(0, 3).map(function (guess, i) { return made('span', [i ? '、' : '', link(guess[1])]); })), { class: 'lone' }));
      }
      // People write whole sentences. What stands in no plan can't be asked for: its parts and the rest are looked for, and that is said.
      var unknown = missing.filter(function (one) { return !of(one).size; });
      unknown.forEach(function (one) {
        meant.terms = meant.terms.concat(parts(one.text, anything));
      });
      var known = meant.terms.filter(function (one) { return of(one).size; });
      // A word that is nearly everywhere, such as 残疾人, says nothing when the rest is unknown.
      if (known.length < meant.terms.length && known.every(function (one) { return of(one).size > COMMON * index.count; })) known = [];
      if (known.length && known.length < meant.terms.length) {
        meant.told.push('没有“' + meant.terms.filter(function (one) { return known.indexOf(one) < 0; }).map(function (one) { return one.text; }).join('”“') + '”，按其余的词找。');
        meant.terms = known;
        meant.phrases = [];
      }
      var found = search(meant, PART), marks = meant.phrases.slice(), loose = false;
      meant.terms.forEach(function (one) { marks = marks.concat(one.words); });
      // Little is found: what has the parts of its words, and last what has less of them, comes after it.
      [[broader(meant), PART], [meant, PART / 2]].forEach(function (wider) {
        var all = found.full.concat(found.part);
        if (all.filter(clause).length >= FEW || (all.length && wider[1] < PART)) return;
        var more = search(wider[0], wider[1]);
        found.part = found.part.concat(more.full.concat(more.part).filter(function (doc) { return all.indexOf(doc) < 0; }));
        wider[0].terms.forEach(function (one) { marks = marks.concat(one.words); });
      });
      if (!found.full.length && !found.part.length && missing.length && !known.length) {
        var near_ = new Map();
        missing.forEach(function (one) { loosely(one.text).forEach(function (score, doc) { near_.set(doc, (near_.get(doc) || 0) + score); }); });
        found.part = Array.from(near_.keys()).sort(function (a, b) { return near_.get(b) - near_.get(a) || a - b; });
        loose = true;
        found.weights = null;
      }
      var docs = found.full.length ? found.full : found.part, sites = docs.filter(function (doc) { return !clause(doc); }), clauses = docs.filter(clause);
      var others = found.full.length && found.full.length < 40 ? found.part.filter(clause) : [];
      var means = [];
      meant.terms.forEach(function (one) { if (one.text && one.words[0] === one.text) means = means.concat(one.words.slice(1)); });
      var title = '搜索“' + query + '”：' + (found.full.length ? '找到 ' + found.full.length + ' 条' : docs.length ? '没有全都有的，找到相近的 ' + docs.length + ' 条' : '没有找到');
      head.textContent = title; document.title = title + ' – 规划阅览室';
      var notes = meant.told.concat(means.length ? ['也找了：' + means.filter(function (w, i) { return means.indexOf(w) === i; }).join('、') + '。'] : [],
        meant.places.length ? ['只找' + meant.places.map(function (place) { return place.word; }).join('、') + '的规划。'] : [], loose ? ['没有这个词，下面是字面相近的。'] : []);
      notes.forEach(function (note) { box.append(made('p', note)); });
      lexicon.places.forEach(function (place) {
        if (!meant.places.some(function (one) { return one.ids.length === 1 && one.ids[0] === place[0]; })) return;
        box.append(made('p', made('a', place[1] + '规划首页', { href: 'districts/' + place[2] + '/index.html' }), { class: 'lone' }));
      });
      if (!docs.length) {
        box.append(made('p', ['可以换个说法，少写几个字，或者去看', made('a', '主题', { href: 'topics/index.html' }), '、', made('a', '词语解释', { href: 'glossary.html' }), '、', made('a', '单位', { href: 'agencies/index.html' }), '、', made('a', '全部地区', { href: 'districts/index.html' }), '。']));
        tell('没有找到。');
        return;
      }
      return nearest(clauses, meant, found).then(function (sorted) { clauses = sorted; return clauses.length && section('规划里的原文：' + clauses.length + ' 条', clauses, marks, '条原文'); })
        .then(function () { return others.length && section('只有一部分相符的原文：' + others.length + ' 条', others, marks, '条相近的'); })
        .then(function () { return sites.length && section('有关的网页：' + sites.length + ' 个', sites, marks, '个网页'); })
        .then(function () { tell((found.full.length ? '找到 ' : '没有全都有的，找到相近的 ') + docs.length + ' 条。'); });
    });
  }

  if (!query) { tell('请输入要找的词。'); return; }
  box.setAttribute('aria-busy', 'true');
  Promise.all(['index', 'words', 'about'].concat(params.get('a') ? 'audiences' : [], /[a-z]/i.test(query.normalize('NFKC')) ? 'pinyin' : []).map(load)).then(run)
    .catch(function () { tell('搜索的文件没有取到。请检查网络，再试一次。'); })
    .then(function () { box.removeAttribute('aria-busy'); });
})();
