/* The page for a lost network: a button to try again and the pages that are kept on this device. */
(function () {
  "use strict";
  document.querySelectorAll("[data-again]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      location.reload();
    });
  });
  var lists = document.querySelectorAll("[data-kept]");
  if (!window.caches || !lists.length) return;

  function titleOf(html) {
    var words = new DOMParser().parseFromString(html, "text/html");
    return { title: words.title.split(" · ")[0], lang: words.documentElement.lang };
  }

  caches.open("pages").then(function (store) {
    return store.keys().then(function (keys) {
      return Promise.all(keys.reverse().map(function (key) {
        return store.match(key).then(function (answer) {
          return answer.text();
        }).then(function (html) {
          return { href: key.url, words: titleOf(html) };
        });
      }));
    });
  }).then(function (pages) {
    lists.forEach(function (box) {
      pages.forEach(function (page) {
        if (page.words.lang !== box.dataset.kept) return;
        var item = document.createElement("li");
        var link = document.createElement("a");
        link.href = page.href;
        link.textContent = page.words.title;
        item.append(link);
        box.querySelector("ul").append(item);
        box.hidden = false;
      });
    });
  });
})();
