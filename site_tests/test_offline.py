"""Holds the site to what it promises on a phone: it can be kept on the home screen and read without a network."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as parser
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from generators.adapters.offline import MARK, assets_version, stamp_worker

SHELL_LINE = re.compile(r'^  "((?:assets/|offline)[^"]+)"', re.MULTILINE)


@pytest.mark.parametrize("home", ["", "en/"])
def test_the_manifest_names_what_is_there(built_site: Path, home: str) -> None:
    file = built_site / home / "app.webmanifest"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    assert manifest["lang"] == ("en" if home else "vi")
    assert (file.parent / manifest["start_url"]).resolve() == (built_site / home).resolve()
    assert (file.parent / manifest["scope"]).resolve() == built_site.resolve()
    for icon in manifest["icons"]:
        with Image.open(file.parent / icon["src"]) as picture:
            assert (f"{picture.width}x{picture.height}", picture.format) == (icon["sizes"], "PNG")
    page = parser.fromstring((file.parent / "index.html").read_text(encoding="utf-8"))
    assert [(file.parent / link.get("href")).resolve() for link in page.findall(".//link[@rel='manifest']")] == [file]
    assert len(manifest["short_name"]) <= 16  # what a home screen has room for


def test_the_worker_carries_the_hash_of_the_assets_and_its_list_exists(built_site: Path) -> None:
    worker = (built_site / "sw.js").read_text(encoding="utf-8")
    assert MARK not in worker and f'VERSION = "{assets_version(built_site)}"' in worker
    listed = SHELL_LINE.findall(worker)
    assert len(listed) > 6 and [path for path in listed if not (built_site / path).is_file()] == []


def test_the_stamp_changes_with_any_asset_and_only_then(tmp_path: Path) -> None:
    style = tmp_path / "assets/css/site.css"
    style.parent.mkdir(parents=True)
    style.write_text("a{}", encoding="utf-8")
    (tmp_path / "sw.js").write_text(f'"{MARK}"', encoding="utf-8")
    first = assets_version(tmp_path)
    (tmp_path / "index.html").write_text("x", encoding="utf-8")
    assert assets_version(tmp_path) == first
    stamp_worker(tmp_path)
    assert (tmp_path / "sw.js").read_text(encoding="utf-8") == f'"{first}"'
    style.write_text("b{}", encoding="utf-8")
    assert assets_version(tmp_path) != first
    name = hashlib.sha256(b"assets/css/site.css\0" + hashlib.sha256(b"b{}").digest()).hexdigest()
    assert assets_version(tmp_path) == name[:12]


def test_the_script_of_every_page_is_small(built_site: Path) -> None:
    assert (built_site / "assets/js/page.js").stat().st_size < 3 * 1024
    html = (built_site / "index.html").read_text(encoding="utf-8")
    assert "js/page.js" in html and "js/listen.js" not in html and "js/offline.js" not in html


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A phone that may lose its network, so that its failed requests are no faults."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    yield context.new_page()
    context.close()


def visit_with_worker(phone: Page, address: str) -> None:
    """Opens a page and waits until the worker has kept it."""
    phone.goto(address)
    phone.evaluate(
        """async address => {
          await navigator.serviceWorker.ready
          const store = await caches.open('pages')
          for (let tries = 0; tries < 200 && !(await store.match(address)); tries += 1)
            await new Promise(done => setTimeout(done, 25))
          if (!(await store.match(address))) throw new Error('not kept: ' + address)
        }""",
        address,
    )


def test_visited_pages_open_without_a_network_and_others_say_so(phone: Page, served_site: str) -> None:
    visit_with_worker(phone, f"{served_site}/bat-dau/")
    visit_with_worker(phone, f"{served_site}/en/plans/")
    phone.context.set_offline(True)
    phone.goto(f"{served_site}/bat-dau/")
    expect(phone.locator("h1")).to_have_text("Bắt đầu học")
    assert phone.evaluate("getComputedStyle(document.querySelector('.site-header .brand')).fontWeight") == "700"
    assert phone.evaluate("document.fonts.ready.then(fonts => [...fonts].some(font => font.status === 'loaded'))")
    phone.goto(f"{served_site}/en/plans/?from=mail")
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    phone.goto(f"{served_site}/mo-hinh/dai-su-so/")
    expect(phone.locator("h1")).to_have_text("Máy đang mất mạng")
    expect(phone.locator("[lang=en] h2")).to_have_text("You are offline")
    assert phone.url == f"{served_site}/mo-hinh/dai-su-so/"  # so that loading again asks for the wanted page
    expect(phone.locator("[data-kept=vi] a")).to_have_text(["Bắt đầu học"])
    phone.context.set_offline(False)
    phone.locator("[data-again]").first.click()
    expect(phone.locator("h1")).to_have_text("Đại sứ số")


def test_with_a_network_the_newest_page_is_shown_and_data_is_never_kept(phone: Page, served_site: str) -> None:
    visit_with_worker(phone, f"{served_site}/bat-dau/")
    phone.evaluate(
        """async address => {
          const old = new Response('<h1>cũ</h1>', {headers: {'Content-Type': 'text/html'}})
          await (await caches.open('pages')).put(address, old)
          await fetch(address.replace('bat-dau/', 'api/v1/units.json'))
        }""",
        f"{served_site}/bat-dau/",
    )
    phone.goto(f"{served_site}/bat-dau/")
    expect(phone.locator("h1")).to_have_text("Bắt đầu học")
    kept = phone.evaluate(
        """async () => {
          const all = []
          for (const name of await caches.keys())
            for (const key of await (await caches.open(name)).keys()) all.push(new URL(key.url).pathname)
          return all
        }"""
    )
    assert "/bat-dau/" in kept and not [path for path in kept if path.startswith("/api/")]


def test_only_the_last_pages_are_kept(phone: Page, served_site: str) -> None:
    visit_with_worker(phone, f"{served_site}/bat-dau/")
    phone.evaluate(
        """async home => {
          const store = await caches.open('pages')
          for (let number = 0; number < 70; number += 1)
            await store.put(`${home}/tin-tuc/${number}/`, new Response('x', {headers: {'Content-Type': 'text/html'}}))
        }""",
        served_site,
    )
    visit_with_worker(phone, f"{served_site}/mo-hinh/")
    count = phone.evaluate(
        """async () => {
          const store = await caches.open('pages')
          let keys = await store.keys()
          for (let tries = 0; tries < 100 && keys.length > 60; tries += 1) {
            await new Promise(done => setTimeout(done, 25))
            keys = await store.keys()
          }
          return [keys.length, new URL(keys[keys.length - 1].url).pathname]
        }"""
    )
    assert count == [60, "/mo-hinh/"]
