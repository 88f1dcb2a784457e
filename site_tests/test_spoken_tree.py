"""What a screen reader is given of a page of each kind, as a text to read and compare: ``site_tests/goldens/spoken/``.

The pages are those of a small project on a fixed day, so that no editor's work changes them. After a change of a
template or of a word: ``python -m pytest site_tests/test_spoken_tree.py --refresh-goldens``, then read the diff.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from site_tests.browser import PHONE, serving
from site_tests.small_project import lay_out_every_kind
from site_tests.test_pages import TYPES, built

DAY = "05/03/2026"
READ_AT = "2026-11-22T05:00:00Z"  # what counts days goes by the reader's clock
GOLDENS = Path(__file__).parent / "goldens/spoken"
WHOLE = {"home": "/", "english-home": "/en/"}  # with header and footer
MAIN = {
    "start": "/bat-dau/",
    "plans": "/ke-hoach/",
    "plan": "/ke-hoach/xa-thu-2025/",
    "sample-plan": "/ke-hoach/xa-mau-2025/",
    "historical-plan": "/ke-hoach/huyen-cu-2024/",
    "models": "/mo-hinh/",
    "model": "/mo-hinh/dai-su-so/",
    "progress": "/tien-do/",
    "unit": "/tien-do/xa-thu/",
    "unit-without-data": "/tien-do/xa-mau/",
    "indicator": "/tien-do/chi-so/officials-digital-skills/",
    "method": "/tien-do/cach-tinh/",
    "festival": "/ngay-hoi/",
    "festival-year": "/ngay-hoi/2026/",
    "calendar": "/lich/",
    "activity": "/lich/xa-thu-lop-toi/",
    "news": "/tin-tuc/",
    "news-item": "/tin-tuc/2026/02/xa-thu-mo-lop/",
    "news-of-report": "/tin-tuc/2026/03/bao-cao-xa-thu-2026-q1/",
    "archive": "/tin-tuc/2026/",
    "topic": "/tin-tuc/chu-de/van-ban/",
    "follow": "/theo-doi/",
    "data": "/du-lieu/",
    "banners": "/banner/",
    "praise": "/bieu-duong/",
    "materials": "/tai-lieu/",
    "about": "/gioi-thieu/",
    "guide": "/huong-dan/",
    "sitemap": "/so-do-trang/",
    "search": "/tim-kiem/",
    "glossary": "/giai-thich/",
    "accessibility": "/tro-nang/",
    "lost": "/404.html",
    "offline": "/offline.html",
    "english-plan": "/en/plans/xa-thu-2025/",
    "english-unit": "/en/progress/xa-thu/",
    "english-news-item": "/en/news/2026/02/xa-thu-mo-lop/",
}
MOST_PHRASES = 25
_ADDRESS = re.compile(r"^ *- /url: .*\n", re.MULTILINE)  # spoken by no screen reader
_LEFT_OPEN = re.compile(r"^( *)(.+):\n(?!\1 )", re.MULTILINE)  # a line whose only child was an address
_SIZE = re.compile(r"\b\d+(?:[.,]\d+)? (KB|MB|byte|bytes)\b")  # of files, which change when a format gains a field


@pytest.fixture(scope="module")
def small_home(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the small project with a page of every kind is served."""
    folder = tmp_path_factory.mktemp("every-kind")
    project = lay_out_every_kind(root, folder)
    campaign = shutil.which("campaign", path=Path(sys.executable).parent) or "campaign"
    done = subprocess.run(
        [campaign, "build", "--today", DAY, "--output", str(folder / "site")],
        cwd=project,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with serving(folder / "site") as address:
        yield address


def spoken(page: Page, part: str) -> str:
    """The roles, names and texts of a part of the page, one a line, as the browser hands them to a screen reader."""
    tree = _ADDRESS.sub("", page.locator(part).aria_snapshot() + "\n")
    return _SIZE.sub(r"… \1", _LEFT_OPEN.sub(r"\1\2\n", tree))


def phrases_before_heading(tree: str) -> int:
    """How many phrases are spoken before the h1. Every line counts, those that only name a group as well."""
    lines = tree.splitlines()
    return next(place for place, line in enumerate(lines) if "heading" in line and "[level=1]" in line)


@pytest.mark.parametrize("kind", [*WHOLE, *MAIN])
def test_a_screen_reader_is_given_what_was_agreed(
    kind: str, small_home: str, page: Page, faults: list[str], request: pytest.FixtureRequest
) -> None:
    page.clock.set_fixed_time(READ_AT)
    page.goto(small_home + (WHOLE | MAIN)[kind])
    faults.clear()  # the small project has no files of the real one; test_pages.py looks for faults
    tree = spoken(page, "body" if kind in WHOLE else "main")
    golden = GOLDENS / f"{kind}.txt"
    if request.config.getoption("--refresh-goldens"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(tree, encoding="utf-8")
    assert tree == golden.read_text(encoding="utf-8")


def test_no_golden_is_left_over(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--refresh-goldens"):
        pytest.skip("the goldens are being written")
    assert {file.stem for file in GOLDENS.iterdir()} == {*WHOLE, *MAIN}


def test_the_heading_comes_within_few_phrases(chromium: Browser, served_site: str, built_site: Path) -> None:
    context = chromium.new_context(viewport=PHONE, service_workers="block", reduced_motion="reduce")
    page = context.new_page()
    counted = {}
    for kind, address in TYPES.items():
        if built(built_site, address).is_file():
            page.goto(served_site + address)
            counted[kind] = phrases_before_heading(spoken(page, "body"))
    context.close()
    assert {kind: count for kind, count in counted.items() if not 5 < count <= MOST_PHRASES} == {}


@pytest.mark.parametrize("kind", ["plans", "progress", "data"])
def test_tables_that_look_like_cards_are_still_tables(kind: str, served_site: str, page: Page) -> None:
    """On a phone their rows are drawn as cards; the browser's own tree, not only the markup, must keep the cells."""
    page.goto(served_site + TYPES[kind])
    shown = page.evaluate(
        """() => {
          const tables = [...document.querySelectorAll('main table')].filter(one => one.checkVisibility())
          const count = what => tables.flatMap(one => [...one.querySelectorAll(what)]).filter(one =>
            one.checkVisibility()).length
          return {table: tables.length, columnheader: count('th[scope=col]'), rowheader: count('th[scope=row]')}
        }"""
    )
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = Counter(node["role"]["value"] for node in nodes if not node.get("ignored"))
    assert shown["rowheader"] and {role: roles[role] for role in shown} == shown
