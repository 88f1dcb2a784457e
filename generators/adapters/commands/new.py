"""Owns ``campaign new``: asks for what only the editor knows, writes one new file, and says what comes next.

A file that is there is never overwritten. The new file is checked with the whole project before it stays: what it
would break is printed and the file is taken away again.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from generators.adapters.clock import today
from generators.adapters.commands.asking import Asker, NotAnswered
from generators.adapters.commands.flags import add_project_flags
from generators.adapters.commands.forms import FLAGS, FORMS, QUESTIONS, Form, NoPlan
from generators.adapters.printing import lines_below, print_each
from generators.pipeline import load_site
from generators.problems import ContentError, Language, Problem
from generators.scaffold.writing import NewFile

_HELP = {
    "unit": "thêm một đơn vị",
    "plan": "thêm một kế hoạch",
    "progress": "lập biểu báo cáo tiến độ một kỳ",
    "news": "viết một tin",
    "activity": "thêm một hoạt động",
}
_WORDS: dict[str, dict[Language, str]] = {
    "written": {"vi": "Đã viết: {path}", "en": "Written: {path}"},
    "exists": {
        "vi": "Đã có tệp {path}, nên không ghi đè. Hãy mở tệp ấy, hoặc chọn mã khác.",
        "en": "{path} is already there and is not overwritten. Open it, or choose another id.",
    },
    "refused": {
        "vi": "Chưa ghi {path}, vì nó sẽ làm sai trang:",
        "en": "{path} was not written, because it would break the site:",
    },
    "stopped": {"vi": "Đã dừng, chưa ghi gì.", "en": "Stopped, nothing was written."},
    "no-plan": {
        "vi": 'Đơn vị "{unit}" chưa có kế hoạch. Hãy gõ: campaign new plan --unit {unit}',
        "en": 'The unit "{unit}" has no plan yet. Run: campaign new plan --unit {unit}',
    },
}


def add(command: argparse.ArgumentParser) -> None:
    """Adds one subcommand for each kind of file."""
    kinds = command.add_subparsers(dest="file_kind", required=True)
    for kind, flags in FLAGS.items():
        kind_command = kinds.add_parser(kind, help=_HELP[kind], description=_HELP[kind])
        for flag in flags:
            name = flag.removesuffix("*")
            question = QUESTIONS[name]["vi"].format(choices="…").replace("%", "%%")
            kind_command.add_argument(f"--{name}", action="append" if flag.endswith("*") else "store", help=question)
        add_project_flags(kind_command)


def run(options: argparse.Namespace) -> int:
    """Writes the file. Raises :class:`ContentError` when the project has errors already."""
    day = options.today or today()
    site, _ = load_site(options.project, day, "")
    asker = Asker(options, options.lang, input if sys.stdin.isatty() else None, print)
    try:
        file, following = FORMS[options.file_kind](Form(site, asker, day))
    except NotAnswered as error:
        print(error, file=sys.stderr)
        return 2
    except NoPlan as error:
        print(_say("no-plan", options.lang, unit=str(error)), file=sys.stderr)
        return 2
    except EOFError:
        print(f"\n{_say('stopped', options.lang)}", file=sys.stderr)
        return 2
    return _put(options, day, file, following)


def _put(options: argparse.Namespace, day: date, file: NewFile, following: str) -> int:
    target: Path = options.project / file.path
    lang: Language = options.lang
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as handle:
            handle.write(file.text)
    except FileExistsError:
        print(_say("exists", lang, path=file.path), file=sys.stderr)
        return 2
    faults = _faults(options.project, day)
    if faults:
        print(_say("refused", lang, path=file.path), file=sys.stderr)
        print_each(faults, lines_below(options.project), lang, sys.stderr)
        target.unlink()
        return 1
    print(_say("written", lang, path=file.path))
    print(following)
    return 0


def _faults(project: Path, day: date) -> list[Problem]:
    """Gives the errors that the project has with the new file; without it there were none."""
    try:
        load_site(project, day, "")
    except ContentError as error:
        return error.problems.errors
    return []


def _say(key: str, lang: Language, **values: str) -> str:
    return _WORDS[key][lang].format_map(values)
