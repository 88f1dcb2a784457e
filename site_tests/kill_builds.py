"""Kills builds with SIGKILL at random moments and looks, after each, at what is published.

``python -m site_tests.kill_builds 200`` kills so many publications of a small tree, as many of its changes alone, as
many of both on a machine that is made to believe that it cannot exchange folders, and a fifth as many whole builds of
the small project; it prints what it found. ``test_kill.py`` does the same with fewer. Owns the
killing and the counting; holds no assertion.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generators.adapters.publication import Publication

ROOT = Path(__file__).resolve().parent.parent
CAMPAIGN = Path(sys.executable).parent / "campaign"
OLD, NEW = "old", "new"

# Publishes the trees that it is told by turns until it is killed, and a single one just once. Each file says to which
# tree it belongs.
_PUBLISHER = """
import sys
from pathlib import Path
from generators.adapters import exchange, publication

place, can_exchange = Path(sys.argv[1]), sys.argv[2] == "exchange"
if not can_exchange:
    exchange.exchange = lambda one, other: False

def write(name):
    def make(folder):
        for number in range(30):
            file = folder / f"trang-{number % 7}" / f"{number}.html"
            file.parent.mkdir(exist_ok=True)
            file.write_text(f"{name} {number}" * 300)
    return make

names = sys.argv[3:]
print("ready", flush=True)
while names:
    publication.Publication(place).publish(write(names[0]), keep=2)
    names = names[1:] + names[:1] if len(names) > 1 else []
"""

# Turns one of two trees into the other until it is killed, by their changes alone: half of the files differ, each has
# files and a folder that the other has not, and what is a file here is a folder there. Only the first tree is whole.
_AMENDER = """
import sys
from pathlib import Path
from generators.adapters import exchange, publication

place, can_exchange = Path(sys.argv[1]), sys.argv[2] == "exchange"
if not can_exchange:
    exchange.exchange = lambda one, other: False

def files(name):
    both = {f"trang-{number % 7}/{number}.html": "x" * 3000 for number in range(20)}
    each = {f"trang-{number % 3}/{number}.html": f"{name} {number}" * 300 for number in range(20, 35)}
    own = {f"{name}/sau/{number}.html": name for number in range(3)} | {"a": name} if name == "old" else {"a/b": name}
    return both | each | own

def write(folder, texts):
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

def turn_into(name):
    def make(folder):
        write(folder, {path: text for path, text in files(name).items() if len(text) != 3000})
        return [path for path in files("new" if name == "old" else "old") if path not in files(name)], None
    return make

names = sys.argv[3:]
print("ready", flush=True)
while names:
    site = publication.Publication(place)
    with site.alone():
        site.begin_look()
        site.expect_changes()
        try:
            site.amend(turn_into(names[0]), keep=2)
        except publication.OtherBuild:
            site.publish(lambda folder: write(folder, files(names[0])), keep=2)
        site.note("state", "note")
    names = names[1:] + names[:1] if len(names) > 1 else []
