"""A real nginx with the shipped configuration: status codes, headers, types, compression, 404, redirects."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest

from generators.adapters.compress import compress_site
from generators.hosting.nginx import nginx_moved
from generators.hosting.rules import HEADERS, MEDIA_TYPES, headers_for
from site_tests.nginx import brotli_module, running_nginx

Answer = tuple[int, dict[str, str], bytes]
Ask = Callable[..., Answer]

LONG = "Một câu dài để nén cho đáng. " * 60
FILES = {
    "index.html": f"<h1>Trang đầu</h1>{LONG}",
    "404.html": "<h1>Không thấy trang này</h1>",
    "tin-tuc/index.html": f"<h1>Tin tức</h1>{LONG}",
    "feed.xml": "<rss/>",
    "feed.json": "{}",
    "en/feed.json": "{}",
    "lich.ics": "BEGIN:VCALENDAR",
    "app.webmanifest": "{}",
    "api/v1/catalog.jsonld": "{}",
    "api/v1/units.csv": "a,b",
    "assets/css/site.css": "p{color:red}" * 200,
    "assets/js/site.js": "a()",
    "assets/fonts/x.woff2": "wOF2",
    "assets/img/x.svg": "<svg/>",
    "assets/img/x.png": "PNG",
    "banner/x.png": "PNG",
    ".well-known/security.txt": "Contact: x",
    ".git/config": "[core]",
    "_headers": "/*",
    "_redirects": "/a /b 301",
}
MOVED = [("/tin-cu/", "/tin-tuc/"), (f"/{'rat-dai-' * 30}/", "/"), ("/cu.pdf", "/tin-tuc/")]


def asker(port: int) -> Ask:
    def ask(path: str, method: str = "GET", **headers: str) -> Answer:
        """One request as it is, without following a redirect: status, headers by lower-case name, body."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    return ask


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    site = tmp_path_factory.mktemp("site")
    for name, text in FILES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    compress_site(site)
    (site / "_redirects.nginx").write_text(nginx_moved(MOVED), encoding="utf-8")
    with running_nginx(tmp_path_factory.mktemp("nginx"), site) as ports:
        yield ports


@pytest.fixture(scope="module")
def ask(ports: tuple[int, int]) -> Ask:
    return asker(ports[1])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/index.html", 200),
        ("/tin-tuc/", 200),
        ("/feed.xml", 200),
        ("/.well-known/security.txt", 200),
        ("/mat/", 404),
        ("/mat.html", 404),
        ("/tin-tuc/../mat", 404),
        ("/assets/", 404),  # a folder without a page is no listing, and no secret either
        ("/.git/config", 404),
        ("/tin-tuc/.an", 404),
        ("/_headers", 404),
        ("/_redirects", 404),
        ("/_redirects.nginx", 404),
        ("/%2e%2e/%2e%2e/etc/passwd", 400),
    ],
)
def test_each_address_has_its_status(ask: Ask, path: str, status: int) -> None:
    assert ask(path)[0] == status


def test_a_lost_address_shows_the_sites_own_page(ask: Ask) -> None:
    status, headers, body = ask("/mat/")
    assert (status, headers["content-type"]) == (404, MEDIA_TYPES["html"])
    assert "Không thấy trang này" in body.decode()


def test_a_site_of_files_takes_no_orders(ask: Ask) -> None:
    assert {ask("/", method)[0] for method in ("POST", "PUT", "DELETE")} <= {404, 405}
    status, _, body = ask("/", "HEAD")
    assert (status, body) == (200, b"")


@pytest.mark.parametrize("path", ["/", "/mat/", "/tin-cu/", "/tin-tuc", "/api/v1/units.csv", "/assets/css/site.css"])
def test_every_answer_carries_every_header(ask: Ask, path: str) -> None:
    _, headers, _ = ask(path)
    assert {name: headers.get(name.lower()) for name in HEADERS} == dict(HEADERS)
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["server"] == "nginx", "the version is nobody's business"


