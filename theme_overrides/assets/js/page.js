/* What a page can do more where the device allows it. Kept tiny, as every page loads it.
   Owns: the button “Listen” (shown only where a voice speaks the page's language; its program comes when it is pressed)
   and the registration of the service worker that keeps visited pages. */
(function () {
  "use strict";
  var here = document.currentScript.src;
  var box = document.querySelector("[data-listen]");
  var lang = document.documentElement.lang;
  var speech = window.speechSynthesis;

  function offer() {
    var spoken = speech.getVoices().some(function (voice) {
      return voice.lang.slice(0, 2).toLowerCase() === lang;
    });
    if (spoken) box.hidden = false;
  }

  if (box && speech && window.SpeechSynthesisUtterance) {
    offer();
    if (speech.addEventListener) speech.addEventListener("voiceschanged", offer); /* many devices name voices late */
    box.querySelector("[data-listen-start]").addEventListener("click", function load() {
      this.removeEventListener("click", load);
      var script = document.createElement("script");
      script.src = new URL("listen.js", here).href;
      document.head.append(script);
    });
  }

  var workers = navigator.serviceWorker;
  if (workers) {
    window.addEventListener("load", function () {
      workers.register(new URL("../../sw.js", here).href).then(function () {
        if (workers.controller) return null;
        return workers.ready.then(function (ready) {
          ready.active.postMessage({ keep: location.href }); /* this page came before the worker could see it */
        });
      }).catch(function () { /* private windows keep nothing; the page is whole without it */ });
    });
  }
})();
