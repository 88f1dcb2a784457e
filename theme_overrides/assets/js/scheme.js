/* Sets the reader's kept choices on <html> before the first paint, so that nothing flashes or jumps, and keeps the
   browser's own bar in the colour of the chosen scheme. Must stay tiny: it is the only script that the page waits for. */
(function (root) {
  "use strict";
  var bars = { light: "#14213D", dark: "#1B2A4D", contrast: "#000000" };
  var metas = Array.prototype.map.call(document.querySelectorAll("meta[name=theme-color]"), function (meta) {
    return { meta: meta, own: meta.content };
  });

  function colourBar() {
    metas.forEach(function (one) {
      one.meta.content = bars[root.dataset.scheme] || one.own; /* without a choice, the device's own */
    });
  }

  root.classList.add("js");
  root.addEventListener("scheme", colourBar);
  try {
    var scheme = localStorage.getItem("bdhvs-scheme");
    var text = localStorage.getItem("bdhvs-text");
    if (/^(light|dark|contrast)$/.test(scheme)) root.dataset.scheme = scheme;
    if (/^(-1|1|2|3)$/.test(text)) root.dataset.text = text;
  } catch (_) {
    /* Storage is refused (private window): the page keeps the device's own choices. */
  }
  colourBar();
})(document.documentElement);