@pytest.mark.parametrize("path", ["/", "/feed.json", "/assets/fonts/x.woff2", "/assets/img/x.png", "/banner/x.png"])
def test_what_may_be_kept_and_shared_is_said(ask: Ask, path: str) -> None:
    _, headers, _ = ask(path)
    wanted = headers_for(path)
    assert headers["cache-control"] == wanted["Cache-Control"]
    assert headers.get("access-control-allow-origin") == wanted.get("Access-Control-Allow-Origin")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/feed.json", "application/feed+json"),
        ("/en/feed.json", "application/feed+json"),
        ("/lich.ics", "text/calendar; charset=utf-8"),
        ("/app.webmanifest", "application/manifest+json"),
        ("/api/v1/catalog.jsonld", "application/ld+json"),
        ("/api/v1/units.csv", "text/csv; charset=utf-8"),
        ("/assets/css/site.css", "text/css; charset=utf-8"),
        ("/assets/js/site.js", "text/javascript; charset=utf-8"),
        ("/assets/img/x.svg", "image/svg+xml"),
        ("/assets/fonts/x.woff2", "font/woff2"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_file_has_its_type(ask: Ask, path: str, kind: str) -> None:
    assert ask(path)[1]["content-type"] == kind


def test_what_was_published_compressed_is_sent_so(ask: Ask) -> None:
    plain = FILES["tin-tuc/index.html"].encode()
    status, headers, body = ask("/tin-tuc/", Accept_Encoding="gzip")
    assert (status, headers["content-encoding"], gzip.decompress(body)) == (200, "gzip", plain)
    assert "Accept-Encoding" in headers["vary"]
    assert headers["content-type"] == MEDIA_TYPES["html"]
    assert headers["content-length"] == str(len(body)), "sent as it lies on the disk"
    _, headers, body = ask("/tin-tuc/")
    assert ("content-encoding" in headers, body) == (False, plain)


@pytest.mark.skipif(brotli_module() is None, reason="this nginx has no module for Brotli")
def test_brotli_is_sent_to_those_who_take_it(ask: Ask) -> None:
    _, headers, body = ask("/tin-tuc/", Accept_Encoding="gzip, br")
    assert headers["content-encoding"] == "br"
    assert brotli.decompress(body) == FILES["tin-tuc/index.html"].encode()
    assert headers["content-type"] == MEDIA_TYPES["html"]


def test_an_unchanged_file_costs_no_second_download(ask: Ask) -> None:
    _, headers, _ = ask("/tin-tuc/")
    assert ask("/tin-tuc/", If_None_Match=headers["etag"])[0] == 304
    assert ask("/tin-tuc/", If_Modified_Since=headers["last-modified"])[0] == 304


@pytest.mark.parametrize(("old", "new"), MOVED)
def test_a_moved_address_leads_to_the_new_one_for_good(ask: Ask, old: str, new: str) -> None:
    status, headers, _ = ask(old)
    assert (status, headers["location"]) == (301, new)


def test_a_folder_without_its_slash_leads_to_the_page(ask: Ask) -> None:
    status, headers, _ = ask("/tin-tuc")
    assert (status, headers["location"]) == (301, "/tin-tuc/")


def test_plain_http_leads_to_https(ports: tuple[int, int]) -> None:
    status, headers, _ = asker(ports[0])("/tin-tuc/?a=b")
    assert (status, headers["location"]) == (301, "https://bdhvs.example/tin-tuc/?a=b")


def test_nginx_starts_before_the_first_build(tmp_path: Path) -> None:
    with running_nginx(tmp_path / "nginx", tmp_path / "chua-co") as ports:
        assert asker(ports[1])("/")[0] == 404


def test_the_whole_site_is_there_with_its_types_and_headers(built_site: Path, tmp_path: Path) -> None:
    with running_nginx(tmp_path / "nginx", built_site) as ports:
        ask = asker(ports[1])
        wrong = []
        for file in sorted(path for path in built_site.rglob("*") if path.is_file()):
            path = f"/{file.relative_to(built_site).as_posix()}"
            status, headers, body = ask(path)
            if path.startswith("/_"):
                assert status == 404
            elif (
                (status, body) != (200, file.read_bytes())
                or headers["content-type"] == "application/octet-stream"
                or any(headers.get(name.lower()) != value for name, value in headers_for(path).items())
            ):
                wrong.append((path, status, headers))
        assert wrong == []
