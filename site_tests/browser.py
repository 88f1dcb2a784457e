"""A real browser and a real server on this machine, for tests of what a reader gets.

Owns: finding Chromium, starting it without a word to the outside, serving a built folder as strictly as the public
server will, and noting everything that goes wrong on a page. Must not hold: any assertion about a page of the site.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from generators.hosting.rules import MEDIA_TYPES, headers_for

# The same names, in the same order, as requirements/ensure-chromium.sh.
EXECUTABLES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

# No sandbox: tests run as root in a container. The rest keeps the browser from calling its maker.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# A cheap phone held upright: the screen that every page must suit first.
PHONE = {"width": 360, "height": 740}


def find_chromium() -> str:
    """The path of an installed Chromium; raises FileNotFoundError with what to do where there is none."""
    for name in EXECUTABLES:
        found = shutil.which(name)
        if found:
            return found
    raise FileNotFoundError("No Chromium on PATH: run `make test`, or `apt install chromium`")


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """A headless Chromium that ends with the `with` block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def note_faults(page: Page, faults: list[str]) -> None:
    """From now on, what goes wrong on `page` is added to `faults`.

    Console errors (a breach of the Content-Security-Policy is one), uncaught exceptions, and requests to another host
    than the loopback address.
    """

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and address.hostname != "127.0.0.1":
            faults.append(f"request to another host: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"exception: {error}"))
    page.on("request", on_request)


class StrictHandler(SimpleHTTPRequestHandler):
    """Serves a built site as a careful public host does: policy headers, UTF-8 text, 404.html, no guessing of types."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # a header and a body are two small writes: the second would wait for an answer
    extensions_map = {  # noqa: RUF012 - the base class has it as a plain class attribute
        **SimpleHTTPRequestHandler.extensions_map,
        **{f".{ending}": kind for ending, kind in MEDIA_TYPES.items()},
    }

    def end_headers(self) -> None:
        for name, value in headers_for(urlsplit(self.path).path).items():
            self.send_header(name, value if name != "Cache-Control" else "no-store")  # each test sees the newest
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        own_page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not own_page.is_file():
            super().send_error(code, message, explain)
            return
        body = own_page.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def list_directory(self, path: object) -> None:  # noqa: ARG002 - the base class passes it
        """A folder without index.html is a page that does not exist, not a listing."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: a test's output is for what failed."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address, such as `http://127.0.0.1:40123` and without a slash at its end, where `folder` is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
