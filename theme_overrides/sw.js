/* The service worker: what a reader has opened can be read again without a network.
   Pages: the network first, so that nobody reads old figures while there is a network; the kept copy otherwise.
   Assets (styles, scripts, fonts, pictures): the kept copy first; the build writes their hash below, so that a new build
   means a new worker and a new store. Data files and the search index are never kept. Both stores are bounded. */
"use strict";
var VERSION = "@@assets@@";
var ROOT = new URL("./", self.location).pathname;
var ASSETS = "assets-" + VERSION;
var PAGES = "pages";
var MOST_PAGES = 60;
var MOST_ASSETS = 80;
var OFFLINE = ROOT + "offline.html";
var KEPT_FOLDERS = /^assets\/(css|fonts|img|js|spoken)\//;
var SHELL = [
  "offline.html",
  "assets/css/site.css",
  "assets/js/scheme.js",
  "assets/js/site.js",
  "assets/js/page.js",
  "assets/js/offline.js",
  "assets/fonts/be-vietnam-pro-latin-400-normal.woff2",
  "assets/fonts/be-vietnam-pro-latin-700-normal.woff2",
  "assets/fonts/be-vietnam-pro-vietnamese-400-normal.woff2",
  "assets/fonts/be-vietnam-pro-vietnamese-700-normal.woff2"
];

self.addEventListener("install", function (event) {
  event.waitUntil(
    caches.open(ASSETS).then(function (store) {
      return store.addAll(SHELL.map(function (path) {
        /* "no-cache" asks the server whether its copy is newer; an unchanged file costs no second download. */
        return new Request(ROOT + path, { cache: "no-cache" });
      }));
    }).then(function () {
      return self.skipWaiting();
    })
  );
});

self.addEventListener("activate", function (event) {
  event.waitUntil(
    caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) {
        return /^assets-/.test(name) && name !== ASSETS;
      }).map(function (name) {
        return caches.delete(name);
      }));
    }).then(function () {
      return self.clients.claim();
    })
  );
});

self.addEventListener("fetch", function (event) {
  var request = event.request;
  var url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || url.pathname.indexOf(ROOT) !== 0) return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (KEPT_FOLDERS.test(url.pathname.slice(ROOT.length))) event.respondWith(asset(event));
});

/* What the page that registered this worker had loaded before it was there to see. */
self.addEventListener("message", function (event) {
  if (!event.data || typeof event.data.keep !== "string") return;
  var url = new URL(event.data.keep);
  if (url.origin !== self.location.origin || url.pathname.indexOf(ROOT) !== 0) return;
  event.waitUntil(fetch(url.href, { cache: "force-cache" }).then(function (response) {
    return keep(PAGES, url.origin + url.pathname, response, MOST_PAGES);
  }).catch(function () { /* the network went: the next visit keeps it */ }));
});

function page(event, url) {
  var name = url.origin + url.pathname;
  return fetch(event.request).then(function (response) {
    event.waitUntil(keep(PAGES, name, response.clone(), MOST_PAGES));
    return response;
  }, function () {
    return caches.open(PAGES).then(function (store) {
      return store.match(name);
    }).then(function (kept) {
      return kept || caches.match(OFFLINE);
    });
  });
}

function asset(event) {
  return caches.open(ASSETS).then(function (store) {
    return store.match(event.request, { ignoreSearch: true });
  }).then(function (kept) {
    if (kept) return kept;
    return fetch(event.request).then(function (response) {
      event.waitUntil(keep(ASSETS, event.request, response.clone(), MOST_ASSETS));
      return response;
    });
  });
}

/* Only whole, good answers of this site; a page must be HTML. What was put in last stands last and goes last. */
function keep(name, key, response, most) {
  var isPage = /^text\/html/.test(response.headers.get("Content-Type") || "");
  if (response.status !== 200 || response.redirected || (name === PAGES && !isPage)) return Promise.resolve();
  return caches.open(name).then(function (store) {
    return store.delete(key).then(function () {
      return store.put(key, response);
    }).then(function () {
      return store.keys();
    }).then(function (keys) {
      var spare = keys.filter(function (one) {
        return SHELL.indexOf(new URL(one.url).pathname.slice(ROOT.length)) === -1;
      });
      return Promise.all(spare.slice(0, Math.max(0, keys.length - most)).map(function (one) {
        return store.delete(one);
      }));
    });
  });
}
