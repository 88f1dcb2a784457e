/* Search, on its own page only. The index is cut into small files (generators/render/search_index.py and
   search_shards.py tell how); a question loads a few of them, and nothing is loaded before the first question.
   Order: 1 words · 2 files · 3 lists of pages · 4 ranking · 5 excerpts · 6 the page. */
(function () {
  "use strict";
  var box = document.querySelector("[data-search]");
  if (!box) return;
  var PER_PAGE = 6;
  var EXCERPT_WORDS = 32;
  var LAPSE = 0.6;
  var NUMBER_BITS = 20;
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  var MOST_SHARDS = 2; /* for the beginning of a word: what stands in the first shards is enough */

  var LEFT_OUT = "h1, svg, script, style, template, form, nav, select, datalist, [popover], button:not([popovertarget])";
  var INSIDE_WORDS = "a, abbr, b, button, cite, code, em, i, mark, q, s, small, strong, sub, sup, time, u, wbr";

  /* 1 ---------- Words: the same two forms as generators/render/search_text.py, which a test compares. */
  var WORD = /[\p{L}\p{N}]+(?:[.,](?=\p{Nd})[\p{L}\p{N}]+)*/gu;
  var TONES = { "\u0300": "`", "\u0309": "?", "\u0303": "~", "\u0301": "'", "\u0323": "." };

  function fold(word) {
    return word.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");
  }

  function spell(word) {
    var tone = "";
    var rest = word.toLowerCase().normalize("NFD").replace(/[\u0300\u0309\u0303\u0301\u0323]/g, function (mark) {
      tone += TONES[mark];
      return "";
    });
    return rest.normalize("NFC") + tone;
  }

  function cutTone(spelled) {
    var letters = spelled.replace(/[`?~'.]+$/, "");
    return { letters: letters, tone: spelled.slice(letters.length) };
  }

  function wordsOf(text) {
    return Array.from(text.normalize("NFC").matchAll(WORD), function (match) {
      var spelled = spell(match[0]);
      var folded = fold(match[0]);
      return { folded: folded, spelled: spelled, marked: spelled !== folded, at: match.index, end: match.index + match[0].length };
    });
  }

  /* 2 ---------- Files: each is loaded once. */
  var loaded = {};
  var about = null;
  var starts = null;

  function load(path, read, options) {
    if (!loaded[path]) {
      loaded[path] = fetch(path, options).then(function (answer) {
        if (!answer.ok) throw new Error(path + ": " + answer.status);
        return answer.text();
      }).then(read);
      loaded[path].catch(function () {
        delete loaded[path]; /* so that the next try asks again */
      });
    }
    return loaded[path];
  }

  function start() {
    /* The index of the index is asked for anew on every visit; its version keeps the others apart. */
    return load(box.dataset.index + "index.json", JSON.parse, { cache: "no-cache" }).then(function (found) {
      about = found;
      starts = { w: readStarts(about.w), p: readStarts(about.p) };
    });
  }

  /* Each begins with so many letters of the one before. */
  function readStarts(text) {
    var before = "";
    return text === "" ? [] : text.split("|").map(function (part) {
      before = before.slice(0, parseInt(part[0], 36)) + part.slice(1);
      return before;
    });
  }

  function file(kind, name, read) {
    return load(box.dataset.index + kind + "/" + name + ".json?v=" + about.v, read);
  }

  /* A shard's file is named by its beginning, as in search_shards.py. */
  function nameOf(beginning) {
    return "from-" + beginning.replace(/[^a-z0-9 ]/gu, function (odd) {
      return "_" + odd.codePointAt(0).toString(16) + "_";
    }).replace(/ /g, "-");
  }

  function shardFile(kind, place) {
    return file(kind, nameOf(starts[kind][place]), readShard);
  }

  /* A shard by folded form: each has its spellings with their lists, which are read when they are asked for. */
  function readShard(text) {
    var shard = new Map();
    Object.entries(JSON.parse(text)).forEach(function (entry) {
      var parts = entry[0].split(" ");
      var key = parts.map(function (part) { return fold(cutTone(part).letters); }).join(" ");
      if (!shard.has(key)) shard.set(key, []);
      shard.get(key).push({ parts: parts, list: entry[1] });
    });
    return shard;
  }

  /* A page's record; a file holds those whose numbers begin with the same bits. */
  function record(number) {
    return file("t", Math.floor(number / Math.pow(2, NUMBER_BITS - about.b)), JSON.parse).then(function (records) {
      return records[number];
    });
  }

  function shardOf(kind, key) {
    var low = 0;
    var high = starts[kind].length - 1;
    while (low < high) {
      var middle = (low + high + 1) >> 1;
      if (starts[kind][middle] <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /* 3 ---------- Lists of pages: page number -> {weight, exact}. */
  function readList(text) {
    var pages = new Map();
    var parts = text.split(" ");
    var cut = parts[0][0] === "*";
    var count = cut ? Number(parts.shift().slice(1)) : 0;
    parts.forEach(function (part) {
      var weight = parseInt(part[0], 16);
      var page = 0;
      var step = 0;
      var bits = 0;
      for (var i = 1; i < part.length; i += 1) {
        var digit = DIGITS.indexOf(part[i]);
        step += (digit & 31) << bits;
        bits += 5;
        if (digit > 31) continue;
        page += step;
        pages.set(page, weight);
        step = bits = 0;
      }
    });
    return { count: count || pages.size, cut: cut, pages: pages };
  }

  /* How well a word of a page fits one that was asked for, both folded alike: 1 as typed, 0 with other marks. Who types
     no mark in the whole question means every spelling (`toneless`). A bare word among marked ones is often meant bare
     (“tin”), but may be a lapse: other spellings count less, yet are not put behind. */
  function fit(spelled, term) {
    if (term.toneless || spelled === term.spelled) return 1;
    return term.marked ? 0 : LAPSE;
  }

  /* How well a longer word fits what may be its beginning: never as well as the word itself. */
  function fitBeginning(spelled, term) {
    if (!term.marked) return 0.5;
    var asked = cutTone(term.spelled);
    var has = cutTone(spelled);
    return has.tone === asked.tone && has.letters.lastIndexOf(asked.letters, 0) === 0 ? 0.5 : 0;
  }

  /* `cut` is how well the best spelling fits whose list does not name every page that has it; below 0 there is none. */
  function empty() {
    return { count: 0, cut: -1, pages: new Map() };
  }

  function merge(spellings, terms, begins, into) {
    spellings.forEach(function (spelling) {
      var exact = Math.min.apply(null, terms.map(function (term, i) {
        return begins && i === terms.length - 1 ? fitBeginning(spelling.parts[i], term) : fit(spelling.parts[i], term);
      }));
      if (begins && !exact) return;
      var list = readList(spelling.list);
      into.count += list.count;
      if (list.cut) into.cut = Math.max(into.cut, exact);
      list.pages.forEach(function (weight, page) {
        var before = into.pages.get(page);
        if (before && (before.exact > exact || (before.exact === exact && before.weight >= weight))) return;
        into.pages.set(page, { weight: weight, exact: exact });
      });
    });
  }

  function lookUp(kind, terms) {
    var key = terms.map(function (term) { return term.folded; }).join(" ");
    var found = empty();
    if (!starts[kind].length) return Promise.resolve(found);
    return shardFile(kind, shardOf(kind, key)).then(function (shard) {
      if (shard.has(key)) merge(shard.get(key), terms, false, found);
      return found;
    });
  }

  /* Words that begin like the last one, which may still be half typed. They count half. */
  function lookUpBeginning(kind, terms) {
    var key = terms.map(function (term) { return term.folded; }).join(" ");
    var found = empty();
    if (!starts[kind].length) return Promise.resolve(found);
    var first = shardOf(kind, key);
    var last = Math.min(shardOf(kind, key + "\uffff"), first + MOST_SHARDS - 1);
    var shards = [];
    for (var i = first; i <= last; i += 1) shards.push(shardFile(kind, i));
    return Promise.all(shards).then(function (all) {
      all.forEach(function (shard) {
        shard.forEach(function (spellings, word) {
          if (word.length > key.length && word.lastIndexOf(key, 0) === 0) merge(spellings, terms, true, found);
        });
      });
      return found;
    });
  }

  /* 4 ---------- Ranking: all words there first, then words as they were typed, then by weight. */
  function question(terms) {
    var last = terms.length - 1;
    var singles = terms.map(function (term) { return lookUp("w", [term]); });
    var pairs = terms.slice(1).map(function (term, i) { return lookUp("p", [terms[i], term]); });
    var beginning = terms[last].whole || (last === 0 && terms[last].folded.length < 2)
      ? Promise.resolve(empty())
      : last ? lookUpBeginning("p", [terms[last - 1], terms[last]]) : lookUpBeginning("w", [terms[last]]);
    return Promise.all([Promise.all(singles), Promise.all(pairs), beginning]).then(function (found) {
      if (last && !terms[last].whole && !found[0][last].count && !found[2].count) {
        return lookUpBeginning("w", [terms[last]]).then(function (more) {
          return score(terms, found[0], found[1], more);
        });
      }
      return score(terms, found[0], found[1], found[2]);
    });
  }

  function rarity(list) {
    return Math.log(1 + about.n / (1 + list.count));
  }

  function score(terms, singles, pairs, beginning) {
    var last = singles.length - 1;
    var pages = new Map();

    function entry(page) {
      if (!pages.has(page)) pages.set(page, { page: page, missing: 0, strange: 0, score: 0 });
      return pages.get(page);
    }
    /* A page that has a pair of words has each of them, whether or not the list of so common a word names it. */
    function besides(i, page) {
      var pair = (i && pairs[i - 1].pages.get(page)) || (i < pairs.length && pairs[i].pages.get(page));
      return pair ? { weight: 0, exact: pair.exact } : null;
    }
    singles.concat(pairs, beginning).forEach(function (list) {
      list.pages.forEach(function (_, page) { entry(page); });
    });
    pages.forEach(function (one) {
      singles.forEach(function (list, i) {
        var hit = list.pages.get(one.page);
        var begun = i === last ? beginning.pages.get(one.page) : undefined;
        var held = hit || besides(i, one.page);
        if (held) {
          one.score += rarity(list) * (1 + held.weight) * (held.exact || 1);
          one.strange += held.exact < LAPSE ? 1 : 0;
        } else if (begun) {
          one.score += rarity(beginning) * (1 + begun.weight) * 0.5;
          one.strange += 1 - begun.exact;
        } else if (list.cut < 0) one.missing += 1;
        else one.strange += list.cut < LAPSE ? 1 : 0; /* so common a word that the page may well have it */
      });
      var together = 0;
      pairs.forEach(function (list, i) {
        var hit = list.pages.get(one.page);
        if (!hit) {
          if (terms[i + 1].tied && list.cut < 0) one.missing += 1;
          return;
        }
        together += hit.exact;
        one.score += rarity(list) * (1 + hit.weight) * (hit.exact ? 3 : 0.5);
      });
      if (pairs.length) one.score *= 1 + 2 * Math.pow(together / pairs.length, 2);
    });
    return { pages: pages, cut: singles.some(function (list) { return list.cut >= 0; }) };
  }

  /* An abbreviation asks for its words too, which must then stand together, and the words for their abbreviation.
     Neither is half typed. */
  function waysToAsk(terms) {
    var ways = [terms];
    about.a.forEach(function (pair) {
      var short = wordsOf(pair[0]);
      var long = wordsOf(pair[1]);
      short.concat(long).forEach(function (term) { term.whole = true; });
      long.forEach(function (term, i) { term.tied = i > 0; });
      [[short, long], [long, short]].forEach(function (swap) {
        var at = placeOf(swap[0], terms);
        if (at >= 0 && ways.length < 3) ways.push(terms.slice(0, at).concat(swap[1], terms.slice(at + swap[0].length)));
      });
    });
    return ways;
  }

  function placeOf(part, terms) {
    for (var at = 0; at + part.length <= terms.length; at += 1) {
      var same = part.every(function (term, i) {
        var asked = terms[at + i];
        return asked.folded === term.folded && (!asked.marked || asked.spelled === term.spelled);
      });
      if (same) return at;
    }
    return -1;
  }

  function better(a, b) {
    return a.missing - b.missing || a.strange - b.strange || b.score - a.score || a.page - b.page;
  }

  function ask(text) {
    var terms = wordsOf(text).slice(0, 12);
    var toneless = !terms.some(function (term) { return term.marked; });
    terms.forEach(function (term) { term.toneless = toneless; });
    if (!terms.length) return Promise.resolve({ ways: [], hits: [], near: false, cut: false });
    return start().then(function () {
      var ways = waysToAsk(terms);
      return Promise.all(ways.map(question)).then(function (answers) {
        var best = new Map();
        answers.forEach(function (answer) {
          answer.pages.forEach(function (one, page) {
            if (!best.has(page) || better(one, best.get(page)) < 0) best.set(page, one);
          });
        });
        var hits = Array.from(best.values()).sort(better);
        var fewest = hits.length ? hits[0].missing : 0;
        hits = hits.filter(function (one) { return one.missing === fewest; });
        return { ways: ways, hits: hits, near: fewest > 0, cut: answers.some(function (answer) { return answer.cut; }) };
      });
    });
  }

  /* 5 ---------- Excerpts: the page's own words, with the ones asked for marked. */
  function hitsIn(text, ways) {
    var asked = [].concat.apply([], ways.map(function (way) {
      return way.map(function (term, i) { return { term: term, begins: i === way.length - 1 && term.folded.length > 1 && !term.whole }; });
    }));
    return wordsOf(text).map(function (word) {
      word.hit = -1;
      word.value = 0;
      asked.forEach(function (one, i) {
        var whole = word.folded === one.term.folded;
        if (!whole && !(one.begins && word.folded.lastIndexOf(one.term.folded, 0) === 0)) return;
        var value = whole ? 1 + 3 * fit(word.spelled, one.term) : 4 * fitBeginning(word.spelled, one.term);
        if (value > word.value) {
          word.value = value;
          word.hit = i;
        }
      });
      return word;
    });
  }

  /* Of the words that answer one asked for, only those are marked that fit it best. */
  function markBest(found) {
    var best = {};
    found.forEach(function (word) {
      if (word.hit >= 0) best[word.hit] = Math.max(best[word.hit] || 0, word.value);
    });
    found.forEach(function (word) {
      if (word.hit >= 0 && word.value < best[word.hit]) word.hit = -1;
    });
  }

  function worthOf(found) {
    var kinds = {};
    var worth = 0;
    found.forEach(function (word, i) {
      if (word.hit < 0) return;
      worth += kinds[word.hit] ? 0.1 : word.value;
      kinds[word.hit] = true;
      if (i && found[i - 1].hit >= 0 && found[i - 1].hit === word.hit - 1) worth += 3;
    });
    return worth;
  }

  function marked(text, found, from, to) {
    var part = document.createDocumentFragment();
    var at = from;
    for (var i = 0; i < found.length; i += 1) {
      if (found[i].hit < 0 || found[i].at < from || found[i].end > to) continue;
      var begin = found[i].at;
      while (found[i + 1] && found[i + 1].hit >= 0 && found[i + 1].end <= to && /^ +$/.test(text.slice(found[i].end, found[i + 1].at))) i += 1;
      part.append(text.slice(at, begin));
      var mark = document.createElement("mark");
      mark.textContent = text.slice(begin, found[i].end);
      part.append(mark);
      at = found[i].end;
    }
    part.append(text.slice(at, to));
    return part;
  }

  /* Whether title and description have all that was asked for; then the page itself need not be loaded. */
  function tellsAll(page, ways) {
    var found = hitsIn(page.t + " " + page.d, ways);
    return ways[0].every(function (_, i) {
      return found.some(function (word) { return word.hit === i && word.value >= 2; });
    });
  }

  /* A page's record with its running text in paragraphs; one that does not come is shown by its description. */
  function withText(page) {
    if (tellsAll(page, answer.ways)) return Object.assign({ x: [] }, page);
    return load(box.dataset.root + page.a.slice(1), paragraphs).catch(function () {
      return [];
    }).then(function (text) {
      return Object.assign({ x: text }, page);
    });
  }

  /* The same text as generators/render/search_text.py takes from a page. */
  function paragraphs(html) {
    var body = new DOMParser().parseFromString(html, "text/html").querySelector(".page-body");
    var text = "";
    function read(node) {
      if (node.nodeType === Node.TEXT_NODE) text += node.data.replace(/\s+/g, " ");
      if (node.nodeType !== Node.ELEMENT_NODE || node.matches(LEFT_OUT)) return;
      var edge = node.matches(INSIDE_WORDS) ? "" : node.matches("span") ? " " : "\n";
      text += edge;
      node.childNodes.forEach(read);
      text += edge;
    }
    read(body);
    text = text.replace(/ +/g, " ").replace(/ (?=[,.;:!?)”])/g, "").replace(/([(“]) /g, "$1");
    return Array.from(new Set(text.split("\n").map(function (line) { return line.trim(); }).filter(Boolean)));
  }

  function excerpt(page, ways, title) {
    var best = { worth: -1 };
    [page.d].concat(page.x).forEach(function (text) {
      var found = hitsIn(text, ways);
      if (best.worth >= 0 && !found.some(function (word) { return word.hit >= 0; })) return;
      for (var i = 0; i < Math.max(1, found.length); i += i + EXCERPT_WORDS < found.length ? 8 : found.length + 1) {
        var part = found.slice(i, i + EXCERPT_WORDS);
        var worth = worthOf(part);
        if (worth > best.worth) best = { worth: worth, text: text, part: part, whole: found };
      }
    });
    markBest(title.concat(best.part));
    var shown = document.createDocumentFragment();
    var first = best.part[0] === best.whole[0];
    var last = best.part.length === 0 || best.part[best.part.length - 1] === best.whole[best.whole.length - 1];
    if (!first) shown.append("… ");
    shown.append(marked(best.text, best.part, first ? 0 : best.part[0].at, last ? best.text.length : best.part[best.part.length - 1].end));
    if (!last) shown.append(" …");
    return shown;
  }

  /* 6 ---------- The page. */
  var form = box.querySelector("[data-search-form]");
  var field = form.elements.q;
  var status = document.querySelector("[data-search-status]");
  var results = document.querySelector("[data-search-results]");
  var list = document.querySelector("[data-search-list]");
  var more = document.querySelector("[data-search-more]");
  var tips = document.querySelector("[data-search-tips]");
  var asked = ""; /* the question whose answer is shown or under way */
  var answer = null;
  var timer = 0;

  function element(name, className, content) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (content) made.append(content);
    return made;
  }

  /* An English page may quote Vietnamese at length; a voice must know. Two words of three bear a mark in Vietnamese. */
  function tellLanguage(part) {
    var words = wordsOf(part.textContent);
    var marked = words.filter(function (word) { return word.marked; }).length;
    if (box.dataset.lang !== "vi" && marked * 3 > words.length) part.lang = "vi";
    return part;
  }

  function item(page) {
    var made = element("li", "search-hit");
    var link = element("a");
    var title = hitsIn(page.t, answer.ways);
    var text = excerpt(page, answer.ways, title); /* which settles what is marked in the title */
    link.href = box.dataset.root + page.a.slice(1);
    link.append(marked(page.t, title, 0, page.t.length));
    made.append(element("h3", "search-title", tellLanguage(link)));
    var kind = element("p", "search-kind", page.k);
    if (page.s) kind.append(" ", element("span", "search-sample", box.dataset.sample));
    if (kind.childNodes.length) made.append(kind);
    made.append(tellLanguage(element("p", "search-excerpt", text)));
    return made;
  }

  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  function count() {
    var number = answer.hits.length;
    var kind = answer.near ? "near" : number === 0 ? "none" : answer.cut ? "about" : number === 1 ? "one" : "many";
    return box.dataset[kind]
      .replace("{count}", number.toLocaleString(box.dataset.lang))
      .replace("{query}", function () { return asked; });
  }

  function showMore() {
    var shown = list.children.length;
    var current = answer;
    var next = answer.hits.slice(shown, shown + PER_PAGE);
    return Promise.all(next.map(function (one) { return record(one.page).then(withText); })).then(function (pages) {
      if (answer !== current) return;
      pages.forEach(function (page) { list.append(item(page)); });
      more.hidden = list.children.length >= answer.hits.length;
      results.hidden = !list.children.length;
      if (shown && list.children[shown]) list.children[shown].querySelector("a").focus();
    });
  }

  function broken() {
    asked = "";
    results.hidden = true;
    say(box.dataset.broken);
  }

  function search() {
    clearTimeout(timer);
    var text = field.value.normalize("NFC").replace(/\s+/g, " ").trim();
    if (text === asked) return;
    asked = text;
    keepInAddress(text);
    tips.hidden = text !== "";
    if (!text) {
      results.hidden = true;
      say("");
      return;
    }
    if (results.hidden) say(box.dataset.waiting);
    ask(text).then(function (found) {
      if (asked !== text) return;
      answer = found;
      list.replaceChildren();
      return showMore().then(function () {
        if (asked === text) say(count());
      });
    }).catch(function () {
      if (asked === text) broken();
    });
  }

  function keepInAddress(text) {
    var address = new URL(location.href);
    if (text) address.searchParams.set("q", text);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    search();
  });
  field.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(search, 400);
  });
  more.addEventListener("click", function () {
    showMore().catch(broken);
  });

  box.querySelector("[data-search-without]").hidden = true;
  form.hidden = false;
  var given = new URLSearchParams(location.search).get("q");
  field.value = given || "";
  if (given === "") field.focus(); /* who pressed the header's button without a word wants to type now */
  tips.hidden = field.value.trim() !== "";
  search();
})();
