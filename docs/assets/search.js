// The search: the address is the query. Loads the words, then the shards that the query needs, then the texts that are shown.
// Few plans are one shelf. Of a whole country, sets tell which plans can have the words; shelves with these are opened, a few at a time.
// Everything is a script, so that it works from a file too. Tests: tests/browser/test_search.py, test_search_country.py.
(function () {
  var made = plansite.made, PAGE = 8, PART = .4, COMMON = .2, FEW = 5, NEAREST = 16, APART = .3, EVERYONE = 'everyone';
  var SHELVES = 3, SHARDS = 30, BATCHES = 3, RARE = .01;  // opened at once: shelves, and files of them; how often by itself while nothing is found; a rare word's share of the plans
  var box = document.getElementById('results'), said = document.getElementById('found'), head = document.querySelector('h1');
  var form = document.getElementById('search'), base = box.getAttribute('data-base'), params = new URLSearchParams(location.search);
  var query = (params.get('q') || '').trim(), where = params.getAll('d').filter(Boolean).pop() || '';
  var lexicon, words = {}, longest = 2, pinyin, pairs = {}, places, counties, regions = [], country, sets = {}, shelves = {}, asked = {}, DIGIT = {};
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
  window.searchNational = function (value) {
    country = { shelves: [], total: 0, sets: value.sets, ordinary: {} };
    value.ordinary.split(' ').forEach(function (name) { country.ordinary[name] = 1; });
    value.shelves.split(' ').forEach(function (word, i, all) {
      if (i % 2) return;
      var one = shelf('plans/' + word);
      one.first = country.total; one.size = Number(all[i + 1]);
      country.total += one.size;
      country.shelves.push(one);
    });
  };
  window.searchSets = function (number, text) { sets[number] = lines(text); };

  function load(name) { return asked[name] = asked[name] || plansite.load(base + name + '.js'); }
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
  function within(one, other) { return one !== other && one.from >= other.from && one.to <= other.to; }
  function below(one) { return regions.filter(function (other) { return other.above === one; }); }
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
      [one.name].concat(one.short === one.name ? [] : one.short).forEach(function (name) {
        var key = simple(name), known = words[key];
        // A short name that is a word of its own is that word.
        if (country && (country.ordinary[name] || (known && !known.places))) return;
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
    var found = { terms: [], places: [], phrases: [], told: [] };
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

  // --- which plans of the country can have it -----------------------------------------------------

  function scopeOf(meant) {  // the plans that the reader wants: of the places in the query and of the one chosen in the form
    var only = where && (country ? region(where) : region(where) || plan(where)), found = { places: meant.places, only: only, all: !meant.places.length && !only, plans: [] };
    function plan(id) {
      var at = shelf().index.groups.map(function (row) { return row[0]; }).indexOf(id);
      return at >= 0 && { from: at, to: at + 1, own: at };
    }
    function holds(one, number) { return one.from <= number && number < one.to; }
    found.has = function (number) {
      return (!meant.places.length || meant.places.some(function (one) { return one.regions.some(function (other) { return holds(other, number); }); })) && (!only || holds(only, number));
    };
    for (var number = 0; number < regions[regions.length - 1].to || number < (country ? country.total : 0); number++) if (found.has(number)) found.plans.push(number);
    return found;
  }
  function shelfOf(number) { return country.shelves[last(country.shelves.map(function (one) { return one.first; }), number)]; }
  function setOf(token) {
    for (var i = 0, sum = 0; i < token.length; i++) sum = (sum * 31 + token.charCodeAt(i)) % country.sets;
    return sum;
  }
  // A word of the lexicon has a set of its own; of others it is known which plans have all of their pairs of characters.
  function keys(word) { return words[word] && words[word].lexical && /^[\u3400-\u9fff]{3,}$/.test(word) ? [word] : tokens(word); }
  function plansWith(token) {  // a mark for each plan that has it
    var found = new Uint8Array(country.total), text = (sets[setOf(token)] && sets[setOf(token)].get(token)) || '', at = -1;
    for (var i = 0; i < text.length;) {
      at += read() + 1;
      var one = country.shelves[at], mask = text[i] === '*' ? (i++, -1) : read();
      for (var n = 0; n < one.size; n++) if (mask >> n & 1) found[one.first + n] = 1;
    }
    return found;
    function read() {
      for (var number = 0, digit = 32; digit > 31;) { digit = DIGIT[text[i++]]; number = number << 5 | digit & 31; }
      return number;
    }
  }
  function plansOf(all, scope) {  // those of a scope that have all of the tokens
    var each = all.map(plansWith);
    return each.length ? scope.plans.filter(function (number) { return each.every(function (marks) { return marks[number]; }); }) : [];
  }
  // What the country has, asked like a library: by the sets, and by the pages of the site.
  function nation(scope, site) {
    return {
      wide: true,
      need: function (all, apart) {
        var wanted = {};
        all.forEach(function (word) { (apart ? tokens : keys)(word).forEach(function (token) { wanted['sets/' + setOf(token)] = 1; }); });
        return Promise.all(Object.keys(wanted).map(load).concat(site ? site.need(all) : []));
      },
      has: function (word) { return plansOf(keys(word), scope).length > 0 || !!(site && site.has(word)); },
      // Of so many plans some have any two characters side by side.
      likely: function (word) { return plansOf(tokens(word), scope).length > RARE * scope.plans.length; },
    };
  }
  // The shelves in the order of what their plans have of the query, and the plans that have all.
  function chosen(meant, scope) {
    var value = new Map(), count = new Map(), terms = 0, best = new Map(), total = 0;
    function add(all, weight, full) { all.forEach(function (number) { value.set(number, (value.get(number) || 0) + weight); if (full) count.set(number, (count.get(number) || 0) + 1); }); }
    meant.terms.forEach(function (one) {
      var some = new Set();
      one.words.forEach(function (word) { plansOf(keys(word), scope).forEach(function (number) { some.add(number); }); });
      if (!some.size) { tokens(one.text).forEach(function (token) { add(plansOf([token], scope), .01); }); return; }
      var weight = Math.log(1 + scope.plans.length / some.size) * (one.weak ? .5 : 1);
      terms++; total += weight;
      add(some, weight, true);
    });
    meant.phrases.forEach(function (phrase) { add(plansOf(tokens(phrase), scope), total); });
    var full = scope.plans.filter(function (number) { return terms && count.get(number) === terms; });
    (full.length ? full : Array.from(value.keys())).forEach(function (number) { var one = shelfOf(number); best.set(one, Math.max(best.get(one) || 0, value.get(number))); });
    return {
      full: full,
      shelves: Array.from(best.keys()).sort(function (a, b) { return best.get(b) - best.get(a) || a.first - b.first; }),
    };
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
  function between(all) { return all.reduce(function (found, one, i) { return found.concat(i ? '、' : '', one); }, []); }

  // Words that are nowhere are perhaps mistyped; of what stands in no plan the parts are looked for. `source` is a library or the nation.
  function doubt(meant, source) {
    function some(one) { return one.words.some(source.has); }
    var all = meant.phrases.slice(), missing, guesses = [], hints = [];
    meant.terms.forEach(function (one) { all = all.concat(one.words); });
    return source.need(all).then(function () {
      missing = meant.terms.filter(function (one) { return !some(one); });
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
        unknown.forEach(function (one) { meant.terms = meant.terms.concat(parts(one.text, anything, source.likely)); });
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

  function wordsOf(meant) { return meant.terms.reduce(function (all, one) { return all.concat(one.words); }, meant.phrases.slice()); }
  function run() {
    var meant = understand(query);
    if (!meant.terms.length && meant.places.length) meant.terms = meant.places.map(function (one) { return term(one.last); });
    if (!meant.terms.length) { tell('请输入要找的词。'); return; }
    var scope = scopeOf(meant), near_ = country ? Array.from(new Set(scope.plans.map(shelfOf))) : [shelf()];
    if (near_.length > 1) return nationwide(meant, scope);
    return opened(near_).then(function (lib) {
      return doubt(meant, lib).then(function (missing) { return present(lib, meant, scope, find(lib, meant, scope, missing)); });
    });
  }
  function nationwide(meant, scope) {
    return (scope.all ? opened([shelf('site')]) : Promise.resolve()).then(function (site) { return doubt(meant, nation(scope, site)); }).then(function (missing) {
      var all = wordsOf(meant), pick = chosen(meant, scope), step = Math.floor(SHARDS / new Set(tokens(all.join(' '))).size);
      step = Math.max(1, Math.min(SHELVES, step));
      return next(0, 1);
      function next(at, batch) {
        return opened(pick.shelves.slice(at, at + step).concat(scope.all ? shelf('site') : [])).then(function (lib) {
          return lib.need(all).then(function () {
            var result = find(lib, meant, scope, missing), end = at + step;
            if (!result.clauses.length && end < pick.shelves.length && batch < BATCHES) return next(end, batch + 1);
            return present(lib, meant, scope, result, { full: pick.full, shelves: pick.shelves, at: end, step: step, words: all });
          });
        });
      }
    });
  }

  // `rest`, of a nationwide search: the plans that can have all, the shelves that have them, and how many of these were opened.
  function present(lib, meant, scope, result, rest) {
    var found = result.found, docs = result.docs, part = rest && rest.at < rest.shelves.length, means = [], whole = scope.all ? '全国' : placed(scope);
    meant.terms.forEach(function (one) { if (one.text && one.words[0] === one.text) means = means.concat(one.words.slice(1)); });
    var may = rest && whole + ' ' + scope.plans.length + ' 份规划里，' + (rest.full.length ? rest.full.length + ' 份可能写到' : '没有一份全都写到');
    var title = '搜索“' + query + '”：' + (part && rest.full.length ? may : found.full.length ? '找到 ' + found.full.length + ' 条' : docs.length ? '没有全都有的，找到相近的 ' + docs.length + ' 条' : '没有找到');
    head.textContent = title; document.title = title + ' – 规划阅览室';
    var notes = meant.told.concat(result.told, means.length ? ['也找了：' + means.filter(function (w, i) { return means.indexOf(w) === i; }).join('、') + '。'] : [],
      placed(scope) ? ['只找' + placed(scope) + '的规划。'] : [], result.loose ? ['没有这个词，下面是字面相近的。'] : []);
    notes.forEach(function (note) { box.append(made('p', note)); });
    leads(lib, scope);
    if (!docs.length) {
      box.append(made('p', ['可以换个说法，少写几个字，或者去看', made('a', '主题', { href: 'topics/index.html' }), '、', made('a', '词语解释', { href: 'glossary.html' }), '、', made('a', '单位', { href: 'agencies/index.html' }), '、', made('a', '全部地区', { href: 'districts/index.html' }), '。']));
      tell('没有找到。');
      return;
    }
    return nearest(lib, result.clauses, result.meant, found).then(function (clauses) { return clauses.length && section((part ? listed(0) + '里的原文：' : '规划里的原文：') + clauses.length + ' 条', lib, clauses, result.marks, '条原文'); })
      .then(function () { return result.others.length && section('只有一部分相符的原文：' + result.others.length + ' 条', lib, result.others, result.marks, '条相近的'); })
      .then(function () { return rest && onward(); })
      .then(function () { return rest && byPlace(scope, rest.full); })
      .then(function () { return result.sites.length && section('有关的网页：' + result.sites.length + ' 个', lib, result.sites, result.marks, '个网页'); })
      .then(function () { tell((rest ? may + '。' : '') + (part ? '先列出' + listed(0) + '的 ' + result.clauses.length + ' 条。' : (found.full.length ? '找到 ' : '没有全都有的，找到相近的 ') + docs.length + ' 条。')); });

    function listed(from) {  // 北京市东城区等 12 份规划
      var some = rest.shelves.slice(from, rest.at), plans = rest.full.length ? rest.full : scope.plans, first = [];
      plans = plans.filter(function (number) { return some.indexOf(shelfOf(number)) >= 0; });
      first = plans.filter(function (number) { return shelfOf(number) === some[0]; })[0];
      some = some[0].index.groups[first - some[0].first][2];
      return plans.length > 1 ? some + '等 ' + plans.length + ' 份规划' : some + '的规划';
    }
    function onward() {  // the next shelves, as long as there are some
      var more = made('button', '接着找后面的规划', { type: 'button' }), line = made('p', more);
      if (rest.at >= rest.shelves.length) return;
      box.append(line);
      more.addEventListener('click', function () {
        var from = rest.at;
        more.disabled = true;
        rest.at = Math.min(rest.at + rest.step, rest.shelves.length);
        opened(rest.shelves.slice(from, rest.at)).then(function (lib) {
          return lib.need(rest.words).then(function () {
            var one = find(lib, meant, scope, []), name = listed(from);
            return nearest(lib, one.clauses, one.meant, one.found).then(function (clauses) {
              if (!clauses.length) { tell(name + '里没有找到。'); return; }
              return section(name + '里的原文：' + clauses.length + ' 条', lib, clauses, one.marks, '条原文', line).then(function (list) {
                tell('又列出' + name + '的 ' + clauses.length + ' 条。');
                list.querySelector('a').focus();
              });
            });
          });
        }).then(function () { more.disabled = false; line.hidden = rest.at >= rest.shelves.length; });
      });
    }
  }
  function placed(scope) {  // the places by name; of a whole country with what they lie in
    return scope.places.map(function (one) { return country && one.regions.length === 1 ? one.regions[0].path : one.word; }).concat(country && scope.only ? scope.only.path : []).join('、');
  }
  function leads(lib, scope) {  // the places themselves: which of one name, their home page, and the way back to all
    scope.places.concat(country && scope.only ? { regions: [scope.only] } : []).forEach(function (one) {
      var plans = new Set(), own = one.regions.length === 1 ? one.regions[0].own : -1;
      if (country && one.regions.length > 1) {
        box.append(made('p', ['叫“' + one.word + '”的地方有 ' + one.regions.length + ' 个，只看一个：'].concat(between(one.regions.map(function (other) { return link(other.path, other.path); }))), { class: 'lone' }));
      }
      one.regions.forEach(function (other) { for (var number = other.from; number < other.to; number++) plans.add(number); });
      if (plans.size === 1) own = plans.values().next().value;
      lib.shelves.forEach(function (other) {
        var row = own >= 0 && other.index.groups[own - other.first];
        if (row && row[0] !== null) box.append(made('p', made('a', row[2] + '规划首页', { href: 'districts/' + row[3] + '/index.html' }), { class: 'lone' }));
      });
    });
    if (country && scope.only) box.append(made('p', link('在全国找', ''), { class: 'lone' }));
  }
  function byPlace(scope, full) {  // where in the country the words can stand, one level at a time
    var one = scope.only || (scope.places.length === 1 && scope.places[0].regions.length === 1 ? scope.places[0].regions[0] : null);
    if (!full.length || (!scope.all && !one)) return;
    return (one && !counties ? load('counties').then(learn) : Promise.resolve()).then(function () {
      var some = regions.filter(function (other) { return one ? other.above && other.above.path === one.path : !other.above; }).map(function (other) {
        var plans = full.filter(function (number) { return other.from <= number && number < other.to; }).length;
        return plans && made('li', link(other.name + (other.to - other.from > 1 ? '：' + plans + ' 份' : ''), other.path));
      }).filter(Boolean);
      if (some.length) box.append(made('h2', '按地区看：' + full.length + ' 份可能写到的规划'), made('ul', some, { class: 'plainlist' }));
    });
  }

  // The form of a whole country: a province, and by it what lies there.
  function choose() {
    var first = form.elements.d, fields = [first];
    function fill(select, value) {
      var at = fields.indexOf(select), wider = region(select.value), some = wider ? below(wider) : [];
      fields.splice(at + 1).forEach(function (one) { one.parentNode.remove(); });
      if (!some.length) return;
      var next = made('select', [made('option', '全部', { value: '' })].concat(some.map(function (one) { return made('option', one.name, { value: one.path }); })), { name: 'd' });
      select.parentNode.after(' ', made('label', [wider.name + '里的地方 ', next]));
      fields.push(next);
      next.addEventListener('change', function () { fill(next); });
      if (value) pick(next, value);
    }
    function pick(select, value) {
      var fits = Array.from(select.options).filter(function (one) { return one.value && value.indexOf(one.value) === 0; })[0];
      if (fits) { select.value = fits.value; fill(select, value); }
    }
    first.addEventListener('change', function () {
      Promise.all(['index', 'counties', 'words'].map(load)).then(survey).then(function () { fill(first); });
    });
    return function (value) { return load('counties').then(survey).then(function () { pick(first, value); }); };
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
  form.elements.d.value = where;
  if (!query) { tell('请输入要找的词。'); return; }
  box.setAttribute('aria-busy', 'true');
  Promise.all(['index', 'words'].concat(/[a-z]/i.test(query.normalize('NFKC')) ? 'pinyin' : []).map(load)).then(begin)
    .catch(function () { tell('搜索的文件没有取到。请检查网络，再试一次。'); })
    .then(function () { box.removeAttribute('aria-busy'); });
})();
