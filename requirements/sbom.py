"""Writes what the site is made with: ``sbom.cdx.json`` (CycloneDX 1.6) and ``licences.md``, both from ``site.txt``.

``make sbom`` runs it, ``make lock`` too; with ``--check`` it says whether the files are stale. The lock tells names,
versions and who needs whom; licences come from the packages as they are installed, or from the table below where a
package does not say its licence in the words of SPDX. No time, no serial number: the same lock gives the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
_LICENCES = {  # set from each package's published metadata
    "certifi": "MPL-2.0",
    "colorama": "BSD-3-Clause",
    "contourpy": "BSD-3-Clause",
    "cycler": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "feedgen": "BSD-2-Clause OR LGPL-3.0-or-later",
    "ghp-import": "Apache-2.0",
    "jinja2": "BSD-3-Clause",
    "kiwisolver": "BSD-3-Clause",
    "matplotlib": "LicenseRef-Matplotlib",  # after the licence of Python
    "mergedeep": "MIT",
    "pathspec": "MPL-2.0",
    "segno": "BSD-3-Clause",
}
_SPDX = {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "MPL-2.0", "PSF-2.0", "Unlicense", "ISC", "Zlib"}
_ENTRY = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;]+)")
_VIA = re.compile(r"^\s+# via (.*)$")


class UnknownLicence(LookupError):
    """Raised for a package whose licence is neither declared in the words of SPDX nor in the table above."""


@dataclass(frozen=True, slots=True)
class Component:
    """One thing that the site is made with."""

    name: str
    version: str
    purl: str
    licence: str
    digests: tuple[str, ...] = ()


def locked(lock: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Gives the versions of each package of a lock, and the packages that each one needs."""
    versions: dict[str, set[str]] = defaultdict(set)
    needs: dict[str, set[str]] = defaultdict(set)
    name = ""
    for line in lock.splitlines():
        if entry := _ENTRY.match(line):
            name = entry[1]
            versions[name].add(entry[2])
        elif via := _VIA.match(line):
            for parent in via[1].split(", "):
                if not parent.startswith("-c "):
                    needs[parent.split(" ")[0]].add(name)
    return dict(versions), dict(needs)


def licence_of(name: str) -> str:
    """Gives a package's licence as an SPDX expression. Raises :class:`UnknownLicence`."""
    if name in _LICENCES:
        return _LICENCES[name]
    try:
        about = metadata(name)
    except PackageNotFoundError:
        raise UnknownLicence(name) from None
    said = about.get("License-Expression") or about.get("License") or ""
    if about.get("License-Expression") or said in _SPDX:
        return said
    if "License :: OSI Approved :: MIT License" in (about.get_all("Classifier") or []):
        return "MIT"
    raise UnknownLicence(name)


def components(lock: str, vendored: list[dict[str, Any]]) -> list[Component]:
    """Gives every component, in order of name and version."""
    versions, _ = locked(lock)
    found = [
        Component(name, version, f"pkg:pypi/{name}@{version}", licence_of(name))
        for name, all_versions in versions.items()
        for version in all_versions
    ]
    found += [
        Component(one["name"], one["version"], one["package"], one["licence"], tuple(sorted(one["files"].values())))
        for one in vendored
    ]
    return sorted(found, key=lambda one: (one.name, one.version))


def sbom(lock: str, vendored: list[dict[str, Any]], project: dict[str, Any]) -> str:
    """Gives the bill of materials as JSON."""
    _, needs = locked(lock)
    all_components = components(lock, vendored)
    refs: dict[str, list[str]] = defaultdict(list)
    for one in all_components:
        refs[one.name].append(_ref(one))
    own = f"{project['name']}@{project['version']}"
    wanted = {own: needs.get(project["name"], set()) | {one["name"] for one in vendored}}
    wanted |= {ref: needs.get(name, set()) for name, all_refs in refs.items() for ref in all_refs}
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [_component(one) for one in all_components],
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(child for name in names for child in refs[name])}
            for ref, names in sorted(wanted.items())
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _ref(one: Component) -> str:
    return f"{one.name}@{one.version}"


def _component(one: Component) -> dict[str, Any]:
    simple = one.licence in _SPDX | {"OFL-1.1", "MIT-CMU"}
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": _ref(one),
        "name": one.name,
        "version": one.version,
        "licenses": [{"license": {"id": one.licence}} if simple else {"expression": one.licence}],
        "purl": one.purl,
    }
    if one.digests:  # one for each file of ours that is from there
        made["hashes"] = [{"alg": "SHA-256", "content": digest} for digest in one.digests]
    return made


def licences(lock: str, vendored: list[dict[str, Any]]) -> str:
    """Gives the list of licences as a Markdown table."""
    rows = "".join(f"| {one.name} | {one.version} | {one.licence} |\n" for one in components(lock, vendored))
    return (
        "# Licences of what the site is made with\n\n"
        "Made by `make sbom` from `site.txt` and `vendored.yml`; a change here would be lost.\n\n"
        "| Name | Version | Licence (SPDX) |\n| --- | --- | --- |\n" + rows
    )


def files() -> dict[Path, str]:
    """Gives each file to be written with its text."""
    lock = (HERE / "site.txt").read_text(encoding="utf-8")
    vendored = yaml.safe_load((HERE / "vendored.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {HERE / "sbom.cdx.json": sbom(lock, vendored, project), HERE / "licences.md": licences(lock, vendored)}


def main(arguments: list[str]) -> int:
    """Writes the files, or with ``--check`` names those that are stale (1)."""
    stale = {file: text for file, text in files().items() if not file.is_file() or file.read_text("utf-8") != text}
    for file, text in stale.items():
        print(f"{'stale, run `make sbom`' if arguments else 'written'}: {file.relative_to(HERE.parent)}")
        if not arguments:
            file.write_text(text, encoding="utf-8", newline="\n")
    return 1 if arguments and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
