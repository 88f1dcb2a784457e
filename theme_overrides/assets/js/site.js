/* Enhancements of the shell. Every page works whole without this file.
   Owns: the reading tools (scheme, text size), the closing of pop-overs, which wide tables are stops, and the opening of
   what a link or paper needs. */
(function () {
  "use strict";
  var root = document.documentElement;

  function keep(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch (_) {
      /* Nothing is kept in a private window; the choice still holds for this page. */
    }
  }

  /* Pop-overs are plain <details>: Escape closes the open one and gives the focus back; so does a press elsewhere. */
  var popovers = Array.prototype.slice.call(document.querySelectorAll("[data-popover]"));
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    popovers.forEach(function (popover) {
      if (!popover.open) return;
      var inside = popover.contains(document.activeElement);
      popover.open = false;
      if (inside) popover.querySelector("summary").focus();
    });
  });
  document.addEventListener("pointerdown", function (event) {
    popovers.forEach(function (popover) {
      if (popover.open && !popover.contains(event.target)) popover.open = false;
    });
  });
  popovers.forEach(function (popover) {
    popover.addEventListener("toggle", function () {
      if (!popover.open) return;
      popovers.forEach(function (other) {
        if (other !== popover) other.open = false;
      });
    });
  });

  /* What scrolls sideways is a stop for the keyboard only while it is wider than its box. */
  if (window.ResizeObserver) {
    var boxes = new ResizeObserver(function (seen) {
      seen.forEach(function (change) {
        var box = change.target;
        if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
        else if (box !== document.activeElement) box.removeAttribute("tabindex");
      });
    });
    document.querySelectorAll('main [tabindex="0"]').forEach(function (box) {
      if (box.closest("details:not([open])")) box.removeAttribute("tabindex"); /* measured when it is unfolded */
      boxes.observe(box);
    });
  }

  /* A link to a task or a target opens it; paper gets everything, also from browsers that know no ::details-content. */
  function openAimedAt() {
    var aim = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var at = aim && (aim.querySelector(":scope > details") || aim); at; at = at.parentElement) {
      if (at.tagName === "DETAILS" && at.closest("main")) at.open = true;
    }
  }
  openAimedAt();
  window.addEventListener("hashchange", openAimedAt);

  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.slice.call(document.querySelectorAll("main details:not([open])"));
    opened.forEach(function (fold) { fold.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (fold) { fold.open = false; });
  });

  var tools = document.querySelector("[data-tools]");
  if (!tools) return;
  var status = tools.querySelector("[data-tools-status]");
  var schemes = Array.prototype.slice.call(tools.querySelectorAll("[data-scheme-choice]"));
  var steps = Array.prototype.slice.call(tools.querySelectorAll("[data-text-step]"));
  var percent = { "-1": 89, 0: 100, 1: 125, 2: 150, 3: 200 };

  function showScheme() {
    var now = root.dataset.scheme || "auto";
    schemes.forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.schemeChoice === now));
    });
  }
  schemes.forEach(function (button) {
    button.addEventListener("click", function () {
      var choice = button.dataset.schemeChoice;
      if (choice === "auto") delete root.dataset.scheme;
      else root.dataset.scheme = choice;
      root.dispatchEvent(new Event("scheme"));
      keep("bdhvs-scheme", choice === "auto" ? null : choice);
      showScheme();
    });
  });

  function textStep() {
    return Number(root.dataset.text || 0);
  }
  steps.forEach(function (button) {
    button.addEventListener("click", function () {
      var move = Number(button.dataset.textStep);
      var next = move === 0 ? 0 : Math.max(-1, Math.min(3, textStep() + move));
      if (next === 0) delete root.dataset.text;
      else root.dataset.text = String(next);
      keep("bdhvs-text", next === 0 ? null : String(next));
      status.textContent = status.dataset.textSaid.replace("{percent}", String(percent[next]));
    });
  });

  showScheme();
  tools.hidden = false;
})();
