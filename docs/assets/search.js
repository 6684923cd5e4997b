// The search: the address is the query. Loads the words, then the shards that the query needs, then the texts that are shown.
// Few plans are one shelf, searched whole; of many country.js knows which shelves to open. Everything is a script, so that it works
// from a file too. Tests: tests/browser/test_search.py, tests/browser/test_country.py.
(function () {
  var made = plansite.made, PAGE = 8, PART = .4, COMMON = .2, FEW = 5, NEAREST = 16, APART = .3, EVERYONE = 'everyone', FAILED = '搜索的文件没有取到。请检查网络，再试一次。';
  var box = document.getElementById('results'), said = document.getElementById('found'), head = document.querySelector('h1');
  var form = document.getElementById('search'), base = box.getAttribute('data-base'), params = new URLSearchParams(location.search);
  var query = (params.get('q') || '').trim(), where = params.getAll('d').filter(Boolean).pop() || '';
  var lexicon, words = {}, longest = 2, pinyin, pairs = {}, places, counties, surveyed, regions = [], shelves = {}, asked = {}, DIGIT = {};
  var country = window.searchCountry && window.searchCountry({
    FAILED: FAILED, below: below, box: box, called: called, doubt: doubt, find: find, form: form, last: last, lexical: lexical, lines: lines, link: link, load: load, nearest: nearest,
    numbers: numbers, opened: opened, present: present, ready: ready, region: region, section: section, shelf: shelf, tell: tell, tokens: tokens,
  });
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('').forEach(function (digit, i) { DIGIT[digit] = i; });

  // --- what comes from files ------------------------------------------------------------------

  function shelf(name) { return shelves[name || ''] = shelves[name || ''] || { path: name ? name + '/' : '', first: 0, shards: {}, texts: {} }; }
  window.searchIndex = function (value, name) { shelf(name).index = value; shelf(name).groups = value.groups.map(function (row) { return row[1]; }); };
  window.searchShard = function (number, text, name) { shelf(name).shards[number] = lines(text); };
  window.searchTexts = function (number, rows, name) { shelf(name).texts[number] = rows; };
  window.searchAbout = function (value, name) { shelf(name).about = value; shelf(name).topics = value.topics.map(function (row) { return row[0]; }); };
  window.searchAudiences = function (value, name) {  // who is asked about, or everyone
    var audience = shelf(name).audience = new Set();
    [params.get('a'), EVERYONE].forEach(function (id) { var at = -1; numbers(value[id] || '', function (gap) { audience.add(at += gap + 1); }); });
  };
  window.searchWords = function (value) { lexicon = value; };
  window.searchPinyin = function (of, names) { pinyin = [of.split('\n'), names.split('\n')]; };
  window.searchCharacters = function (text) { for (var i = 0; i < text.length; i += 2) pairs[text[i]] = text[i + 1]; };
  window.searchPlaces = function (text, names) { places = text; if (names !== undefined) searchCounties(names); };
  window.searchCounties = function (names) { counties = names.split(' '); };
  function load(name) {  // each once; what was not got is asked for again
    return asked[name] = asked[name] || plansite.load(base + name + '.js').catch(function (fault) { delete asked[name]; throw fault; });
  }
  function lines(text) {  // the first word of each line to the rest
    var found = new Map();
    text.split('\n').forEach(function (line) { var at = line.indexOf(' '); found.set(line.slice(0, at), line.slice(at + 1)); });
    return found;
  }
  function numbers(text, each) {
    for (var i = 0, n = 0; i < text.length; i++) {
      var digit = DIGIT[text[i]];
      n = n << 5 | digit & 31;
      if (digit < 32) { each(n); n = 0; }
    }
  }
  function tell(text) { said.textContent = text; }
  function last(starts, value) {  // the last start that is not after the value
    var low = 0, high = starts.length - 1;
    while (low < high) { var middle = (low + high + 1) >> 1; if (starts[middle] <= value) low = middle; else high = middle - 1; }
    return low;
  }
  function wants(name) { return params.get(name); }
  // Who asks who is in charge wants the tasks, which name the agencies.
  function charge() { return /谁管|哪个部门|哪个单位|什么部门|归谁/.test(query); }
  function opened(some) {
    return Promise.all(some.map(function (one) {
      return Promise.all(['index'].concat(wants('a') ? 'audiences' : [], wants('k') || wants('t') || charge() ? 'about' : []).map(function (name) { return load(one.path + name); }));
    })).then(function () { return library(some); });
  }

  // --- places -----------------------------------------------------------------------------------

  function survey() {  // every region with the plans in it: numbers from `from` to before `to`, its own is `own`
    var at = 0, next = 0;
    if (surveyed === counties && regions.length) return;
    surveyed = counties;
    regions = [];
    function add(entry, above, county) {
      var row = /^([^=-]+)(?:=([^-]+))?(-?)$/.exec(entry), name = row[1];
      var one = { name: name, above: above, county: county, from: at, path: (above ? above.path : '') + name };
      one.short = row[2] || (name.length > 2 && /[省市区县旗州盟]$/.test(name) ? name.slice(0, -1) : name);
      one.own = row[3] ? -1 : at++;
      one.to = at;
      regions.push(one);
      return one;
    }
    places.split('\n').forEach(function (line) {
      var province;
      line.split('|').forEach(function (part) {
        var row = part.split(' '), one = row[0] ? add(row[0], province) : province;
        province = province || one;
        for (var n = Number(row[1] || 0); n; n--) { if (counties) add(counties[next++], one, true); else at++; }
        one.to = province.to = at;
      });
    });
  }
  function called(name) { return regions.filter(function (one) { return one.name === name || one.short === name; }); }
  function within(one, other) { return one !== other && one.from >= other.from && one.to <= other.to; }
  function below(one) { return regions.filter(function (other) { return one ? other.above && other.above.path === one.path : !other.above; }); }
  function ready(path) {  // what lies in a place is known
    return Promise.all(['index', 'words'].map(load)).then(function () { survey(); return counties || (region(path) && below(region(path)).length) || load('counties').then(survey); });
  }
  function region(path) { return regions.filter(function (one) { return one.path === path; })[0]; }
  // A narrower place within a wider one says which is meant: 江苏 鼓楼区.
  function place(found, word, some) {
    for (var i = 0; i < found.length; i++) {
      var one = found[i], inner = some.filter(function (a) { return one.regions.some(function (b) { return within(a, b); }); });
      var kept = one.regions.filter(function (a) { return some.some(function (b) { return within(a, b); }); });
      if (inner.length) { found[i] = { word: one.word + word, last: word, regions: inner }; return; }
      if (kept.length) { found[i] = { word: word + one.word, last: one.last, regions: kept }; return; }
    }
    found.push({ word: word, last: word, regions: some });
  }

  // Behind a place the names of what lies in it mean that, whatever else they mean; alone only the whole of a run.
  function named(name, found) {
    var wider = found.length ? found[found.length - 1].regions : [];
    return regions.filter(function (one) { return (simple(one.name) === name || simple(one.short) === name) && wider.some(function (other) { return within(one, other); }); });
  }
  function inner(run, at, found) {
    if (!found.length) return '';
    for (var length = at ? Math.min(run.length - at, 15) : run.length; length > 1 && length <= 15; length--) {
      if (named(run.substr(at, length), found).length) return run.substr(at, length);
      if (!at) break;
    }
    return '';
  }

  // --- what the reader means ---------------------------------------------------------------

  function normal(text) { return text.normalize('NFKC').toLowerCase(); }
  function simple(text) { return text.replace(/[^\x00-\xff]/g, function (c) { return pairs[c] || c; }); }
  function learn() {
    words = {};
    lexicon.words.split('\n').forEach(function (line, i) {
      var row = line.split(' ');
      words[row[0]] = { means: row.slice(1), lexical: true, known: i < lexicon.known, spelled: i < lexicon.known && pinyin && pinyin[0][i] };
      longest = Math.max(longest, row[0].length);
    });
    lexicon.fillers.split(' ').forEach(function (word) { words[word] = { means: ['-'] }; longest = Math.max(longest, word.length); });
    survey();
    var wide = 0, narrow = regions.filter(function (one) { return !one.county; }).length;
    regions.forEach(function (one) {
      var spelled = pinyin ? pinyin[1][one.county ? narrow++ : wide++].split(' ') : [];
      // People say 恩施州 for 恩施土家族苗族自治州.
      [one.name].concat(one.short === one.name ? [] : one.short, /自治.$/.test(one.name) ? one.short + one.name.slice(-1) : []).forEach(function (name) {
        var key = simple(name), known = words[key];
        // A short name that is a word of its own is that word.
        if (country && (country.ordinary(name) || (known && !known.places && name === one.short))) return;
        known = words[key] = known || { means: [] };
        known.places = (known.places || []).concat(one);
        known.spelled = known.spelled || spelled.slice(0, name.length).join(' ');
        longest = Math.max(longest, key.length);
      });
    });
  }
  function bySpelling(letters) {
    return Object.keys(words).filter(function (word) {
      var s = words[word].spelled;
      return s && (s.replace(/ /g, '') === letters || (letters.length > 1 && !(country && words[word].places) && s.split(' ').map(function (x) { return x[0]; }).join('') === letters));
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
  function lexical(word) { return words[word] && words[word].lexical; }
  function term(text, means) { return { text: text, words: [text].concat(means || []) }; }
  function cut(run, found) {
    var rest = '', after = 0;  // where a place has just ended
    function flush() { if (rest) { found.terms.push(term(rest)); found.unknown = found.unknown || rest.length > 1 || /[市区县旗州盟]/.test(rest); } rest = ''; }
    for (var at = 0; at < run.length;) {
      var word = at === after ? inner(run, at, found.places) : '', here = word && named(word, found.places);
      for (var length = Math.min(longest, run.length - at); length > Math.max(1, word.length); length--) {
        if (words[run.substr(at, length)]) { word = run.substr(at, length); here = words[word].places; break; }
      }
      if (!word) { rest += run[at++]; continue; }
      flush();
      at += word.length;
      if (here) { place(found.places, word, here); after = at; }
      else if (words[word].means[0] !== '-') found.terms.push(term(word, words[word].means));  // a word that says nothing, such as 哪里, is left out
    }
    flush();
  }
  function understand(text) {
    var found = { terms: [], places: [], phrases: [], told: [], names: [] };
    text = simple(normal(text));
    // Pinyin may be typed in syllables.
    if (/^[a-z]+( [a-z]+)+$/.test(text) && bySpelling(text.replace(/ /g, '')).length) text = text.replace(/ /g, '');
    (text.match(/[\u3400-\u9fff]+|[a-z0-9.%]+/g) || []).forEach(function (run) {
      if (/^[a-z]+$/.test(run)) {
        var spelled = bySpelling(run), plain = spelled.filter(function (word) { return !words[word].places; });
        if (!spelled.length) { found.terms.push(term(run)); return; }
        if (plain.length) spelled = plain;
        found.told.push('拼音“' + run + '”按“' + spelled.join('”“') + '”找。');
        if (!plain.length) place(found.places, spelled[0], spelled.reduce(function (all, word) { return all.concat(words[word].places); }, []));
        else found.terms.push({ text: run, words: spelled.concat.apply(spelled, spelled.map(function (word) { return words[word].means; })) });
        return;
      }
      var whole = words[run];
      if (country && country.ordinary(run)) found.names.push(run);
      if (!whole && run.length > 2) found.phrases.push(run);
      cut(run, found);
    });
    // A character alone between words is a part of them, or says nothing.
    if (found.terms.length > 1) found.terms = found.terms.filter(function (one) { return one.text.length > 1; });
    return found;
  }

  // --- what has it: shelves side by side, as one index -----------------------------------------

  function tokens(word) {
    var found = [];
    (word.match(/[\u3400-\u9fff]+|[a-z0-9.%]+/g) || []).forEach(function (run) {
      if (run[0] < '\u3400' || run.length === 1) found.push(run);
      else for (var i = 0; i + 1 < run.length; i++) found.push(run.substr(i, 2));
    });
    return found;
  }
  function single(token) { return token.length === 1 && token >= '\u3400'; }
  function anything() { return true; }
  function telling(word) { return words[word] && words[word].means[0] !== '-'; }
  // The parts of a run that are there and that fit, the longest first from the left: of 轮椅坏了 that is 轮椅.
  function parts(text, fits, there) {
    var found = [];
    for (var at = 0; at + 1 < text.length;) {
      var part = '';
      for (var length = Math.min(text.length - at, text.length - 1); length > 1 && !part; length--) {
        var one = text.substr(at, length);
        if (fits(one) && there(one)) part = one;
      }
      if (part) found.push({ text: part, words: [part], weak: true });
      at += part.length || 1;
    }
    return found;
  }

  function library(some) {
    var starts = [], count = 0, decoded = new Map(), own = { shelves: some, need: need, has: has, likely: has, having: having, of: of, search: search, broader: broader, loosely: loosely, clause: clause, row: row, textOf: textOf, needTexts: needTexts };
    some.forEach(function (one) { starts.push(count); count += one.index.count; });
    own.count = count;

    function shardsOf(one, token) {
      var first = last(one.index.shards, token), until = single(token) ? last(one.index.shards, token + '\uffff') : first, found = [];
      for (; first <= until; first++) found.push(first);
      return found;
    }
    function need(all) {
      var wanted = {};
      some.forEach(function (one) {
        all.forEach(function (word) { tokens(word).forEach(function (token) { shardsOf(one, token).forEach(function (n) { wanted[one.path + 's' + n] = 1; }); }); });
      });
      return Promise.all(Object.keys(wanted).map(load));
    }
    function postings(token) {  // each is decoded once
      if (decoded.has(token)) return decoded.get(token);
      var found = new Map();
      some.forEach(function (one, i) {
        shardsOf(one, token).forEach(function (n) {
          var shard = one.shards[n], keys = single(token) ? Array.from(shard.keys()).filter(function (key) { return key[0] === token; }) : shard.has(token) ? [token] : [];
          keys.forEach(function (key) {
            var at = starts[i] - 1;
            numbers(shard.get(key), function (value) { at += (value >> 3) + 1; found.set(at, Math.max(found.get(at) || 0, (value & 7) + 1)); });
          });
        });
      });
      decoded.set(token, found);
      return found;
    }
    function rarity(found) { return Math.log(1 + count / (found.size || 1)); }
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
    function has(word) { return having(word).size > 0; }
    function loosely(word) {  // for a word that is nowhere: documents with nearly half of it
      var all = tokens(word).map(postings).filter(function (one) { return one.size; }), found = new Map(), whole = 0;
      if (all.length < 2) return found;
      all.forEach(function (one) { whole += rarity(one); });
      all.forEach(function (one) { one.forEach(function (impact, doc) { found.set(doc, (found.get(doc) || 0) + rarity(one)); }); });
      found.forEach(function (sum, doc) { if (sum < .6 * whole) found.delete(doc); });
      return found;
    }
    function broader(meant) {  // long words by the words of the lexicon in them: 残疾人文化活动 by 残疾人 and 文化活动
      return {
        terms: meant.terms.reduce(function (all, one) {
          var inner = one.text.length > 3 ? parts(one.text, telling, has) : [];
          return all.concat(inner.length > 1 ? inner : one);
        }, []), phrases: [],
      };
    }
    function of(one) {
      var found = new Map();
      one.words.forEach(function (word, i) {
        having(word).forEach(function (score, doc) { found.set(doc, Math.max(found.get(doc) || 0, score * (i && one.words[0] === one.text ? .75 : 1))); });
      });
      return found;
    }
    function at(doc, say) { var n = last(starts, doc); return say(some[n], doc - starts[n]); }
    function row(doc) { return at(doc, function (one, n) { return one.index.groups[last(one.groups, n)]; }); }  // plan or null, its first document, what it is called, its slug
    function clause(doc) { return row(doc)[0] !== null; }
    function plan(doc) { return at(doc, function (one, n) { var group = last(one.groups, n); return one.index.groups[group][0] === null ? -1 : one.first + group; }); }
    function kind(doc) { return at(doc, function (one, n) { return one.about.kinds[n]; }); }
    function topic(doc) { return at(doc, function (one, n) { return one.about.topics[last(one.topics, n)][1]; }); }
    function given(doc) { return at(doc, function (one, n) { return one.audience.has(n); }); }
    function textOf(doc) { return at(doc, function (one, n) { var file = last(one.index.texts, n); return one.texts[file][n - one.index.texts[file]]; }); }
    function needTexts(docs) {
      var wanted = {};
      docs.forEach(function (doc) { at(doc, function (one, n) { wanted[one.path + 't' + last(one.index.texts, n)] = 1; }); });
      return Promise.all(Object.keys(wanted).map(load));
    }
    function search(meant, scope, least) {
      // A rare word says more of what is meant than a common one: how much of the query a document has is counted by that.
      var whole = meant.terms.map(of), weights = whole.map(function (found, i) { return rarity(found) * (meant.terms[i].weak ? .5 : 1); }), total = weights.reduce(function (sum, one) { return sum + one; }, 0);
      var scores = new Map(), share = new Map();
      whole.forEach(function (found, i) { found.forEach(function (score, doc) { scores.set(doc, (scores.get(doc) || 0) + score * (meant.terms[i].weak ? .5 : 1)); share.set(doc, (share.get(doc) || 0) + weights[i] / total); }); });
      meant.phrases.forEach(function (phrase) {
        having(phrase).forEach(function (score, doc) { scores.set(doc, (scores.get(doc) || 0) + 2 * score); share.set(doc, 1); });
      });
      if (charge()) scores.forEach(function (score, doc) { if (kind(doc) === '3') scores.set(doc, score * 3); });
      var docs = Array.from(scores.keys()).filter(function (doc) {
        if (!scope.all && !scope.has(plan(doc))) return false;
        if (wants('k') && kind(doc) !== wants('k')) return false;
        if (wants('a') && !given(doc)) return false;
        return !wants('t') || under(topic(doc), wants('t'));
      });
      function value(doc) { return (scores.get(doc) || 0) * (share.get(doc) || 0); }
      docs.sort(function (a, b) { return value(b) - value(a) || a - b; });
      return {
        value: value, weights: weights,
        full: docs.filter(function (doc) { return share.get(doc) > .999; }),
        part: docs.filter(function (doc) { return share.get(doc) <= .999 && share.get(doc) >= least; }),
      };
    }
    return own;
  }
  function under(inner, outer) {
    for (var id = inner; id;) {
      if (id === outer) return true;
      var row = lexicon.topics.filter(function (one) { return one[0] === id; })[0];
      id = row && row[2];
    }
    return false;
  }

  function scopeOf(meant) {  // the plans that the reader wants: of the places in the query and of the one chosen in the form
    var only = where && (region(where) || (!country && plan(where))), found = { places: meant.places, only: only || null, all: !meant.places.length && !only, has: has, plans: [] };
    function plan(id) {
      var at = shelf().index.groups.map(function (row) { return row[0]; }).indexOf(id);
      return at >= 0 && { from: at, to: at + 1, own: at };
    }
    function holds(one, number) { return one.from <= number && number < one.to; }
    function has(number) {
      return (!meant.places.length || meant.places.some(function (one) { return one.regions.some(function (other) { return holds(other, number); }); })) && (!only || holds(only, number));
    }
    for (var number = 0; country && number < country.total(); number++) if (has(number)) found.plans.push(number);
    return found;
  }

  // --- what the reader gets -----------------------------------------------------------------

  // A long clause may have one word of the query here and the other there: what stands in one sentence is more likely meant.
  function together(row, meant, weights) {
    var title = normal(row[1]), best = 0, total = 0;
    weights.forEach(function (weight) { total += weight; });
    normal(row[2]).split(/[。；;]/).forEach(function (sentence) {
      var sum = 0;
      meant.terms.forEach(function (one, i) { if (one.words.some(function (word) { return (title + '。' + sentence).indexOf(word) >= 0; })) sum += weights[i]; });
      best = Math.max(best, sum);
    });
    return best / total;
  }
  function nearest(lib, docs, meant, found) {  // the first ones sorted anew by that; what a wider search added keeps its order behind them
    var first = docs.slice(0, NEAREST), worth = new Map();
    if (meant.terms.length < 2 || !found.weights) return Promise.resolve(docs);
    return lib.needTexts(first).then(function () {
      first.forEach(function (doc) { worth.set(doc, found.value(doc) * (APART + (1 - APART) * together(lib.textOf(doc), meant, found.weights))); });
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
  function section(title, lib, docs, marks, unit, before) {  // docs in a list with a heading, a page at a time; `before` what it is put
    var list = made('ol', [], { class: 'plainlist' }), more = made('button', '再看 ' + PAGE + ' ' + unit, { type: 'button' }), rest = made('p', more);
    [made('h2', title), list].concat(docs.length > PAGE ? rest : []).forEach(function (one) { box.insertBefore(one, before || null); });
    function show() {
      var next = docs.slice(list.children.length, list.children.length + PAGE);
      return lib.needTexts(next).then(function () {
        next.forEach(function (doc) {
          var row = lib.textOf(doc), label = lib.row(doc)[2];
          list.append(made('li', [made('a', (label ? label + '：' : '') + row[1], { href: row[0] }), excerpt(row[2], marks)]));
        });
        more.hidden = list.children.length >= docs.length;
      });
    }
    more.addEventListener('click', function () {
      var at = list.children.length;
      show().then(function () { list.children[at].querySelector('a').focus(); });
    });
    return show().then(function () { return list; });
  }
  function link(words_, d) { return made('a', words_, { href: 'search.html?q=' + encodeURIComponent(d === undefined ? words_ : query) + (d ? '&d=' + encodeURIComponent(d) : '') + (d === undefined ? '' : kept()) }); }
  function kept() { return ['t', 'k', 'a'].filter(wants).map(function (name) { return '&' + name + '=' + encodeURIComponent(wants(name)); }).join(''); }

  // Words that are nowhere are perhaps mistyped; of what stands in no plan the parts are looked for. `source` is a library or the nation.
  function doubt(meant, source) {
    function some(one) { return one.words.some(source.has); }
    var all = meant.phrases.slice(), missing, guesses = [], hints = [];
    meant.terms.forEach(function (one) { all = all.concat(one.words); });
    return source.need(all).then(function () {
      missing = meant.terms.filter(function (one) { return !one.name && !some(one); });
      meant.phrases.forEach(function (phrase) {
        if (missing.some(function (one) { return phrase.indexOf(one.text) >= 0; })) near(phrase).forEach(function (word) { guesses.push([null, word]); });
        else if (source.wide && !source.has(phrase)) hints = hints.concat(near(phrase));
      });
      if (!guesses.length) missing.forEach(function (one) { near(one.text).forEach(function (word) { guesses.push([one, word]); }); });
      return source.need(guesses.reduce(function (found, guess) { return found.concat(guess[1], words[guess[1]].means); }, hints));
    }).then(function () {
      guesses = guesses.filter(function (guess) { return some(term(guess[1], words[guess[1]].means)); });
      hints = hints.filter(source.has).concat(guesses.map(function (guess) { return guess[1]; }));
      if (guesses.length) {
        // A word of two characters is guessed at, but not replaced: too many are like it.
        if (guesses[0][0]) guesses.forEach(function (guess) { if (guess[0].text.length > 2) guess[0].words = guess[0].words.concat(guess[1], words[guess[1]].means); });
        else meant.terms = [{ text: '', words: guesses.reduce(function (all, guess) { return all.concat(guess[1], words[guess[1]].means); }, []) }];
      }
      if (hints.length) box.append(made('p', ['你是不是要找：'].concat(hints.slice(0, 3).map(function (word, i) { return made('span', [i ? '、' : '', link(word)]); })), { class: 'lone' }));
      var unknown = missing.filter(function (one) { return !some(one); });
      return source.need(unknown.map(function (one) { return one.text; }), true).then(function () {
        unknown.forEach(function (one) { one.nowhere = true; meant.terms = meant.terms.concat(parts(one.text, anything, source.likely)); });
        return missing;
      });
    });
  }

  // What a library has of it: `docs` in order, `others` that match in part, the words to mark.
  function find(lib, meant, scope, missing) {
    var known = meant.terms.filter(function (one) { return lib.of(one).size; }), told = [], terms = meant.terms, phrases = meant.phrases, loose = false;
    // A word that is nearly everywhere, such as 残疾人, says nothing when the rest is unknown.
    if (known.length < terms.length && known.every(function (one) { return lib.of(one).size > COMMON * lib.count; })) known = [];
    if (known.length && known.length < terms.length) {
      told.push('没有“' + terms.filter(function (one) { return known.indexOf(one) < 0; }).map(function (one) { return one.text; }).join('”“') + '”，按其余的词找。');
      terms = known;
      phrases = [];
    }
    meant = { terms: terms, phrases: phrases };
    var found = lib.search(meant, scope, PART), marks = phrases.slice();
    terms.forEach(function (one) { marks = marks.concat(one.words); });
    // Little is found: what has the parts of its words, and last what has less of them, comes after it.
    [[lib.broader(meant), PART], [meant, PART / 2]].forEach(function (wider) {
      var all = found.full.concat(found.part);
      if (all.filter(lib.clause).length >= FEW || (all.length && wider[1] < PART)) return;
      var more = lib.search(wider[0], scope, wider[1]);
      found.part = found.part.concat(more.full.concat(more.part).filter(function (doc) { return all.indexOf(doc) < 0; }));
      wider[0].terms.forEach(function (one) { marks = marks.concat(one.words); });
    });
    if (!found.full.length && !found.part.length && missing.length && !known.length) {
      var near_ = new Map();
      missing.forEach(function (one) { lib.loosely(one.text).forEach(function (score, doc) { near_.set(doc, (near_.get(doc) || 0) + score); }); });
      found.part = Array.from(near_.keys()).sort(function (a, b) { return near_.get(b) - near_.get(a) || a - b; });
      loose = true;
      found.weights = null;
    }
    var docs = found.full.length ? found.full : found.part;
    return {
      meant: meant, found: found, marks: marks, loose: loose, told: told, docs: docs, clauses: docs.filter(lib.clause), sites: docs.filter(function (doc) { return !lib.clause(doc); }),
      others: found.full.length && found.full.length < 40 ? found.part.filter(lib.clause) : [],
    };
  }

  function run() {
    var meant = understand(query);
    if (!meant.terms.length && meant.places.length) meant.terms = meant.places.map(function (one) { return { text: one.last, words: [one.last], name: true }; });
    if (!meant.terms.length) { tell('请输入要找的词。'); return; }
    var scope = scopeOf(meant);
    if (where && !scope.only) meant.told.push('没有“' + where + '”这个地方的规划，在全部地区找。');
    var some = country ? country.near(scope) : [shelf()];
    if (some.length > 1) return country.find(meant, scope);
    return opened(some).then(function (lib) {
      return doubt(meant, lib).then(function (missing) { return present(lib, meant, scope, find(lib, meant, scope, missing)); });
    });
  }

  function present(lib, meant, scope, result, view) {  // `view`, of a whole country: what it may have beside this
    var found = result.found, docs = result.docs, listed = view && view.listed, all = result.clauses.some(function (doc) { return found.full.indexOf(doc) >= 0; }), means = [], placed = country ? country.placed(scope) : scope.places.map(function (one) { return one.word; }).join('、');
    meant.terms.forEach(function (one) { if (one.text && one.words[0] === one.text) means = means.concat(one.words.slice(1)); });
    var named = !docs.length && meant.terms.every(function (one) { return one.name; });
    var title = '搜索“' + query + '”：' + (named ? '是地名' : listed && view.some ? view.may : found.full.length ? '找到 ' + found.full.length + ' 条' : docs.length ? '没有全都有的，找到相近的 ' + docs.length + ' 条' : '没有找到');
    head.textContent = title; document.title = title + ' – 规划阅览室';
    var notes = meant.told.concat(result.told, means.length ? ['也找了：' + means.filter(function (w, i) { return means.indexOf(w) === i; }).join('、') + '。'] : [],
      placed ? ['只找' + placed + '的规划。'] : [], view && view.some && kept() ? ['几份规划可能写到，没有按主题、给谁和类型筛；列出的原文筛过了。'] : [], result.loose && docs.length ? ['没有这个词，下面是字面相近的。'] : []);
    notes.forEach(function (note) { box.append(made('p', note)); });
    if (country) country.leads(meant, scope);
    homes(lib, scope);
    if (named) {
      box.append(made('p', '这是地名，规划的原文里没有写它。再加一个词，就在它的规划里找。'));
      tell('找到地方，没有找到原文。');
      return;
    }
    if (!docs.length && !listed) {
      box.append(made('p', ['可以换个说法，少写几个字，或者去看', made('a', '主题', { href: 'topics/index.html' }), '、', made('a', '词语解释', { href: 'glossary.html' }), '、', made('a', '单位', { href: 'agencies/index.html' }), '、', made('a', '全部地区', { href: 'districts/index.html' }), '。']));
      tell('没有找到。');
      return;
    }
    return nearest(lib, result.clauses, result.meant, found).then(function (clauses) { return clauses.length && section((listed || '规划') + (listed && !all ? '里相近的原文：' : '里的原文：') + clauses.length + ' 条', lib, clauses, result.marks, '条原文'); })
      .then(function () { return result.others.length && section('只有一部分相符的原文：' + result.others.length + ' 条', lib, result.others, result.marks, '条相近的'); })
      .then(function () { return view && view.more(); })
      .then(function () { return result.sites.length && section('有关的网页：' + result.sites.length + ' 个', lib, result.sites, result.marks, '个网页'); })
      .then(function () {
        var clauses = result.clauses.length || result.others.length;
        tell((view ? view.may + '。' : '') + (!listed ? (found.full.length ? '找到 ' : '没有全都有的，找到相近的 ') + docs.length + ' 条。'
          : clauses ? '先列出' + listed + '里' + (all ? '的 ' : '相近的 ') + clauses + ' 条。' : '先找了' + listed + '，里面没有。'));
      });
  }
  function homes(lib, scope) {  // the pages of the places themselves
    scope.places.concat(country && scope.only ? { regions: [scope.only] } : []).forEach(function (one) {
      var plans = new Set(), own = one.regions.length === 1 ? one.regions[0].own : -1;
      one.regions.forEach(function (other) { for (var number = other.from; number < other.to; number++) plans.add(number); });
      if (plans.size === 1) own = plans.values().next().value;
      lib.shelves.forEach(function (other) {
        var row = own >= 0 && other.index.groups[own - other.first];
        if (row && row[0] !== null) box.append(made('p', made('a', row[2] + '规划首页', { href: 'districts/' + row[3] + '/index.html' }), { class: 'lone' }));
      });
    });
  }

  // --- at the beginning ---------------------------------------------------------------------------

  function begin() {
    learn();
    var more = [], known = lexicon.words + lexicon.fillers + places + (counties || []).join('');
    if ((normal(query).match(/[\u3400-\u9fff]/g) || []).some(function (one) { return known.indexOf(one) < 0; })) more.push('characters');
    if (country && !counties && (pinyin || (where && !region(where)) || understand(query).unknown)) more.push('counties');
    return Promise.all(more.map(load)).then(function () { if (more.length) learn(); return run(); });
  }
  form.elements.q.value = query;
  ['t', 'k', 'a'].forEach(function (name) { if (wants(name)) form.elements[name].value = wants(name); });
  if (['d', 't', 'k', 'a'].some(wants)) form.querySelector('details').open = true;
  if (country) country.choose(where); else form.elements.d.value = where;
  if (!query) { tell('请输入要找的词。'); return; }
  box.setAttribute('aria-busy', 'true');
  Promise.all(['index', 'words'].concat(/[a-z]/i.test(query.normalize('NFKC')) ? 'pinyin' : []).map(load)).then(begin)
    .catch(function () { tell(FAILED); })
    .then(function () { box.removeAttribute('aria-busy'); });
})();
