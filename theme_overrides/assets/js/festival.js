/* The count of days to the festival, by the clock of Vietnam. The page is whole and true without this file: its words
   name the day that they were counted on. Here they become the count of the reader's own day, and the part of the page
   that fits that day (before, during, after) is opened and marked. */
(function () {
  "use strict";
  var DAY = 864e5;
  /* Vietnam has kept +07:00 without summer time since 1975, so the device needs no time zone data. */
  var VIETNAM = 7 * 36e5;

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) {
      return values[name];
    });
  }

  /* All moments below are midnights in UTC that stand for days in Vietnam. */
  function today() {
    return Math.floor((Date.now() + VIETNAM) / DAY) * DAY;
  }

  function festivalIn(year, box) {
    var at = new Date(Date.UTC(year, Number(box.dataset.month) - 1, Number(box.dataset.day)));
    return at.getUTCDate() === Number(box.dataset.day) ? at.getTime() : null;
  }

  /* A day of 29/02 is missing in most years; two of them are never more than eight years apart. */
  function around(now, box) {
    var year = new Date(now).getUTCFullYear();
    var found = { previous: null, next: null };
    for (var step = -8; step <= 8; step += 1) {
      var day = festivalIn(year + step, box);
      if (day === null) continue;
      if (day < now) found.previous = day;
      else if (found.next === null) found.next = day;
    }
    return found;
  }

  function dateText(day, box) {
    return fill(box.dataset.date, { year: new Date(day).getUTCFullYear() });
  }

  function leftText(days, box) {
    if (days === 0) return box.dataset.today;
    return days === 1 ? box.dataset.leftOne : fill(box.dataset.left, { days: days });
  }

  function sinceText(day, days, box) {
    return fill(days === 1 ? box.dataset.sinceOne : box.dataset.since, { date: dateText(day, box), days: days });
  }

  function show(box) {
    var now = today();
    var found = around(now, box);
    var left = (found.next - now) / DAY;
    var since = (now - found.previous) / DAY;
    var phase = left === 0 ? "during" : since <= Number(box.dataset.after) ? "after" : "before";
    var time = box.querySelector("[data-festival-date]");
    time.textContent = dateText(found.next, box);
    time.dateTime = new Date(found.next).toISOString().slice(0, 10);
    box.querySelector("[data-festival-count]").textContent =
      leftText(left, box) + (phase === "after" ? " " + sinceText(found.previous, since, box) : "");
    document.querySelectorAll("[data-festival-phase]").forEach(function (part) {
      var current = part.dataset.festivalPhase === phase;
      part.open = current;
      part.querySelector("[data-festival-now]").hidden = !current;
    });
  }

  function showAll() {
    document.querySelectorAll("[data-festival]").forEach(show);
  }

  showAll();
  /* A page left open over midnight counts anew when the reader comes back to it. */
  var shown = today();
  document.addEventListener("visibilitychange", function () {
    if (document.hidden || shown === today()) return;
    shown = today();
    showAll();
  });
})();
