"""Owns ``campaign build``: publishes the site, or finds that the published one is made of just what there is."""

from __future__ import annotations

import argparse
import errno
import json
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generators.adapters.clock import today
from generators.adapters.commands.flags import add_project_flags, add_sample_flag
from generators.adapters.commands.words import MACHINE_REFUSED, NO_PROJECT
from generators.adapters.hands import HandFailed, Meanwhile
from generators.adapters.inputs import MEMORY, Inputs
from generators.adapters.printing import print_problems
from generators.adapters.publication import Publication
from generators.adapters.refusals import BrokenSite, WrongPlace
from generators.problems import ContentError, Language, Problem, Problems

if TYPE_CHECKING:
    from generators.adapters.publish import Built, Sources

_WORDS: dict[str, dict[Language, str]] = {
    "unchanged": {
        "vi": "Trang đang đăng vẫn giữ nguyên.",
        "en": "The published site has not been touched.",
    },
    "built": {"vi": "Đã dựng xong: {folder}", "en": "Built: {folder}"},
    "waiting": {
        "vi": "Một lần dựng khác đang chạy ở đây. Đang chờ nó xong. Bấm Ctrl+C để thôi.",
        "en": "Another build is at work here. Waiting for it to end. Press Ctrl+C to give up.",
    },
    "no-project": NO_PROJECT,
    "foreign-output": {
        "vi": "Không dựng vào {folder}: nơi này có tệp khác, không phải trang đã dựng. Hãy chọn thư mục khác.",
        "en": "Not building into {folder}: it holds other files than a built site. Choose another folder.",
    },
    "disk-full": {
        "vi": "Đĩa đầy, không đủ chỗ dựng trang. Hãy xóa bớt tệp rồi dựng lại.",
        "en": "The disk is full; there is no room for a build. Remove files and build again.",
    },
    "system": MACHINE_REFUSED,
}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_MOST_KEPT = 999
_MOST_WARNINGS = 40  # a screen or two; `campaign check` shows all


def add(command: argparse.ArgumentParser) -> None:
    """Adds the flags."""
    add_project_flags(command)
    add_sample_flag(command)
    command.add_argument("--output", type=Path, help="thư mục đặt trang (mặc định: site)")
    command.add_argument(
        "--keep", type=_count, default=1, metavar="N", help="giữ lại N bản trước để quay về (mặc định: 1)"
    )
    command.add_argument("--compress", action="store_true", help="kèm bản nén .br và .gz cho máy chủ")


def run(options: argparse.Namespace) -> int:
    """Builds, unless nothing has changed; 1 for content or a built tree at fault, 2 for wrong use or the machine."""
    output = (options.output or options.project / "site").resolve()
    publication = Publication(output, lambda: _complain("waiting", options.lang))
    try:
        with publication.alone():
            warnings = _build(options, publication)
    except ContentError:
        _complain("unchanged", options.lang)
        raise
    except OSError as error:
        _complain("disk-full" if error.errno in _NO_ROOM else "system", options.lang, reason=error)
        _complain("unchanged", options.lang)
        return 2
    if isinstance(warnings, int):
        return warnings
    if warnings.shown:
        print_problems(Problems(warnings.shown), options.project, options.lang, warnings.more)
    print(_WORDS["built"][options.lang].format(folder=output))
    return 0


@dataclass(frozen=True)
class _Warnings:
    """What a build warns of: the first warnings, and how many more there are."""

    shown: Sequence[Problem]
    more: int

    @classmethod
    def of(cls, problems: Problems) -> _Warnings:
        warnings = problems.warnings
        return cls(warnings[:_MOST_WARNINGS], max(0, len(warnings) - _MOST_WARNINGS))


def _build(options: argparse.Namespace, publication: Publication) -> _Warnings | int:
    """Gives the warnings, or the exit code of a failure that was told."""
    day = options.today or today()
    if not (options.project / "mkdocs.yml").is_file():
        _complain("no-project", options.lang, folder=options.project)
        return 2
    noted = publication.begin_look()
    inputs = Inputs(options.project, publication.place, publication.builds / MEMORY)
    asked = f"{day} {options.no_sample} {options.compress}"
    state = inputs.state(asked)
    if noted and noted.state == state and publication.still_stands(options.keep):
        return _told(noted.note)
    publication.expect_changes()
    with Meanwhile(lambda: _is_still(inputs, asked, state)) as unchanged:
        publication.on_made = unchanged.begin
        from generators.adapters import publish  # with all that renders: longer to load than to see no change

        sources = publish.Sources(inputs.digests(), inputs.program())
        built = _publish(options, publication, day, sources, _token(noted.note) if noted else "")
        if isinstance(built, int):
            return built
        warnings = _Warnings.of(built.problems)
        token = ""
        with suppress(OSError, sqlite3.Error):
            token = built.keep()
        with suppress(HandFailed):
            if unchanged.result():
                publication.note(state, _note(warnings, token))
    return warnings


def _is_still(inputs: Inputs, asked: str, state: str) -> bool:
    """Whether nobody has saved a file since; what the files hold is remembered."""
    same = inputs.state(asked) == state
    inputs.remember()
    return same


def _publish(
    options: argparse.Namespace, publication: Publication, day: date, sources: Sources, token: str
) -> Built | int:
    from generators.adapters import publish

    try:
        return publish.build_site(
            options.project,
            publication,
            day=day,
            sample=not options.no_sample,
            sources=sources,
            token=token,
            keep=options.keep,
            compress=options.compress,
        )
    except BrokenSite as error:
        print(error)
        _complain("unchanged", options.lang)
        return 1
    except WrongPlace as error:
        _complain(error.code, options.lang, folder=error.folder)
        return 2


def _note(warnings: _Warnings, token: str) -> str:
    shown = [asdict(one) for one in warnings.shown]
    return json.dumps({"warnings": shown, "more": warnings.more, "token": token})


def _told(note: str) -> _Warnings:
    told = json.loads(note)
    shown = [Problem(**{**one, "values": tuple(map(tuple, one["values"]))}) for one in told["warnings"]]
    return _Warnings(shown, told["more"])


def _token(note: str) -> str:
    """Gives what names the things kept with the published site; nothing where another program noted something else."""
    with suppress(ValueError, KeyError, TypeError):
        return str(json.loads(note)["token"])
    return ""


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > _MOST_KEPT:
        raise argparse.ArgumentTypeError(f"{text}: 0–{_MOST_KEPT}")
    return int(text)


def _complain(key: str, lang: Language, **values: object) -> None:
    print(_WORDS[key][lang].format_map(values), file=sys.stderr)
