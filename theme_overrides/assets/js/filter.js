/* The comparison filter. The style sheet alone does the hiding (:has), so the choice works without this file.
   Added here: the spoken count, “show all”, the way to the results, the choice kept in the address, and lists longer than the style sheet knows. */
(function () {
  "use strict";
  var kinds = ["group", "year", "plan"];

  document.querySelectorAll("[data-filterable]").forEach(function (box) {
    var form = box.querySelector("[data-filter]");
    if (!form) return;
    var count = form.querySelector("[data-filter-count]");
    var marked = Array.prototype.slice.call(box.querySelectorAll("[data-group], [data-year], [data-plan]"));
    var rows = marked.filter(function (element) {
      return element.tagName === "TR" || element.hasAttribute("data-row");
    });

    function picks() {
      var chosen = {};
      form.querySelectorAll("[data-pick]:checked").forEach(function (option) {
        var cut = option.dataset.pick.lastIndexOf("-");
        chosen[option.dataset.pick.slice(0, cut)] = { number: option.dataset.pick.slice(cut + 1), id: option.value };
      });
      return chosen;
    }

    function fits(element, chosen) {
      return kinds.every(function (kind) {
        var has = element.dataset[kind];
        return !chosen[kind] || has === undefined || has.split(" ").indexOf(chosen[kind].number) !== -1;
      });
    }

    function show(keepInAddress) {
      var chosen = picks();
      marked.forEach(function (element) {
        element.hidden = !fits(element, chosen);
      });
      var shown = rows.filter(function (row) {
        return !row.closest("[hidden]");
      }).length;
      count.textContent = (shown ? count.dataset.some : count.dataset.none)
        .replace("{shown}", String(shown))
        .replace("{total}", String(rows.length));
      if (!keepInAddress) return;
      var query = new URLSearchParams(location.search);
      kinds.forEach(function (kind) {
        if (chosen[kind]) query.set(kind, chosen[kind].id);
        else query.delete(kind);
      });
      var text = query.toString();
      history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
    }

    new URLSearchParams(location.search).forEach(function (id, kind) {
      form.querySelectorAll("[data-pick]").forEach(function (option) {
        if (option.value !== id || option.dataset.pick.indexOf(kind + "-") !== 0) return;
        if (option.tagName === "OPTION") option.selected = true;
        else option.checked = true;
      });
    });
    form.addEventListener("change", function () {
      show(true);
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var first = rows.filter(function (row) {
        return !row.closest("[hidden]");
      })[0];
      if (!first) return;
      var goal = first.closest("[role=region]") || first;
      if (!goal.hasAttribute("tabindex")) goal.tabIndex = -1;
      goal.focus();
    });
    form.addEventListener("reset", function () {
      /* The browser empties the form only after this event. */
      setTimeout(function () {
        show(true);
      }, 0);
    });
    form.querySelector("[data-filter-foot]").hidden = false;
    show(false);
  });
})();
