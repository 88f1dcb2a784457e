"""Looks at one page of each kind with axe-core, at every width and in every colour scheme, and writes what it found.

Three other checkers look too, as ``other_checkers.py`` tells: Nu at every page, IBM Equal Access and HTML_CodeSniffer
at one page of each kind. ``python -m site_tests.axe_matrix`` builds the site, looks at all of it and writes
``data/accessibility-results.yml``, which the accessibility statement prints. ``test_accessibility_page.py`` holds that
file to the lists below.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, NamedTuple

from playwright.sync_api import Browser, Page

from generators.adapters.clock import today
from site_tests.browser import running_chromium, serving
from site_tests.other_checkers import NAMES, NU, findings, load, nu_findings, version

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "data/accessibility-results.yml"
ENGINE = "axe-core"

# Each kind of page by its name in the statement, and one page of it: where there is a choice, the fullest.
PAGES = {
    "home": "/",
    "home-english": "/en/",
    "start": "/bat-dau/",
    "plans": "/ke-hoach/",
    "plan": "/ke-hoach/xa-mau-2025/",
    "models": "/mo-hinh/",
    "model": "/mo-hinh/cho-so-4t/",
    "progress": "/tien-do/",
    "unit": "/tien-do/xa-mau/",
    "indicator": "/tien-do/chi-so/officials-digital-skills/",
    "festival": "/ngay-hoi/",
    "calendar": "/lich/",
    "activity": "/lich/xa-mau-ngay-hoi-2026/",
    "news": "/tin-tuc/",
    "news-item": "/tin-tuc/2025/09/dong-thap-ke-hoach-252/",
    "data": "/du-lieu/",
    "banners": "/banner/",
    "praise": "/bieu-duong/",
    "materials": "/tai-lieu/",
    "search": "/tim-kiem/?q=cho+so",
    "glossary": "/giai-thich/",
    "accessibility": "/tro-nang/",
    "lost": "/404.html",
    "offline": "/offline.html",
}
WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark", "contrast")
# Each look of the others takes seconds, so the two schemes share the two widths.
OTHER_LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((360, "light"), (1280, "dark"))
_HEIGHT = 900
_AXE = Path(str(find_spec("axe_playwright_python").origin)).with_name("axe.min.js")  # type: ignore[union-attr]


class Other(NamedTuple):
    """What one of the other checkers looked at: how many pages, how often in all, and the faults found."""

    package: str
    pages: int
    checks: int
    violations: int


def axe_version() -> str:
    """The version of axe-core that the tests use, as its file's first line says."""
    return _AXE.read_text(encoding="utf-8")[:40].split("axe v")[1].split()[0]


def every_look() -> list[tuple[int, str]]:
    """Every width in every scheme, scheme by scheme."""
    return [(width, scheme) for scheme in SCHEMES for width in WIDTHS]


def looks(
    browser: Browser, address: str, chosen: Sequence[tuple[int, str]]
) -> Iterator[tuple[int, str, list[str]]]:
    """Gives (width, scheme, faults) for each chosen look at one page, which is loaded once.

    A fault is a rule and the first element that breaks it. Every rule of axe counts but the experimental ones: best
    practices and AAA included.
    """
    context = browser.new_context(reduced_motion="reduce", service_workers="block")
    page = context.new_page()
    page.goto(address)
    load_axe(page)
    for width, scheme in chosen:
        page.evaluate("name => document.querySelector(`[data-scheme-choice=${name}]`).click()", scheme)
        show_at(page, width)
        yield width, scheme, faults(page)
    context.close()


def show_at(page: Page, width: int) -> None:
    """Gives the page another width, and the time to be drawn at it."""
    page.set_viewport_size({"width": width, "height": _HEIGHT})
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def show_in(page: Page, width: int, scheme: Literal["light", "dark"]) -> None:
    """Gives the page another width and the colours that a device asks for."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    show_at(page, width)


def load_axe(page: Page) -> None:
    """Loads axe into a page: not through a script element, which the site's security policy would refuse."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))


def faults(page: Page) -> list[str]:
    """Gives the faults of a page on which axe has been loaded."""
    found: dict[str, Any] = page.evaluate(
        """() => {
          const rules = {}
          for (const rule of axe.getRules())
            if (!rule.tags.includes('experimental')) rules[rule.ruleId] = {enabled: true}
          return axe.run(document, {rules, resultTypes: ['violations']})
        }"""
    )
    return [f"{rule['id']}: {rule['nodes'][0]['target']}" for rule in found["violations"]]


def others_looks(browser: Browser, home: str) -> dict[str, list[str]]:
    """Gives, for IBM and for HTML_CodeSniffer, each look at a page of each kind with what was found there."""
    said: dict[str, list[str]] = {}
    for address in PAGES.values():
        context = browser.new_context(reduced_motion="reduce", service_workers="block")
        page = context.new_page()
        page.goto(f"{home}{address}", wait_until="networkidle")
        load(page)
        for width, scheme in OTHER_LOOKS:
            show_in(page, width, scheme)
            for package, found in findings(page).items():
                said.setdefault(package, []).extend(f"{address} {width} {scheme}: {one}" for one in found)
        context.close()
    return said


def main() -> int:
    """Builds, looks, writes, and says every fault; gives 1 when there is any."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        campaign = shutil.which("campaign", path=Path(sys.executable).parent) or "campaign"
        subprocess.run([campaign, "build", "--output", str(site)], cwd=ROOT, check=True)
        documents = len(list(site.rglob("*.html")))
        said = {NU: nu_findings(site)}
        with serving(site) as home, running_chromium() as browser:
            counted = {kind: list(looks(browser, f"{home}{address}", every_look())) for kind, address in PAGES.items()}
            said |= others_looks(browser, home)
    for kind, seen in counted.items():
        for width, scheme, found in seen:
            for fault in found:
                sys.stdout.write(f"{kind} {width} {scheme}: {fault}\n")
    for package, found in said.items():
        sys.stdout.writelines(f"{NAMES[package]}: {fault}\n" for fault in found)
    total = {kind: (len(seen), sum(len(found) for *_, found in seen)) for kind, seen in counted.items()}
    others = [
        Other(package, documents, documents, len(found))
        if package == NU
        else Other(package, len(PAGES), len(PAGES) * len(OTHER_LOOKS), len(found))
        for package, found in said.items()
    ]
    RESULTS.write_text(results_text(total, others, today()), encoding="utf-8")
    return 1 if any(violations for _, violations in total.values()) or any(one.violations for one in others) else 0


def results_text(total: dict[str, tuple[int, int]], others: Sequence[Other], day: date) -> str:
    """Gives the file of results from kind → (looks, faults) and from what the other checkers did."""
    lines = [
        "# Do máy ghi, không sửa bằng tay: python -m site_tests.axe_matrix",
        f"tested_on: {day:%d/%m/%Y}",
        f"engine: {ENGINE}",
        f'version: "{axe_version()}"',
        f"widths: [{', '.join(map(str, WIDTHS))}]",
        f"schemes: [{', '.join(SCHEMES)}]",
        "pages:",
    ]
    for kind, (checks, violations) in total.items():
        lines.append(f"  - {{kind: {kind}, address: {PAGES[kind]}, checks: {checks}, violations: {violations}}}")
    lines.append("others:")
    for one in others:
        name, number = NAMES[one.package], version(one.package)
        counts = f"pages: {one.pages}, checks: {one.checks}, violations: {one.violations}"
        lines.append(f'  - {{engine: {name}, version: "{number}", {counts}}}')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
