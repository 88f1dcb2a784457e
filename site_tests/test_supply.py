"""What the site is made with: the bill of materials is that of the lock, and what lies here of others is unchanged."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from site_tests.test_locks import read_lock, versions

ROOT = Path(__file__).resolve().parent.parent
VENDORED: list[dict[str, Any]] = yaml.safe_load((ROOT / "requirements/vendored.yml").read_text(encoding="utf-8"))
LISTED = {path: digest for one in VENDORED for path, digest in one["files"].items()}
FOREIGN = (".otf", ".ttf", ".wasm", ".woff", ".woff2", ".min.js", "decap-cms.js")


@pytest.fixture(scope="module")
def sbom() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "requirements/sbom.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["sbom"] = module  # a dataclass looks for its module there
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "requirements/sbom.cdx.json").read_text(encoding="utf-8"))
    return found


def test_the_bill_of_materials_and_the_licences_are_those_of_the_lock(sbom: ModuleType) -> None:
    assert [file.name for file, text in sbom.files().items() if file.read_text(encoding="utf-8") != text] == []


def test_every_locked_package_stands_in_the_bill(document: dict[str, Any]) -> None:
    """Read here with the other reader of locks."""
    bill = {(one["name"], one["version"]) for one in document["components"] if one["purl"].startswith("pkg:pypi/")}
    assert bill == {(name, version) for name, all_ in versions(read_lock("site")).items() for version in all_}


def test_the_bill_is_whole_and_always_the_same(document: dict[str, Any]) -> None:
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    assert "serialNumber" not in document and "timestamp" not in document["metadata"]
    refs = [one["bom-ref"] for one in document["components"]]
    assert len(refs) == len(set(refs))
    own = document["metadata"]["component"]["bom-ref"]
    known = {*refs, own}
    needs = {one["ref"]: one["dependsOn"] for one in document["dependencies"]}
    assert needs.keys() == known
    assert {child for children in needs.values() for child in children} <= known
    reached: set[str] = set()
    open_refs = {own}
    while open_refs:
        reached |= open_refs
        open_refs = {child for ref in open_refs for child in needs[ref]} - reached
    assert known - reached == set(), "nothing is there that nothing needs"


def test_every_licence_is_told_and_allows_publication(document: dict[str, Any]) -> None:
    told = {
        one["name"]: one["licenses"][0].get("expression") or one["licenses"][0]["license"]["id"]
        for one in document["components"]
    }
    assert all(told.values())
    assert {name for name, licence in told.items() if "GPL" in licence and " OR " not in licence} == set()


def test_a_package_without_a_known_licence_is_refused(sbom: ModuleType) -> None:
    with pytest.raises(sbom.UnknownLicence):
        sbom.components("no-such-package==1.0 \\\n", [])


def test_the_command_says_what_is_stale() -> None:
    command = [sys.executable, str(ROOT / "requirements/sbom.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("path", sorted(LISTED))
def test_a_file_of_others_is_as_it_was_taken_over(path: str) -> None:
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == LISTED[path]


@pytest.mark.parametrize("one", VENDORED, ids=lambda one: str(one["name"]))
def test_what_is_from_others_names_version_origin_and_licence(one: dict[str, Any]) -> None:
    assert one.keys() == {"name", "version", "origin", "package", "licence", "licence_text", "files"}
    assert str(one["version"]) in one["package"]
    assert len((ROOT / one["licence_text"]).read_text(encoding="utf-8")) > 500


def test_nothing_of_others_lies_unlisted() -> None:
    folders = ("content", "data", "deploy", "generators", "theme_overrides")
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.name.endswith(FOREIGN)
    }
    assert found - LISTED.keys() == set()
    assert found, "the list of endings fits nothing"
