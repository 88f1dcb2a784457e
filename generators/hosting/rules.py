"""Owns how the site is served: its headers, the types of its files, how long what may be kept, what is compressed.

The test server of ``site_tests/browser.py`` serves by these rules too, so that a page that breaks under them never
passes. Sources: Content Security Policy Level 3 (W3C); RFC 6797 (HSTS); RFC 9110 and 9111 (types, caching); OWASP HTTP
Headers Cheat Sheet.
"""

from __future__ import annotations

from collections.abc import Mapping

# Nothing is allowed but what the site brings itself. Nothing inline: neither script nor style, neither hash nor nonce.
_POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # an SVG file that is opened by itself may carry its pictures inside
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
CONTENT_SECURITY_POLICY = "; ".join(f"{name} {value}" for name, value in _POLICY.items())

# What a page could ask the device for, and the site never does. Sharing and copying stay allowed.
_NEVER_ASKED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # Two years, as browsers' own lists ask. Not for sub-domains: other sites may live there.
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _NEVER_ASKED),
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""The headers of every answer, errors too."""

CACHING_OTHERWISE = "no-cache"  # it may be kept, but is asked for again: an unchanged file costs no second download
CACHING: Mapping[str, str] = {
    "/assets/fonts/": "public, max-age=2592000",
    "/assets/img/": "public, max-age=604800",
    "/api/": "public, max-age=300",
    "/banner/": "public, max-age=3600",
}
"""How long what stands below an address may be kept, in seconds. Styles and scripts carry no version in their names."""

SHARED = ("/api/", "/banner/")
"""Whatever stands below may be loaded by the pages of others: open data and what others hang up."""

MEDIA_TYPES: Mapping[str, str] = {
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "ico": "image/x-icon",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml; charset=utf-8",
    "zip": "application/zip",
}
"""The type of a file by its ending. Feeds are plain XML: under their own types Firefox offers them for download and
never shows the page that their style sheet makes of them, and every feed reader takes both."""

NAMED_TYPES: Mapping[str, str] = {"feed.json": "application/feed+json"}
"""The type of a file by its whole name, where that says more than its ending (JSON Feed 1.1)."""

COMPRESSED = ("css", "csv", "html", "ics", "js", "json", "jsonld", "md", "svg", "txt", "webmanifest", "xml")
"""The endings of files that grow smaller when they are compressed; pictures, fonts and office files already are."""

HIDDEN = ("_headers", "_redirects", "_redirects.nginx")
"""Files of the site that are for servers alone."""

PLACE = "/srv/bdhvs/site"
"""Where the recipes in ``deploy/`` put the site."""
HOST = "bdhvs.example"
"""The host that the recipes in ``deploy/`` serve; whoever uses one puts his own in its place."""


def headers_for(path: str) -> dict[str, str]:
    """Gives all headers of the answer for an address of the site, its type apart."""
    headers = {**HEADERS, "Cache-Control": CACHING_OTHERWISE}
    for start, value in CACHING.items():
        if path.startswith(start):
            headers["Cache-Control"] = value
    if path.startswith(SHARED):
        headers["Access-Control-Allow-Origin"] = "*"
    return headers
