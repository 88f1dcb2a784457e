"""Owns how the editor in the browser speaks with the store: Decap CMS's proxy protocol over HTTP, on this machine only.

A page of another site can make a browser send requests here, so each one must name this server as its host and, when
it changes something, come from a page of this server.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import PurePosixPath
from threading import Lock
from typing import Any

from generators.adapters.desk.store import Picture, Refused, Store

_LARGEST = 16 * 1024 * 1024  # bytes of one request: an item with its picture (2 MB at most) and room to spare
_STATIC = {
    "/admin/": ("index.html", "text/html; charset=utf-8"),
    "/admin/open.js": ("open.js", "text/javascript; charset=utf-8"),
    "/admin/decap-cms.js": ("decap-cms.js", "text/javascript; charset=utf-8"),
}
_HEADERS = {
    # The editor makes its styles and the checks of its forms as it runs; it loads nothing from elsewhere.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

Forms = Callable[[], dict[str, Any]]


def desk_server(port: int, store: Store, forms: Forms) -> ThreadingHTTPServer:
    """Gives a server on 127.0.0.1, not yet started. ``forms`` gives the editor's configuration at each opening.

    Raises ``OSError`` when the port is taken.
    """
    return ThreadingHTTPServer(("127.0.0.1", port), partial(_Desk, store, forms, Lock()))


class _Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def __init__(self, store: Store, forms: Forms, one_at_a_time: Lock, *request: Any) -> None:
        self._store = store
        self._forms = forms
        self._one_at_a_time = one_at_a_time
        super().__init__(*request)

    def do_GET(self) -> None:
        """Gives the editor's own files and its forms."""
        path = self.path.split("?", 1)[0]
        if not self._is_ours():
            self._send(HTTPStatus.FORBIDDEN, b"", "text/plain")
        elif path in ("/", "/admin"):
            self._send(HTTPStatus.FOUND, b"", "text/plain", {"Location": "/admin/"})
        elif path == "/admin/forms.json":
            self._send_json(HTTPStatus.OK, self._forms())
        elif path in _STATIC:
            name, kind = _STATIC[path]
            self._send(HTTPStatus.OK, files(__package__).joinpath(name).read_bytes(), kind)
        else:
            self._send(HTTPStatus.NOT_FOUND, b"", "text/plain")

    def do_POST(self) -> None:
        """Answers one action of the editor."""
        size = self.headers.get("Content-Length", "")
        if self.path != "/admin/api/v1" or not self._is_ours(changing=True):
            self._refuse(HTTPStatus.FORBIDDEN, "Bàn soạn thảo chỉ nhận lệnh từ trang của nó.")
        elif not size.isdecimal() or int(size) > _LARGEST:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"Lớn quá. Giới hạn: {_LARGEST // 1024 // 1024} MB.")
        else:
            self._act(self.rfile.read(int(size)))

    def _act(self, body: bytes) -> None:
        try:
            asked = json.loads(body)
            action = _ACTIONS[asked["action"]]
            with self._one_at_a_time:
                answer = action(self._store, asked.get("params", {}))
        except Refused as refusal:
            self._refuse(HTTPStatus.UNPROCESSABLE_ENTITY, str(refusal))
        except (KeyError, TypeError, ValueError, binascii.Error):
            self._refuse(HTTPStatus.BAD_REQUEST, "Bàn soạn thảo không hiểu lệnh này.")
        except OSError as error:
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, f"Máy không cho làm việc này: {error}")
        else:
            self._send_json(HTTPStatus.OK, answer)

    def _is_ours(self, *, changing: bool = False) -> bool:
        port = self.connection.getsockname()[1]
        hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        origin = self.headers.get("Origin")
        from_here = origin in {f"http://{host}" for host in hosts}
        return self.headers.get("Host") in hosts and (from_here if changing else origin is None or from_here)

    def _refuse(self, status: HTTPStatus, sentence: str) -> None:
        self.close_connection = True  # what was sent with the request may not have been read
        self._send_json(status, {"error": sentence})

    def _send_json(self, status: HTTPStatus, value: Any) -> None:
        self._send(status, json.dumps(value, ensure_ascii=False).encode(), "application/json; charset=utf-8")

    def _send(self, status: HTTPStatus, content: bytes, kind: str, also: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, **(also or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Stays silent: the terminal belongs to the person."""


def _info(_: Store, __: dict[str, Any]) -> Any:
    return {"repo": "campaign", "publish_modes": ["simple"], "type": "local_fs"}


def _entries_of_folder(store: Store, params: dict[str, Any]) -> Any:
    return [_entry(path, text) for path, text in store.folder(params["folder"], f".{params['extension']}")]


def _entries_of_files(store: Store, params: dict[str, Any]) -> Any:
    return [_entry(path, text) for path, text in store.files([file["path"] for file in params["files"]])]


def _get_entry(store: Store, params: dict[str, Any]) -> Any:
    path = params["path"]
    if not store.has(path):  # asked before a new file is saved
        return {"data": None, "file": {"path": path, "label": None, "id": None}}
    return _entry(path, store.entry(path))


def _persist_entry(store: Store, params: dict[str, Any]) -> Any:
    pictures = [Picture(asset["path"], base64.b64decode(asset["content"])) for asset in params.get("assets", [])]
    for file in params.get("dataFiles") or [params["entry"]]:
        if file.get("newPath", file["path"]) != file["path"]:
            raise Refused("Tên tệp đặt một lần và không đổi.")
        store.save(file["path"], file["raw"], pictures)
    return {"message": "saved"}


def _delete_files(store: Store, params: dict[str, Any]) -> Any:
    store.remove(params.get("paths") or [params["path"]])
    return {"message": "removed"}


def _get_media(store: Store, params: dict[str, Any]) -> Any:
    return [_media(path, store.picture(path)) for path in store.pictures(params["mediaFolder"])]


def _get_media_file(store: Store, params: dict[str, Any]) -> Any:
    return _media(params["path"], store.picture(params["path"]))


def _persist_media(store: Store, params: dict[str, Any]) -> Any:
    asset = params["asset"]
    content = base64.b64decode(asset["content"])
    store.save_picture(asset["path"], content)
    return _media(asset["path"], content)


def _no_preview(_: Store, __: dict[str, Any]) -> Any:
    return None


def _entry(path: str, text: str) -> dict[str, Any]:
    return {"data": text, "file": {"path": path, "label": None, "id": hashlib.sha256(text.encode()).hexdigest()}}


def _media(path: str, content: bytes) -> dict[str, Any]:
    return {
        "id": hashlib.sha256(content).hexdigest(),
        "content": base64.b64encode(content).decode(),
        "encoding": "base64",
        "path": path,
        "name": PurePosixPath(path).name,
    }


_ACTIONS: dict[str, Callable[[Store, dict[str, Any]], Any]] = {
    "info": _info,
    "entriesByFolder": _entries_of_folder,
    "entriesByFiles": _entries_of_files,
    "getEntry": _get_entry,
    "persistEntry": _persist_entry,
    "deleteFile": _delete_files,
    "deleteFiles": _delete_files,
    "getMedia": _get_media,
    "getMediaFile": _get_media_file,
    "persistMedia": _persist_media,
    "getDeployPreview": _no_preview,
}
