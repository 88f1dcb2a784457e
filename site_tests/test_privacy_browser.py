"""What /gioi-thieu/ promises, on one page of each kind: no cookie, nothing asked of anybody else, little kept here."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from site_tests.browser import PHONE, note_faults
from site_tests.test_pages import TYPES, built

KEPT = """async () => ({
  cookie: document.cookie,
  local: Object.keys(localStorage).sort(),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(one => one.name),
  caches: [...new Set((await caches.keys()).map(name => name.replace(/-[0-9a-f]{12}$/, '')))].sort(),
})"""


def test_no_page_sets_a_cookie_or_asks_another_host(
    built_site: Path, served_site: str, chromium: Browser
) -> None:
    faults: list[str] = []
    context = chromium.new_context(viewport=PHONE, locale="vi-VN")
    page = context.new_page()
    note_faults(page, faults)
    page.on("response", lambda got: faults.append(f"cookie: {got.url}") if "set-cookie" in got.headers else None)
    page.on("websocket", lambda socket: faults.append(f"socket: {socket.url}"))
    seen = [address for address in TYPES.values() if built(built_site, address).is_file()]
    assert len(seen) >= 25
    for address in seen:
        page.goto(served_site + address, wait_until="load")
        assert page.evaluate("document.cookie") == ""
    page.goto(f"{served_site}/", wait_until="load")
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    kept = page.evaluate(KEPT)
    assert context.cookies() == [] and kept["cookie"] == ""
    assert kept["local"] == kept["session"] == kept["databases"] == []
    assert {name.partition("-")[0] for name in kept["caches"]} <= {"assets", "pages"}, kept["caches"]
    page.evaluate("document.querySelector('[data-text-step=\"1\"]').click()")
    page.evaluate("document.querySelector('[data-scheme-choice=dark]').click()")
    assert page.evaluate(KEPT)["local"] == ["bdhvs-scheme", "bdhvs-text"]
    context.close()
    assert faults == []


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("gioi-thieu/index.html", ("cookie", "bên thứ ba", "Cỡ chữ", "60 trang", "rút lại", "nơi chụp", "nhật ký")),
        (
            "en/about/index.html",
            ("cookies", "third party", "text size", "60 pages", "withdrew", "camera", "access log"),
        ),
    ],
)
def test_the_page_about_the_site_says_so_in_plain_words(page: str, said: tuple[str, ...], built_site: Path) -> None:
    text = (built_site / page).read_text(encoding="utf-8")
    assert [words for words in said if words not in text] == []
