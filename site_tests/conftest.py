"""What all tests share: the built site, the server, the browser, and the order that lets quick tests fail first.

`built_site`, `served_site` and `chromium` are made once a session and only when a test asks for them; a test that asks
gets the marker `build` or `browser` without being told, so `pytest -m "not build and not browser"` is always quick.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generators.render import pixels
from generators.render.drawing import Place
from site_tests.browser import PHONE, note_faults, running_chromium, serving

ROOT = Path(__file__).resolve().parent.parent

# A test belongs to the last group of which it uses a fixture or carries the marker.
_GROUPS = (("build", {"built_site", "served_site"}), ("browser", {"chromium"}))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one flag that writes the expected texts anew."""
    parser.addoption("--refresh-goldens", action="store_true", help="write goldens anew; then read the diff")


@pytest.hookimpl(tryfirst=True)  # before -m chooses by markers
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the fixtures that they use, then put unit tests first, builds second, browser tests last."""
    rank: dict[str, int] = {}
    for item in items:
        rank[item.nodeid] = 0
        for place, (marker, fixtures) in enumerate(_GROUPS, start=1):
            if fixtures & set(getattr(item, "fixturenames", ())):
                item.add_marker(marker)
            if item.get_closest_marker(marker):
                rank[item.nodeid] = place
    items.sort(key=lambda item: rank[item.nodeid])  # a stable sort: the order inside a group stays


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the real command `campaign build` has built the whole site, sample unit included."""
    output = tmp_path_factory.mktemp("built") / "site"
    campaign = shutil.which("campaign", path=Path(sys.executable).parent)
    if campaign is None:
        pytest.fail("the command `campaign` is not installed beside this Python: run `make site` first", pytrace=False)
    done = subprocess.run(
        [campaign, "build", "--output", str(output)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode != 0:
        pytest.fail(f"campaign build ended with {done.returncode}\n{done.stdout}\n{done.stderr}", pytrace=False)
    return output


@pytest.fixture(scope="session")
def served_site(built_site: Path) -> Iterator[str]:
    """The address of the built site on this machine, without a slash at its end, served under the strict policy."""
    with serving(built_site) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless Chromium for all tests; open a context of your own in it, or ask for `page`."""
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def faults() -> list[str]:
    """What went wrong on `page` so far; a test that expects a fault checks it and then clears the list."""
    return []


@pytest.fixture
def page(chromium: Browser, faults: list[str]) -> Iterator[Page]:
    """A fresh page on a small Vietnamese phone. The test fails if any fault is left on it when it ends."""
    context = chromium.new_context(
        viewport=PHONE, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
    )
    opened = context.new_page()
    note_faults(opened, faults)
    yield opened
    context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def said_in_pictures(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is drawn in a picture from now on."""
    said: list[str] = []
    real = pixels._PixelSheet.write

    def write(sheet: pixels._PixelSheet, place: Place, text: str, colour: str, **style: Any) -> None:
        said.append(text)
        real(sheet, place, text, colour, **style)

    monkeypatch.setattr(pixels._PixelSheet, "write", write)
    return said
