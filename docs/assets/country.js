// The search of many plans. Sets tell which plans of the country can have the words; shelves with these plans are opened, a few at a time,
// and the others are told by place. search.js gives what it has to do so. Tests: tests/browser/test_country.py.
window.searchCountry = function (search) {
  // Shelves opened at once, files of them, and files of them while nothing is found; pairs of characters of a phrase; the share of plans
  // that have any two characters side by side by chance; what a pair of a phrase counts.
  var SHELVES = 3, SHARDS = 24, ANEW = 36, PAIRS = 8, CHANCE = .01, HINT = .1;
  var made = plansite.made, box = search.box, total = 0, shards, shelves = [], firsts = [], ordinary = new Set(), sets = {}, decoded = new Map();
  window.searchNational = function (value) {
    shards = value.sets;
    ordinary = new Set(value.ordinary.split(' '));
    value.shelves.split(' ').forEach(function (word, i, all) {
      if (i % 2) return;
      var one = search.shelf('plans/' + word);
      shelves.push(one);
      firsts.push(one.first = total);
      total += Number(all[i + 1]);
    });
  };
  window.searchSets = function (number, text) { sets[number] = search.lines(text); };

  // --- which plans can have it ----------------------------------------------------------------

  function shelfOf(plan) { return shelves[search.last(firsts, plan)]; }
  function shard(token) {
    for (var i = 0, sum = 0; i < token.length; i++) sum = (sum * 31 + token.charCodeAt(i)) % shards;
    return sum;
  }
  // A word of the lexicon has a set of its own; of others it is known which plans have their pairs of characters, of long ones some of these.
  function keys(word) {
    if (search.lexical(word) && /^[\u3400-\u9fff]{3,}$/.test(word)) return [word];
    var all = search.tokens(word), step = Math.ceil(all.length / PAIRS);
    return all.filter(function (_, i) { return i % step === 0; });
  }
  function marks(token) {  // one for each plan that has it: written as the gaps between them, or as bits
    if (decoded.has(token)) return decoded.get(token);
    var found = new Uint8Array(total), text = (sets[shard(token)] && sets[shard(token)].get(token)) || '', at = -1;
    if (text[0] === '=') {
      text = atob(text.slice(1));
      for (var n = 0; n < total; n++) found[n] = text.charCodeAt(n >> 3) >> (n & 7) & 1;
    } else search.numbers(text, function (gap) { found[at += gap + 1] = 1; });
    decoded.set(token, found);
    return found;
  }
  function having(all, scope) {  // the plans of a scope with all of the tokens
    var each = all.map(marks);
    return each.length ? scope.plans.filter(function (plan) { return each.every(function (one) { return one[plan]; }); }) : [];
  }
  // What the country has, asked like a library: by the sets, and by the pages of the site.
  function nation(scope, site) {
    return {
      wide: true,
      need: function (all, apart) {
        var wanted = {};
        all.forEach(function (word) { (apart ? search.tokens : keys)(word).forEach(function (token) { wanted['sets/' + shard(token)] = 1; }); });
        return Promise.all(Object.keys(wanted).map(search.load).concat(site ? site.need(all) : []));
      },
      has: function (word) { return having(keys(word), scope).length > 0 || !!(site && site.has(word)); },
      likely: function (word) { return having(search.tokens(word), scope).length > CHANCE * scope.plans.length; },
    };
  }
  // The plans that have all of a query, and the shelves in the order of what their plans have of it.
  function chosen(meant, scope) {
    var value = new Map(), count = new Map(), best = new Map(), terms = 0, whole = 0;
    function add(plans, weight) { plans.forEach(function (plan) { value.set(plan, (value.get(plan) || 0) + weight); }); }
    meant.terms.forEach(function (one) {
      if (one.nowhere) { search.tokens(one.text).forEach(function (token) { add(having([token], scope), .01); }); return; }
      var plans = new Set();
      one.words.forEach(function (word) { having(keys(word), scope).forEach(function (plan) { plans.add(plan); }); });
      var weight = Math.log(1 + scope.plans.length / (plans.size || 1)) * (one.weak ? .5 : 1);
      plans.forEach(function (plan) { count.set(plan, (count.get(plan) || 0) + 1); });
      add(plans, weight);
      terms++; whole += weight;
    });
    meant.phrases.forEach(function (phrase) {
      add(having(keys(phrase), scope), whole);
      keys(phrase).forEach(function (token) { var plans = having([token], scope); add(plans, HINT * Math.log(1 + scope.plans.length / (plans.length || 1))); });
    });
    var full = scope.plans.filter(function (plan) { return terms && count.get(plan) === terms; });
    (full.length ? full : Array.from(value.keys())).forEach(function (plan) { var one = shelfOf(plan); best.set(one, Math.max(best.get(one) || 0, value.get(plan))); });
    return { full: full, shelves: Array.from(best.keys()).sort(function (a, b) { return best.get(b) - best.get(a) || a.first - b.first; }) };
  }

  // --- what the reader gets -------------------------------------------------------------------

  function find(meant, scope) {
    return (scope.all ? search.opened([search.shelf('site')]) : Promise.resolve()).then(function (site) { return search.doubt(meant, nation(scope, site)); }).then(function (missing) {
      var words = meant.terms.reduce(function (all, one) { return all.concat(one.words); }, meant.phrases.slice()), pick = chosen(meant, scope);
      var files = new Set(search.tokens(words.join(' '))).size, step = Math.max(1, Math.min(SHELVES, Math.floor(SHARDS / files)));
      return open(1);
      function open(batches) {
        var at = Math.min(batches * step, pick.shelves.length);
        return search.opened(pick.shelves.slice(0, at).concat(scope.all ? search.shelf('site') : [])).then(function (lib) {
          return lib.need(words).then(function () {
            var result = search.find(lib, meant, scope, missing);
            // That a plan has all words does not say that one of its clauses has them.
            if (!result.found.full.some(lib.clause) && at < pick.shelves.length && (batches + 1) * step * files <= ANEW) return open(batches + 1);
            return search.present(lib, meant, scope, result, view(meant, scope, pick, words, at, step));
          });
        });
      }
    });
  }
  function view(meant, scope, pick, words, at, step) {
    var full = pick.full.length;
    function listed(from) {  // 北京市东城区等 12 份规划
      var some = pick.shelves.slice(from, at), plans = (full ? pick.full : scope.plans).filter(function (plan) { return some.indexOf(shelfOf(plan)) >= 0; });
      var first = plans.filter(function (plan) { return shelfOf(plan) === some[0]; })[0], name = some[0].index.groups[first - some[0].first][2];
      return plans.length > 1 ? name + '等 ' + plans.length + ' 份规划' : name + '的规划';
    }
    return {
      may: (scope.all ? '全国' : placed(scope)) + ' ' + scope.plans.length + ' 份规划里，' + (full ? full + ' 份可能写到' : meant.terms.length > 1 ? '没有一份全都写到' : '没有一份写到'),
      some: full > 0, listed: at < pick.shelves.length ? listed(0) : '',
      more: function () { onward(); return byPlace(scope, pick.full); },
    };
    function onward() {  // the next shelves, as long as there are some
      var more = made('button', '接着找后面的规划', { type: 'button' }), line = made('p', more, { tabindex: '-1' }), busy = false;
      if (at === pick.shelves.length) return;
      box.append(line);
      more.addEventListener('click', function () {
        var from = at;
        if (busy) return;
        busy = true;
        at = Math.min(at + step, pick.shelves.length);
        search.opened(pick.shelves.slice(from, at)).then(function (lib) {
          return lib.need(words).then(function () {
            var result = search.find(lib, meant, scope, []), name = listed(from);
            return search.nearest(lib, result.clauses, result.meant, result.found).then(function (clauses) {
              return clauses.length && search.section(name + '里的原文：' + clauses.length + ' 条', lib, clauses, result.marks, '条原文', line);
            }).then(function (list) {
              busy = false;
              search.tell(list ? '又列出' + name + '的 ' + result.clauses.length + ' 条。' : name + '里没有找到。');
              if (at === pick.shelves.length) line.textContent = '可能写到的规划都找过了。';
              (list ? list.querySelector('a') : at < pick.shelves.length ? more : line).focus();
            });
          });
        }).catch(function () { busy = false; at = from; search.tell(search.FAILED); });
      });
    }
  }
  function byPlace(scope, full) {  // where the words can stand, one level at a time
    var one = scope.only || (scope.places.length === 1 && scope.places[0].regions.length === 1 ? scope.places[0].regions[0] : null);
    if (!full.length || (!scope.all && !one)) return;
    return (one ? search.ready(one.path) : Promise.resolve()).then(function () {
      var links = search.below(one).map(function (other) {
        var plans = full.filter(function (plan) { return other.from <= plan && plan < other.to; }).length;
        return plans && made('li', search.link(other.name + (other.to - other.from > 1 ? '：' + plans + ' 份' : ''), other.path));
      }).filter(Boolean);
      if (links.length) box.append(made('h2', '按地区看：' + full.length + ' 份可能写到的规划'), made('ul', links, { class: 'plainlist' }));
    });
  }
  function placed(scope) {  // the places with what they lie in: many have the same name
    return scope.places.map(function (one) { return one.regions.length === 1 ? one.regions[0].path : one.word; }).concat(scope.only ? scope.only.path : []).join('、');
  }
  function leads(meant, scope) {  // which of one name is meant, what else a word is the name of, and the way back to all
    function lead(said, regions) {
      box.append(made('p', [said].concat(regions.map(function (one, i) { return made('span', [i ? '、' : '', search.link(one.path, one.path)]); })), { class: 'lone' }));
    }
    scope.places.forEach(function (one) { if (one.regions.length > 1) lead('叫“' + one.word + '”的地方有 ' + one.regions.length + ' 个，只看一个：', one.regions); });
    meant.names.forEach(function (name) { lead('“' + name + '”也是地名，只看那里：', search.called(name)); });
    if (scope.only) box.append(made('p', search.link('在全国找', ''), { class: 'lone' }));
  }

  // --- the form: a province, and with it what lies there, one level at a time --------------------

  function choose(value) {
    var fields = [search.form.elements.d];
    function fill(select) {
      fields.splice(fields.indexOf(select) + 1).forEach(function (one) { one.parentNode.remove(); });
      if (!select.value) return;
      return search.ready(select.value).then(function () {
        var wider = search.region(select.value), some = search.below(wider), next = made('select', made('option', '全部', { value: '' }), { name: 'd' });
        if (!some.length) return;
        some.forEach(function (one) { next.append(made('option', one.name, { value: one.path })); });
        select.parentNode.after(made('label', [wider.name + '里的地方 ', next]));
        fields.push(next);
        next.addEventListener('change', function () { fill(next); });
        return pick(next);
      });
    }
    function pick(select) {
      var fits = Array.from(select.options).filter(function (one) { return one.value && value.indexOf(one.value) === 0; })[0];
      if (fits) { select.value = fits.value; return fill(select); }
    }
    fields[0].addEventListener('change', function () { value = ''; fill(fields[0]); });
    pick(fields[0]);
  }

  return {
    choose: choose, find: find, leads: leads, placed: placed,
    ordinary: function (name) { return ordinary.has(name); },
    total: function () { return total; },
    near: function (scope) { return Array.from(new Set(scope.plans.map(shelfOf))); },
  };
};
