"""Owns how the live preview answers a browser: pages from memory with the preview's script, the state, and the rest.

The rest (styles, fonts, pictures) MkDocs' own server gives from disk. Pages come with the policy that the published
site has, so that what a browser will block is seen before it is published.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

from generators.adapters.preview.state import Preview

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
FOLDER = "/_preview/"
_WAIT = 25.0  # seconds; browsers and proxies give up later
_OWN = {"preview.js": "text/javascript", "preview.css": "text/css"}
_TEXT = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")


def preview_app(inner: Any, preview: Preview, mount: str) -> Any:
    """Gives the WSGI application; ``inner`` answers what is not in memory; ``mount`` is the site's path: ``/so/``."""

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        asked = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        if asked.startswith(FOLDER):
            return _own(asked.removeprefix(FOLDER), environ.get("QUERY_STRING", ""), preview, start)
        if not asked.startswith(mount):
            return inner(environ, start)  # type: ignore[no-any-return] # WSGI has no types of its own
        path = asked.removeprefix(mount)
        if preview.has(f"{path}/index.html"):
            return _answer(start, HTTPStatus.FOUND, b"", "text/plain", ("Location", f"{quote(asked)}/"))
        is_page = not path or path.endswith(("/", ".html"))
        content = preview.file(f"{path}index.html" if not path or path.endswith("/") else path)
        if content is None and is_page:
            lost = preview.file("404.html") or b""
            return _answer(start, HTTPStatus.NOT_FOUND, _with_script(lost, preview), "text/html")
        if content is None:
            return inner(environ, start)  # type: ignore[no-any-return]
        kind = "text/html" if is_page else mimetypes.guess_type(path)[0] or "application/octet-stream"
        return _answer(start, HTTPStatus.OK, _with_script(content, preview) if is_page else content, kind)

    return app


def _own(name: str, query: str, preview: Preview, start: Any) -> Iterable[bytes]:
    if name == "state":
        seen = parse_qs(query).get("seen", ["0"])[0]
        state = preview.wait(int(seen) if seen.isdecimal() else 0, _WAIT)
        return _answer(start, HTTPStatus.OK, state.encode(), "application/json")
    if name not in _OWN:
        return _answer(start, HTTPStatus.NOT_FOUND, b"", "text/plain")
    return _answer(start, HTTPStatus.OK, Path(__file__).with_name(name).read_bytes(), _OWN[name])


def _with_script(page: bytes, preview: Preview) -> bytes:
    """Gives the page with the preview's style and script, which know by ``data-pages`` which build they are of."""
    added = (
        f'<link rel="stylesheet" href="{FOLDER}preview.css">'
        f'<script src="{FOLDER}preview.js" data-pages="{preview.pages}" defer></script></head>'
    )
    return page.replace(b"</head>", added.encode(), 1)


def _answer(
    start: Any, status: HTTPStatus, content: bytes, kind: str, *headers: tuple[str, str]
) -> Iterable[bytes]:
    charset = "; charset=utf-8" if kind.startswith(_TEXT) else ""
    start(
        f"{status.value} {status.phrase}",
        [
            ("Content-Type", f"{kind}{charset}"),
            ("Content-Length", str(len(content))),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", POLICY),
            *headers,
        ],
    )
    return [content]
