/* “Copy the link” on a news item and “Copy the code” under a banner. Without this file the button stays hidden; the
   links beside it, and the box from which the code can be copied by hand, work as they are. */
(function () {
  "use strict";
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    var status = (button.closest("[data-copy-area]") || document).querySelector("[data-copy-status]");
    if (!navigator.clipboard || !status) return; // only on https: elsewhere the browser gives no clipboard
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.dataset.copy).then(
        function () { say(status, button.dataset.done); },
        function () { say(status, button.dataset.failed); }
      );
    });
  });

  function say(status, words) {
    status.className = "share-status"; // from now on for the eye too
    status.textContent = words;
  }
})();