"""


@dataclass
class Found:
    """What stood in the published place after each kill, what else lay about, and every tree that was a mixture."""

    states: Counter[str] = field(default_factory=Counter)
    leftovers: Counter[str] = field(default_factory=Counter)
    mixtures: list[str] = field(default_factory=list)


def tree_hash(folder: Path) -> str:
    """One hash for the names and bytes of all files below a folder; empty for a folder that is not there."""
    if not folder.is_dir():
        return ""
    seen = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        seen.update(f"{path.relative_to(folder).as_posix()}\0{path.is_dir()}\0".encode())
        if path.is_file():
            seen.update(hashlib.sha256(path.read_bytes()).digest())
    return seen.hexdigest()


def small_trees(folder: Path, program: str = _PUBLISHER) -> dict[str, str]:
    """The hashes of the two trees that a program writes, taken from one undisturbed publication of each."""
    known = {}
    for name in (OLD, NEW):
        place = folder / f"whole-{name}"
        subprocess.run(_run(program, place, "exchange", name), cwd=ROOT, check=True, capture_output=True)
        known[tree_hash(place)] = name
    return known


def _run(program: str, place: Path, way: str, *names: str) -> list[str]:
    return [sys.executable, "-c", program, str(place), way, *names]


def kill_publications(count: int, folder: Path, *, can_exchange: bool, chance: random.Random) -> Found:
    """Kills ``count`` processes that publish a small tree again and again."""
    return _kill_program(_PUBLISHER, count, folder, can_exchange=can_exchange, chance=chance)


def kill_amendments(count: int, folder: Path, *, can_exchange: bool, chance: random.Random) -> Found:
    """Kills ``count`` processes that publish changes of a small tree again and again."""
    return _kill_program(_AMENDER, count, folder, can_exchange=can_exchange, chance=chance)


def _kill_program(program: str, count: int, folder: Path, *, can_exchange: bool, chance: random.Random) -> Found:
    known = small_trees(folder, program)
    place = folder / "site"
    way = "exchange" if can_exchange else "renames"
    subprocess.run(_run(program, place, way, OLD), cwd=ROOT, check=True, capture_output=True)

    def start() -> subprocess.Popen[bytes]:
        names = (NEW, OLD) if known.get(tree_hash(place)) == OLD else (OLD, NEW)
        child = subprocess.Popen(_run(program, place, way, *names), cwd=ROOT, stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()  # the interpreter has started: from here on every moment is one of publishing
        return child

    return _kill(count, place, known, start, lambda: chance.uniform(0, 0.12))


def kill_builds(count: int, folder: Path, project: Path, *, chance: random.Random) -> Found:
    """Kills ``count`` times ``campaign build`` of a project, whose day changes each time and with it every page."""
    days = {OLD: "2026-11-20", NEW: "2026-11-21"}
    place, known, took = folder / "site", {}, 0.0

    def command(day: str, output: Path) -> list[str]:
        return [str(CAMPAIGN), "build", "--project", str(project), "--output", str(output), "--today", day]

    for name, day in days.items():
        begun = time.monotonic()
        subprocess.run(command(day, folder / name / "site"), check=True, capture_output=True)
        took = max(took, time.monotonic() - begun)
        known[tree_hash(folder / name / "site")] = name
    shutil.copytree(folder / OLD / "site", place)

    def start() -> subprocess.Popen[bytes]:
        wanted = days[NEW if known.get(tree_hash(place)) == OLD else OLD]
        return subprocess.Popen(command(wanted, place), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    return _kill(count, place, known, start, lambda: chance.uniform(took * 0.2, took * 1.05))


def _kill(
    count: int,
    place: Path,
    known: dict[str, str],
    start: Callable[[], subprocess.Popen[bytes]],
    pause: Callable[[], float],
) -> Found:
    found = Found()
    for _ in range(count):
        with start() as child:
            time.sleep(pause())
            os.kill(child.pid, signal.SIGKILL)
            child.wait()
        _look(place, known, found)
    return found


def _look(place: Path, known: dict[str, str], found: Found) -> None:
    """Notes the state of the published place, and of every earlier build that a rollback could return to."""
    builds = place.with_name(f".{place.name}.builds")
    found.leftovers.update(path.name for path in builds.glob("[a-z]*[!k]"))
    state = tree_hash(place)
    found.states[known.get(state, "mixture" if state else "absent")] += 1
    if not state and (builds / "aside").is_dir():  # between two renames: whoever comes next puts the old one back
        state = tree_hash(builds / "aside")
    if state and state not in known:
        found.mixtures.append("published")
    for build in Publication(place).kept():
        if tree_hash(builds / build.name) not in known:
            found.mixtures.append(build.name)


def main(arguments: Sequence[str]) -> int:
    """Kills as many as the first argument says; 1 when any tree was a mixture."""
    from site_tests.test_cli import lay_out_small

    count = int(arguments[0]) if arguments else 200
    chance = random.Random(1945)  # noqa: S311 - moments, no secrets
    mixtures = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = lay_out_small(ROOT, folder / "project")
        runs = {
            "publications, exchange": lambda at: kill_publications(count, at, can_exchange=True, chance=chance),
            "publications, two renames": lambda at: kill_publications(count, at, can_exchange=False, chance=chance),
            "changes, exchange": lambda at: kill_amendments(count, at, can_exchange=True, chance=chance),
            "changes, two renames": lambda at: kill_amendments(count, at, can_exchange=False, chance=chance),
            "whole builds": lambda at: kill_builds(count // 5, at, project, chance=chance),
        }
        for number, (what, run) in enumerate(runs.items()):
            (folder / str(number)).mkdir()
            found = run(folder / str(number))
            mixtures += len(found.mixtures)
            told = f"published {dict(found.states)}, left behind {dict(found.leftovers)}, mixed {found.mixtures}"
            print(f"{what}: {told}")  # noqa: T201
    return 1 if mixtures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
