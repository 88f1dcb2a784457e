"""Owns how the live preview answers a browser: pages from memory with the preview's script, the state, and the rest.

The rest (styles, fonts, pictures) MkDocs' own server gives from disk. Pages come with the policy that the published
site has, so that what a browser will block is seen before it is published.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

from generators.adapters.preview.state import Preview
from generators.hosting.rules import CONTENT_SECURITY_POLICY, MEDIA_TYPES

FOLDER = "/_preview/"
_WAIT = 25.0  # seconds; browsers and proxies give up later
_OWN = ("preview.js", "preview.css")
_TEXT, _PAGE, _DATA = (MEDIA_TYPES[ending] for ending in ("txt", "html", "json"))


def preview_app(inner: Any, preview: Preview, mount: str) -> Any:
    """Gives the WSGI application; ``inner`` answers what is not in memory; ``mount`` is the site's path: ``/so/``."""

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        asked = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        if asked.startswith(FOLDER):
            return _own(asked.removeprefix(FOLDER), environ.get("QUERY_STRING", ""), preview, start)
        if not asked.startswith(mount):
            return inner(environ, start)  # type: ignore[no-any-return] # WSGI has no types of its own
        path, number = asked.removeprefix(mount), preview.pages
        is_folder = not path or path.endswith("/")
        if not is_folder and "." not in path.rpartition("/")[2] and preview.file(f"{path}/index.html") is not None:
            return _answer(start, HTTPStatus.FOUND, b"", _TEXT, ("Location", f"{quote(asked)}/"))
        is_page = is_folder or path.endswith(".html")
        content = preview.file(f"{path}index.html" if is_folder else path)
        if content is None and is_page:
            lost = preview.file("404.html") or b""
            return _answer(start, HTTPStatus.NOT_FOUND, _with_script(lost, number), _PAGE)
        if content is None:
            return inner(environ, start)  # type: ignore[no-any-return]
        shown, kind = (_with_script(content, number), _PAGE) if is_page else (content, _type(path))
        return _answer(start, HTTPStatus.OK, shown, kind)

    return app


def _own(name: str, query: str, preview: Preview, start: Any) -> Iterable[bytes]:
    if name == "state":
        seen = parse_qs(query).get("seen", ["0"])[0]
        state = preview.wait(int(seen) if seen.isdecimal() else 0, _WAIT)
        return _answer(start, HTTPStatus.OK, state.encode(), _DATA)
    if name not in _OWN:
        return _answer(start, HTTPStatus.NOT_FOUND, b"", _TEXT)
    return _answer(start, HTTPStatus.OK, Path(__file__).with_name(name).read_bytes(), _type(name))


def _with_script(page: bytes, number: int) -> bytes:
    """Gives the page with the preview's style and script, which know by ``data-pages`` which build they are of.

    The number is taken before the page, which may be newer, but never older than it says.
    """
    added = (
        f'<link rel="stylesheet" href="{FOLDER}preview.css">'
        f'<script src="{FOLDER}preview.js" data-pages="{number}" defer></script></head>'
    )
    return page.replace(b"</head>", added.encode(), 1)


def _type(path: str) -> str:
    return MEDIA_TYPES.get(path.rpartition(".")[2], "application/octet-stream")


def _answer(
    start: Any, status: HTTPStatus, content: bytes, kind: str, *headers: tuple[str, str]
) -> Iterable[bytes]:
    start(
        f"{status.value} {status.phrase}",
        [
            ("Content-Type", kind),
            ("Content-Length", str(len(content))),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
            *headers,
        ],
    )
    return [content]
