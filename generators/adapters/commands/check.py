"""Owns ``campaign check``: reads and checks everything, shows each complaint with its line, and may go on watching."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from generators.adapters.clock import today
from generators.adapters.commands.flags import add_project_flags
from generators.adapters.inputs import MEMORY, Inputs
from generators.adapters.kept_readings import KeptReadings
from generators.adapters.printing import lines_below, print_counts, print_problems
from generators.adapters.publication import Publication
from generators.complaints import complaint_note, complaints_json
from generators.pipeline import load_site, uncollected
from generators.problems import ContentError, Language, Problems

_WATCHED = ("data", "content")
_PAUSE = 0.5  # seconds; nobody waits for less, and the disk hardly notices
_WORDS: dict[str, dict[Language, str]] = {
    "no-content": {
        "vi": "Không thấy content và data trong {folder}. Hãy chạy lệnh trong thư mục của dự án.",
        "en": "There is neither content nor data in {folder}. Run the command in the project folder.",
    },
    "watching": {
        "vi": "Đang chờ bạn sửa tệp. Bấm Ctrl+C để dừng.",
        "en": "Waiting for you to edit a file. Press Ctrl+C to stop.",
    },
}


def add(command: argparse.ArgumentParser) -> None:
    """Adds the flags."""
    add_project_flags(command)
    command.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="text cho người, json và github cho máy"
    )
    command.add_argument("--watch", action="store_true", help="soát lại mỗi khi có tệp đổi, đến khi bấm Ctrl+C")


def run(options: argparse.Namespace) -> int:
    """Checks once, or again after every change; 1 for errors in the content, 2 where there is none."""
    if not any((options.project / folder).is_dir() for folder in _WATCHED):
        print(_WORDS["no-content"][options.lang].format(folder=options.project), file=sys.stderr)
        return 2

    def check() -> int:
        return _check(options.project, options.today or today(), options.format, options.lang)

    if not options.watch:
        return check()
    return watch(check, lambda: _stamps(options.project), lambda: _wait(options.lang))


def wait_until_sound(project: Path, day: date, lang: Language) -> None:
    """Tells what is wrong with the content and waits until it is mended; says nothing where all is well."""

    def errors() -> int:
        try:
            with _readings(project) as kept:
                load_site(project, day, "", kept=kept)
        except ContentError as error:
            print_problems(error.problems, project, lang)
            sys.stdout.flush()
            return 1
        return 0

    watch(errors, lambda: _stamps(project), lambda: _wait(lang), enough=lambda code: code == 0)


def watch(
    check: Callable[[], int],
    stamps: Callable[[], Hashable],
    wait: Callable[[], None],
    *,
    enough: Callable[[int], bool] = lambda _: False,
) -> int:
    """Checks now and whenever ``stamps`` gives something else, until a check's exit code is ``enough``.

    Otherwise it ends only by what ``wait`` raises, as Ctrl+C does.
    """
    seen: Hashable = None
    while True:
        found = stamps()
        if found != seen:
            code = check()
            if enough(code):
                return code
            seen = found
        wait()


def _wait(lang: Language) -> None:
    _say_once(_WORDS["watching"][lang])
    time.sleep(_PAUSE)


@cache
def _say_once(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _stamps(project: Path) -> Hashable:
    """What changes when a file is saved, added or removed."""
    found = []
    for folder in _WATCHED:
        for file in sorted((project / folder).rglob("*")):
            try:
                status = file.stat()
            except OSError:  # taken away while we looked
                continue
            found.append((file.as_posix(), status.st_mtime_ns, status.st_size))
    return tuple(found)


def _readings(project: Path) -> KeptReadings:
    """Gives what was read before; a file that stands as the last build left it is not even opened."""
    publication = Publication(project / "site")
    memory = publication.builds / MEMORY
    with suppress(OSError):  # what cannot be looked at is told by whoever reads it
        if memory.is_file():
            inputs = Inputs(project, publication.place, memory)
            inputs.state("")
            return KeptReadings(project, inputs.digests().get)
    return KeptReadings(project)


@uncollected()
def _check(project: Path, day: date, form: str, lang: Language) -> int:
    try:
        with _readings(project) as kept:
            _, problems = load_site(project, day, "", kept=kept)
    except ContentError as error:
        problems = error.problems
    {"text": print_problems, "json": _print_json, "github": _print_notes}[form](problems, project, lang)
    sys.stdout.flush()
    return 1 if problems.errors else 0


def _print_notes(problems: Problems, _: Path, lang: Language) -> None:
    for problem in problems:
        print(complaint_note(problem, lang))
    print_counts(problems.errors, problems.warnings, lang)


def _print_json(problems: Problems, project: Path, lang: Language) -> None:
    print(complaints_json(problems, lines_below(project), lang))
