"""Nu HTML checker on every page; IBM Equal Access and HTML_CodeSniffer, level AA, on a page of each kind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from site_tests.other_checkers import NAMES, PACKAGES, findings, load, nu_findings
from site_tests.test_pages import TYPES, built, opened

WIDTHS = (360, 1280)
# Made by the template of another kind, which is looked at in both widths: one look is enough, for IBM's takes a second.
ONCE = {
    *("sample-plan", "historical-plan", "unit-without-data", "unit-of-history", "news-of-report", "archive", "topic"),
    *("festival-year", "english-home", "english-start", "english-plans", "english-unit", "english-news"),
}


def test_nu_finds_nothing_on_any_page(built_site: Path) -> None:
    assert nu_findings(built_site) == []


def test_nu_would_find_a_fault(tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text(
        "<!doctype html><html lang=vi><title>Sai</title><p><div></p><ul role=list></ul>", encoding="utf-8"
    )
    found = "\n".join(nu_findings(tmp_path))
    assert "error: No “p” element in scope" in found and "“list” role is unnecessary" in found


@pytest.mark.parametrize("kind", TYPES)
def test_two_more_checkers_find_nothing(kind: str, built_site: Path, served_site: str, chromium: Browser) -> None:
    if not built(built_site, TYPES[kind]).is_file():
        pytest.skip("this kind of page is not built yet")
    found: dict[str, list[str]] = {}
    with opened(chromium, served_site + TYPES[kind], WIDTHS[0]) as page:
        load(page)
        for width in WIDTHS[:1] if kind in ONCE else WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            for name, said in findings(page).items():
                found[f"{name} {width}"] = said
    assert {look: said for look, said in found.items() if said} == {}


def test_they_would_find_a_fault(served_site: str, chromium: Browser) -> None:
    with opened(chromium, f"{served_site}/bat-dau/", 360) as page:
        page.evaluate(
            "() => { document.querySelector('main').insertAdjacentHTML('beforeend', "
            "'<form><input></form><table><tr><td>1<td>2<tr><td>3<td>4</table>') }"
        )
        load(page)
        said = {name: " ".join(found) for name, found in findings(page).items()}
    assert "input_label_exists" in said["accessibility-checker-engine"]
    assert "H32.2" in said["html_codesniffer"]


def test_their_lock_has_hashes_and_no_address() -> None:
    text = (PACKAGES / "package-lock.json").read_text(encoding="utf-8")
    lock = json.loads(text)
    locked = {path: one for path, one in lock["packages"].items() if path}
    wanted = json.loads((PACKAGES / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {f"node_modules/{name}": version for name, version in wanted.items()} == {
        path: one["version"] for path, one in locked.items()
    }
    assert set(wanted) == set(NAMES)
    assert [path for path, one in locked.items() if not one.get("integrity", "").startswith("sha512-")] == []
    assert "resolved" not in text and "://" not in text
    assert "omit-lockfile-registry-resolved=true" in (PACKAGES / ".npmrc").read_text(encoding="utf-8")


def test_the_lock_of_lighthouse_has_hashes_and_no_address() -> None:
    text = (PACKAGES / "lighthouse/package-lock.json").read_text(encoding="utf-8")
    locked = [one for path, one in json.loads(text)["packages"].items() if path]
    assert locked and all(one.get("integrity", "").startswith("sha512-") for one in locked)
    assert "resolved" not in text and "://" not in text
