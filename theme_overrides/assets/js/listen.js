/* Reads the page aloud with the device's own voice. Loaded only when “Listen” is pressed, and starts at once.
   Owns: what is read and in which order, how writing becomes speech (by assets/spoken/<lang>.json), the player.
   Sentence by sentence: some browsers fall silent after a quarter of a minute of one utterance, and so the sentence being
   read can be marked. Pausing is stopping and remembering the place, because many phones cannot pause a voice. */
(function () {
  "use strict";
  var LONGEST = 180; /* letters in one utterance, about 12 seconds */
  var SKIPPED = "nav,button:not(.term),script,style,svg,form,input,select,[hidden],[aria-hidden=true],.term-note,.page-source";
  var speech = window.speechSynthesis;
  var box = document.querySelector("[data-listen]");
  var start = box.querySelector("[data-listen-start]");
  var player = box.querySelector("[data-listen-player]");
  var pause = box.querySelector("[data-listen-pause]");
  var stop = box.querySelector("[data-listen-stop]");
  var rates = Array.prototype.slice.call(box.querySelectorAll("[data-listen-rate]"));
  var status = box.querySelector("[data-listen-status]");
  var language = document.documentElement.lang;
  var rules = {};
  var pieces = [];
  var place = 0;
  var turn = 0; /* what an utterance of an earlier turn still reports is not heard */
  var reading = false;
  var rate = keptRate();

  /* ---- how writing becomes speech ---- */

  function fill(phrase, values) {
    return phrase.replace(/\{([a-z-]+)\}/g, function (_, name) {
      return values[name];
    });
  }

  function isDay(day, month) {
    return day >= 1 && day <= 31 && month >= 1 && month <= 12;
  }

  function sayDate(phrase, day, month, year, rule) {
    return fill(phrase, { day: Number(day), month: Number(month), year: year, "month-name": rule.months[month - 1] });
  }

  function sayDates(text, rule) {
    return text
      .replace(/(^|[^\d/])(?:ngày\s+)?(\d{1,2})\/(\d{1,2})\/(\d{4})(?![\d/])/gi, function (all, before, day, month, year) {
        return isDay(day, month) ? before + sayDate(rule.phrases.date, day, month, year, rule) : all;
      })
      .replace(/(^|[^\d/])(?:tháng\s+)?(\d{1,2})\/(20\d\d)(?![\d/])/gi, function (all, before, month, year) {
        return isDay(1, month) ? before + sayDate(rule.phrases.month_year, 1, month, year, rule) : all;
      })
      .replace(/(ngày|trước|từ|đến|hội)\s+(\d{1,2})\/(\d{1,2})(?![\d/])/gi, function (all, word, day, month) {
        if (!isDay(day, month)) return all;
        return (/^ngày$/i.test(word) ? "" : word + " ") + sayDate(rule.phrases.day_month, day, month, "", rule);
      });
  }

  /* "252/KH-UBND" and "57-NQ/TW": a document's number is said part by part. */
  function sayCodes(text) {
    return text.replace(/\d+(?:[/-][\p{L}\d]+)+/gu, function (code) {
      return /\p{Lu}/u.test(code) ? code.replace(/[/-]/g, " ") : code;
    });
  }

  function sayNumbers(text, rule, lang) {
    var thousands = lang === "vi" ? /\d{1,3}(?:\.\d{3})+(?![\d.]*\d)/g : /\d{1,3}(?:,\d{3})+(?!\d)/g;
    var decimal = lang === "vi" ? /(\d+),(\d+)/g : /(\d+)\.(\d+)(?!\.?\d)/g;
    return text
      .replace(/(\d{1,4})\s?[–-]\s?(\d{1,4})(?!\d)/g, function (_, first, last) {
        return fill(rule.phrases.range, { first: first, last: last });
      })
      .replace(thousands, function (number) {
        return number.replace(/[.,]/g, "");
      })
      .replace(decimal, function (_, whole, part) {
        return fill(rule.phrases.decimal, { whole: whole, part: part });
      })
      .replace(/((?:\d+ \S+ )?\d+)\s?%/g, function (_, number) {
        var plain = number.split(" ");
        var isDecimal = plain.length === 3 && fill(rule.phrases.decimal, { whole: plain[0], part: plain[2] }) === number;
        if (plain.length === 1 || isDecimal) return fill(rule.phrases.percent, { number: number });
        return plain.slice(0, 2).join(" ") + " " + fill(rule.phrases.percent, { number: plain[2] });
      })
      .replace(/≥\s*(\d+)/g, function (_, number) {
        return fill(rule.phrases.at_least, { number: number });
      });
  }

  function sayAddresses(text, rule) {
    return text.replace(/(?:https?:\/\/)?((?:[a-z0-9-]+\.)+(?:vn|com|net|org))(?![\p{L}\d-])/giu, function (_, host) {
      return host.split(".").join(" " + rule.phrases.dot + " ");
    });
  }

  function sayForms(text, rule) {
    var forms = Object.keys(rule.forms); /* the longest come first */
    if (!forms.length) return text;
    var any = forms.map(function (form) {
      return form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    }).join("|");
    return text.replace(new RegExp("(^|[^\\p{L}\\d])(" + any + ")(?![\\p{L}\\d])", "gu"), function (_, before, form) {
      return before + rule.forms[form];
    });
  }

  /* "Kế hoạch số 252/KH-UBND" names the kind of the document twice; once is enough to the ear. */
  function sayOnce(text) {
    return text.replace(/(\p{L}+ \p{L}+)((?: số)? \d+(?: \d+)*) \1(?![\p{L}\d])/giu, "$1$2");
  }

  function spoken(text, lang) {
    var rule = rules[lang] || rules[language];
    var plain = text.replace(/\s+/g, " ").trim();
    return sayOnce(sayForms(sayNumbers(sayCodes(sayDates(sayAddresses(plain, rule), rule)), rule, lang), rule));
  }

  /* ---- what is read ---- */

  function isShown(element) {
    return !element.checkVisibility || element.checkVisibility({ visibilityProperty: true });
  }

  function blockOf(element) {
    while (/^(inline|contents)/.test(getComputedStyle(element).display) && element.parentElement) {
      element = element.parentElement;
    }
    return element;
  }

  function languageOf(element) {
    return element.closest("[lang]").lang.slice(0, 2);
  }

  /* The blocks of running text in the order of the page: each its text nodes and where they begin in the block's text. */
  function blocksOf(root) {
    var blocks = [];
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, function (node) {
      if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
      return node.matches(SKIPPED) || !isShown(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    });
    for (var node = walker.nextNode(); node; node = walker.nextNode()) {
      var last = blocks[blocks.length - 1];
      if (node.nodeType !== Node.TEXT_NODE) {
        if (node.tagName === "BR" && last) last.text += " ";
        continue;
      }
      var block = blockOf(node.parentElement);
      var lang = languageOf(node.parentElement);
      if (!last || last.block !== block || last.lang !== lang) {
        last = { block: block, lang: lang, text: "", nodes: [] };
        blocks.push(last);
      }
      last.nodes.push({ node: node, from: last.text.length });
      last.text += node.data.replace(/\s/g, " "); /* a line end in the file ends no sentence */
    }
    return blocks.filter(function (one) {
      return /[\p{L}\d]/u.test(one.text);
    });
  }

  /* Where the sentences of a text begin and end; one that is too long is cut at a comma, or else between words. */
  function sentencesOf(text, lang) {
    var cuts = [];
    var parts = window.Intl && Intl.Segmenter
      ? Array.from(new Intl.Segmenter(lang, { granularity: "sentence" }).segment(text), function (one) { return one.segment; })
      : text.match(/[^.!?…]+(?:[.!?…]+(?=\s|$)|[.!?…]|$)\s*/g) || [text];
    var from = 0;
    parts.forEach(function (part) {
      var end = from + part.length;
      while (end - from > LONGEST) {
        var head = text.slice(from, from + LONGEST);
        var cut = Math.max(head.lastIndexOf(", "), head.lastIndexOf("; "), head.lastIndexOf(": ")) + 1;
        if (cut < LONGEST / 3) cut = head.lastIndexOf(" ") + 1 || LONGEST;
        cuts.push([from, from + cut]);
        from += cut;
      }
      cuts.push([from, end]);
      from = end;
    });
    return cuts.filter(function (cut) {
      return /[\p{L}\d]/u.test(text.slice(cut[0], cut[1]));
    });
  }

  function rangeOf(block, from, to) {
    var range = document.createRange();
    block.nodes.forEach(function (one) {
      var end = one.from + one.node.length;
      if (one.from <= from && from < end) range.setStart(one.node, from - one.from);
      if (one.from < to && to <= end) range.setEnd(one.node, to - one.from);
    });
    return range;
  }

  /* A cell of a table is said with the head of its column, so that a row makes sense to the ear. */
  function columnOf(block) {
    var cell = block.block.closest("td");
    var table = cell && cell.closest("table");
    var heads = table && table.tHead && table.tHead.rows[table.tHead.rows.length - 1];
    var head = heads && heads.cells[cell.cellIndex];
    return head ? head.textContent : "";
  }

  function piecesOf(root) {
    var all = [];
    var cell = null;
    blocksOf(root).forEach(function (block) {
      if (block.block.closest("thead")) return;
      var here = block.block.closest("td");
      sentencesOf(block.text, block.lang).forEach(function (cut) {
        var raw = block.text.slice(cut[0], cut[1]);
        var lead = raw.length - raw.trimStart().length;
        var words = spoken(raw, block.lang);
        var column = here && here !== cell ? columnOf(block) : "";
        if (column) words = fill(rules[language].phrases.cell, { column: spoken(column, language), value: words });
        cell = here;
        all.push({ words: words, lang: block.lang, range: rangeOf(block, cut[0] + lead, cut[0] + raw.trimEnd().length) });
      });
    });
    return all;
  }

  /* ---- the player ---- */

  function keptRate() {
    try {
      return Number(localStorage.getItem("bdhvs-rate")) || 1;
    } catch (_) {
      return 1;
    }
  }

  function voiceFor(lang) {
    var fit = speech.getVoices().filter(function (voice) {
      return voice.lang.slice(0, 2).toLowerCase() === lang;
    });
    return fit.filter(function (voice) { return voice.localService; })[0] || fit[0] || null;
  }

  function mark(range) {
    if (!window.CSS || !CSS.highlights) return;
    if (range) CSS.highlights.set("listen", new Highlight(range));
    else CSS.highlights.delete("listen");
  }

  function bringIntoView(range) {
    var spot = range.getBoundingClientRect();
    if (spot.height && (spot.top < 60 || spot.bottom > innerHeight - 110)) scrollBy({ top: spot.top - innerHeight / 3 });
  }

  function speak() {
    var piece = pieces[place];
    if (!piece) {
      finish();
      status.textContent = status.dataset.done;
      return;
    }
    turn += 1;
    var mine = turn;
    var voice = voiceFor(piece.lang) || voiceFor(language);
    var utterance = new SpeechSynthesisUtterance(piece.words);
    utterance.voice = voice;
    utterance.lang = voice ? voice.lang : language;
    utterance.rate = rate;
    utterance.onend = function () {
      if (mine !== turn || !reading) return;
      place += 1;
      speak();
    };
    utterance.onerror = function () {
      if (mine !== turn || !reading) return;
      finish();
      status.textContent = status.dataset.failed;
    };
    mark(piece.range);
    bringIntoView(piece.range);
    speech.speak(utterance);
  }

  function hush() {
    turn += 1;
    speech.cancel();
  }

  function setReading(on) {
    reading = on;
    pause.textContent = on ? pause.dataset.pause : pause.dataset.goOn;
    status.textContent = on ? status.dataset.reading : status.dataset.paused;
    hush();
    /* Some browsers lose what is said in the same moment as a cancel. */
    if (on) setTimeout(function () { if (reading) speak(); }, 50);
  }

  function finish() {
    reading = false;
    hush();
    mark(null);
    var inside = player.contains(document.activeElement);
    player.hidden = true;
    start.hidden = false;
    if (inside) start.focus();
  }

  function begin() {
    player.hidden = false;
    start.hidden = true;
    pause.focus();
    place = 0;
    pieces = piecesOf(document.querySelector("#noi-dung .page-body"));
    setReading(true);
  }

  function showRate() {
    rates.forEach(function (button) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.listenRate) === rate));
    });
  }

  rates.forEach(function (button) {
    button.addEventListener("click", function () {
      rate = Number(button.dataset.listenRate);
      try {
        localStorage.setItem("bdhvs-rate", String(rate));
      } catch (_) {
        /* Nothing is kept in a private window. */
      }
      showRate();
      if (reading) setReading(true);
    });
  });
  pause.addEventListener("click", function () {
    setReading(!reading);
  });
  stop.addEventListener("click", function () {
    finish();
    status.textContent = "";
  });
  window.addEventListener("pagehide", hush);
  showRate();

  function rulesFor(lang) {
    return fetch(box.dataset.rules.replace(/[a-z]+\.json$/, lang + ".json")).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).then(function (loaded) {
      rules[lang] = loaded;
    });
  }

  Promise.all([rulesFor("vi"), rulesFor("en")]).then(function () {
    start.addEventListener("click", begin);
    begin();
  }).catch(function () {
    status.textContent = status.dataset.failed;
    start.addEventListener("click", function () {
      location.reload();
    });
  });
})();
