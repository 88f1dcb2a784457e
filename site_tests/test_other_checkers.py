"""Nu HTML checker on every page; IBM Equal Access and HTML_CodeSniffer, level AA, on a page of each kind."""

from __future__ import annotations

import json
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from site_tests.axe_matrix import OTHER_LOOKS, show_in
from site_tests.other_checkers import NAMES, PACKAGES, findings, load, nu_findings
from site_tests.test_pages import TYPES, built, opened

TURNS = dict(zip(TYPES, cycle(OTHER_LOOKS), strict=False))


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
    """One look a page, by turns; the command that writes the accessibility results takes both."""
    if not built(built_site, TYPES[kind]).is_file():
        pytest.skip("this kind of page is not built yet")
    width, scheme = TURNS[kind]
    with opened(chromium, served_site + TYPES[kind], width) as page:
        load(page)
        show_in(page, width, scheme)
        found = findings(page)
    assert {name: said for name, said in found.items() if said} == {}


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


def test_they_would_find_pale_words_in_the_dark_alone(served_site: str, chromium: Browser) -> None:
    with opened(chromium, f"{served_site}/bat-dau/", 360) as page:
        page.evaluate(
            """() => {
              document.querySelector('main').insertAdjacentHTML('beforeend', '<p id="pale">Chữ nhạt</p>')
              const sheet = new CSSStyleSheet()
              sheet.replaceSync('#pale {color: #14213d}')
              document.adoptedStyleSheets = [sheet]
            }"""
        )
        load(page)
        pale = {}
        for width, scheme in OTHER_LOOKS:
            show_in(page, width, scheme)
            pale[scheme] = [name for name, said in findings(page).items() if 'id="pale"' in " ".join(said)]
    assert pale == {"light": [], "dark": ["accessibility-checker-engine", "html_codesniffer"]}


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
