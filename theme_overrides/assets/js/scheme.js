/* Sets the reader's kept choices on <html> before the first paint, so that nothing flashes or jumps.
   Must stay tiny: it is the only script that the page waits for. */
(function (root) {
  "use strict";
  root.classList.add("js");
  try {
    var scheme = localStorage.getItem("bdhvs-scheme");
    var text = localStorage.getItem("bdhvs-text");
    if (/^(light|dark|contrast)$/.test(scheme)) root.dataset.scheme = scheme;
    if (/^(-1|1|2|3)$/.test(text)) root.dataset.text = text;
  } catch (_) {
    /* Storage is refused (private window): the page keeps the device's own choices. */
  }
})(document.documentElement);
