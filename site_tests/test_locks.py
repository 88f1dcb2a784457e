"""The locks under requirements/: hashed to the last line, without an address, complete and of one mind."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("audit", "bench", "build", "site", "test")
APART = ("audit", "bench")  # neither is needed to build the site
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Which lists of pyproject.toml each lock must hold.
DIRECT = {
    "audit": PROJECT["dependency-groups"]["audit"],
    "bench": PROJECT["dependency-groups"]["bench"],
    "build": PROJECT["dependency-groups"]["build"],
    "site": PROJECT["project"]["dependencies"],
    "test": PROJECT["project"]["dependencies"]
    + [line for name, group in PROJECT["dependency-groups"].items() if name not in APART for line in group],
}

# An address has a scheme, or is a host by its ending, or is a path from the root or a home folder.
_ADDRESS = re.compile(r"\w+://|@\s|\b[\w-]+\.(?:com|dev|io|net|org|vn)\b|(?:^|\s)[/~]\w|\blocalhost\b")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def read_lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def without_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


def entries(text: str) -> list[tuple[Requirement, list[str]]]:
    """Each requirement of a lock with its hashes; raises InvalidRequirement on a line that is not one."""
    joined = without_comments(text).replace("\\\n", " ")
    found = []
    for line in filter(str.strip, joined.splitlines()):
        requirement = _HASH.sub("", line).strip()
        found.append((Requirement(requirement), _HASH.findall(line)))
    return found


def unhashed(text: str) -> list[str]:
    return [str(requirement) for requirement, hashes in entries(text) if not hashes]


def unpinned(text: str) -> list[str]:
    return [
        str(requirement)
        for requirement, _ in entries(text)
        if requirement.url or not re.fullmatch(r"==[^,*]+", str(requirement.specifier))
    ]


def addresses(text: str) -> list[str]:
    return [line for line in text.splitlines() if _ADDRESS.search(line) or line.startswith("-")]


def versions(text: str) -> dict[str, set[str]]:
    """Name -> versions: a package has more than one where the platform or the Python decides."""
    found: dict[str, set[str]] = defaultdict(set)
    for requirement, _ in entries(text):
        found[canonicalize_name(requirement.name)].update(specifier.version for specifier in requirement.specifier)
    return found


def missing(direct: list[str], text: str) -> list[str]:
    """The direct dependencies that the lock does not hold, or holds in a version outside the range."""
    locked = versions(text)
    wanted = [Requirement(line) for line in direct]
    return [
        str(requirement)
        for requirement in wanted
        if not locked.get(canonicalize_name(requirement.name))
        or not all(requirement.specifier.contains(version) for version in locked[canonicalize_name(requirement.name)])
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    text = read_lock(name)
    assert entries(text)
    assert unhashed(text) == []
    assert unpinned(text) == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address_and_no_option(name: str) -> None:
    assert addresses(read_lock(name)) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_direct_dependency_is_locked_within_its_range(name: str) -> None:
    assert missing(DIRECT[name], read_lock(name)) == []


@pytest.mark.parametrize("name", ["build", "site"])
def test_the_small_locks_are_parts_of_the_test_lock(name: str) -> None:
    """Else `make test` after `make site` would exchange packages under the program that is tested."""
    everything = versions(read_lock("test"))
    part = versions(read_lock(name))
    assert {package: found for package, found in part.items() if everything[package] != found} == {}


def test_what_builds_the_project_is_locked() -> None:
    assert missing(PROJECT["build-system"]["requires"], read_lock("build")) == []


def test_no_other_lock_lies_in_the_tree() -> None:
    """Other kinds of lock files record where packages came from."""
    kinds = ("uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "pylock.toml", "package-lock.json", "yarn.lock")
    assert [kind for kind in kinds if (ROOT / kind).exists()] == []


_GOOD = f"jinja2==3.1.6 \\\n    --hash=sha256:{'0' * 64}\n    # via bdhvs-campaign-site (pyproject.toml)\n"


def test_the_rules_accept_a_good_entry() -> None:
    assert (unhashed(_GOOD), unpinned(_GOOD), addresses(_GOOD), missing(["jinja2>=3"], _GOOD)) == ([], [], [], [])


@pytest.mark.parametrize(
    ("rule", "bad"),
    [
        (unhashed, _GOOD + "lxml==6.0\n"),
        (unpinned, _GOOD.replace("==3.1.6", ">=3.1.6")),
        (unpinned, _GOOD.replace("==3.1.6", " @ file:jinja2.whl")),
        (addresses, "--index-url x\n" + _GOOD),
        (addresses, "# from https://example\n" + _GOOD),
        (addresses, "# from files.example.org\n" + _GOOD),
        (addresses, "#    uv pip compile /home/someone/pyproject.toml\n" + _GOOD),
        (lambda text: missing(["lxml"], text), _GOOD),
        (lambda text: missing(["jinja2>=4"], text), _GOOD),
    ],
)
def test_the_rules_catch_a_bad_entry(rule, bad: str) -> None:
    assert rule(bad)
