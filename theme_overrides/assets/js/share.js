/* “Copy the link” on a news item. Without this file the button stays hidden and the links beside it work as they are. */
(function () {
  "use strict";
  var status = document.querySelector("[data-copy-status]");
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    if (!navigator.clipboard || !status) return; // only on https: elsewhere the browser gives no clipboard
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.dataset.copy).then(
        function () { say(button.dataset.done); },
        function () { say(button.dataset.failed); }
      );
    });
  });

  function say(words) {
    status.className = "share-status"; // from now on for the eye too
    status.textContent = words;
  }
})();
