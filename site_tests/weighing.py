"""How heavy a first visit is: bytes before the first paint, requests, script, all bytes; and stock Material beside it.

``python -m site_tests.weighing`` builds the site, visits the four pages that weak phones meet most and prints a table.
Owns: a server that compresses and sends cache headers as a public server does, what is counted of a visit, and how the
same words are built with stock Material. Holds no assertion; ``test_weight.py`` has the limits.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from lxml import html
from playwright.sync_api import Browser

from generators.hosting.rules import COMPRESSED, headers_for
from site_tests.browser import PHONE, StrictHandler, running_chromium

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"home": "/", "plan": "/ke-hoach/hung-nguyen-nam-2025/", "unit": "/tien-do/xa-mau/", "news": "/tin-tuc/"}
# What stock Material loads from Google for a Vietnamese page: Roboto 300, 400 and 700, latin and vietnamese. The sizes
# are those of the npm package @fontsource/roboto 5.3.0.
ROBOTO = 22_072 + 21_884 + 22_240 + 8_376 + 8_368 + 8_416


# A page without a service worker waits in vain for one.
_WORKER_READY = """() => navigator.serviceWorker
  && Promise.race([navigator.serviceWorker.ready, new Promise(done => setTimeout(done, 2000))])"""


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer of the server: the path asked for and the bytes of the body as they went over the wire."""

    path: str
    size: int


class _PublicHandler(StrictHandler):
    """Compresses with brotli and lets browsers keep files, both by the rules that the site ships for its servers."""

    def __init__(self, *args: object, log: list[Sent], **options: object) -> None:
        self._log = log
        super().__init__(*args, **options)

    def do_GET(self) -> None:  # noqa: N802 - the base class names it so
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            super().do_GET()
            return
        kind, body = self.guess_type(str(path)), path.read_bytes()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.end_headers()
            self._log.append(Sent(self.path, 0))
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", kind)
        if path.suffix.removeprefix(".") in COMPRESSED and "br" in self.headers.get("Accept-Encoding", ""):
            body = brotli.compress(body)
            self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self._log.append(Sent(self.path, len(body)))

    def send_header(self, keyword: str, value: str) -> None:
        if keyword == "Cache-Control":
            value = headers_for(urlsplit(self.path).path)[keyword]
        super().send_header(keyword, value)


@contextmanager
def serving_publicly(folder: Path) -> Iterator[tuple[str, list[Sent]]]:
    """The address where `folder` is served, and the growing list of what was sent."""
    log: list[Sent] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_PublicHandler, directory=str(folder), log=log))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", log
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(frozen=True, slots=True)
class Visit:
    """What a first visit to one page cost; sizes in bytes over the wire, without headers."""

    before_paint: int
    requests: int
    script: int
    fonts: int
    total: int
    kept_for_later: int = 0  # what the service worker fetched for the time without a network


def visit(browser: Browser, address: str, log: list[Sent]) -> Visit:
    """Opens a page with an empty cache on a phone and counts all that was sent, the service worker's part apart."""
    del log[:]
    context = browser.new_context(viewport=PHONE, locale="vi-VN", service_workers="block")
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    page.mouse.wheel(0, 20_000)  # what loads only when it is scrolled to counts too
    page.wait_for_load_state("networkidle")
    blocking = page.evaluate(
        """() => performance.getEntriesByType('resource').filter(one => one.renderBlockingStatus === 'blocking')
          .map(one => new URL(one.name).pathname)"""
    )
    context.close()
    sent = list(log)
    with_worker = browser.new_context(viewport=PHONE, locale="vi-VN")
    del log[:]
    page = with_worker.new_page()
    page.goto(address, wait_until="networkidle")
    page.evaluate(_WORKER_READY)
    page.wait_for_load_state("networkidle")
    with_worker.close()
    total = sum(one.size for one in sent)
    return Visit(
        before_paint=sent[0].size + sum(one.size for one in sent if one.path.split("?")[0] in blocking),
        requests=len(sent),
        script=sum(one.size for one in sent if one.path.endswith(".js")),
        fonts=sum(one.size for one in sent if one.path.endswith(".woff2")),
        total=total,
        kept_for_later=max(0, sum(one.size for one in log) - total),
    )


def build(folder: Path) -> Path:
    """Builds the whole site and gives its folder."""
    campaign = shutil.which("campaign", path=Path(sys.executable).parent) or "campaign"
    subprocess.run([campaign, "build", "--output", folder / "site"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return folder / "site"


def build_with_stock_material(page: Path, folder: Path) -> Path:
    """Builds the words and tables of a page of ours with Material as it comes, and gives the folder of that site.

    Stock Material also loads Roboto from another host. Here it is told not to: see ``ROBOTO``.
    """
    main = html.fromstring(page.read_bytes()).find(".//main")
    for one in main.xpath(".//svg | .//script | .//form | .//nav | .//figure[.//svg and not(.//table)]"):
        one.drop_tree()
    for one in main.iter():
        for name in set(one.attrib) - {"id", "href", "scope", "start", "lang"}:
            del one.attrib[name]
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/index.md").write_text(html.tostring(main, encoding="unicode"), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Bình dân học vụ số\ntheme: {name: material, language: vi, font: false}\n",
        encoding="utf-8",
    )
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", folder / "site"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder / "site"


def main() -> int:
    """Builds, visits and prints one line a page."""
    with tempfile.TemporaryDirectory() as name, running_chromium() as browser:
        folder = Path(name)
        ours = build(folder)
        sys.stdout.write("| page | before first paint | requests | script | fonts | all | kept for no network |\n")
        with serving_publicly(ours) as (home, log):
            for kind, address in PAGES.items():
                _say(kind, visit(browser, home + address, log))
        stock = build_with_stock_material(ours / PAGES["plan"].lstrip("/") / "index.html", folder / "stock")
        with serving_publicly(stock) as (home, log):
            seen = visit(browser, f"{home}/", log)
            _say("plan, stock Material", replace(seen, fonts=ROBOTO, total=seen.total + ROBOTO))
    return 0


def _say(kind: str, seen: Visit) -> None:
    sizes = [seen.before_paint, seen.script, seen.fonts, seen.total, seen.kept_for_later]
    paint, *rest = [f"{size / 1000:.1f} KB" for size in sizes]
    sys.stdout.write(f"| {' | '.join([kind, paint, str(seen.requests), *rest])} |\n")


if __name__ == "__main__":
    sys.exit(main())
