"""The command ``campaign``: what an editor types, and what it answers.

Each command is a room below ``commands/`` with ``add`` (its place in the parser) and ``run`` (its work and exit code).
Exit codes: 0 fine, 1 content problems, 2 wrong use. Messages are Vietnamese unless ``--lang en`` is given.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from generators.adapters.environment import WrongDay
from generators.adapters.printing import print_problems
from generators.problems import ContentError, Language

COMMANDS = ("check", "build", "serve", "new", "form", "take", "report", "desk", "schema", "hosting", "links", "doctor",
            "rollback", "bench")  # fmt: skip
_STOPPED: dict[Language, str] = {"vi": "Đã dừng.", "en": "Stopped."}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    # Only the room that is asked for is opened: all of them together take longer to load than most have to do.
    rooms = _rooms(given[:1] if given and given[0] in COMMANDS else COMMANDS)
    options = _parser(rooms.values()).parse_args(given)
    try:
        code: int = rooms[options.command].run(options)
    except ContentError as error:
        print_problems(error.problems, options.project, options.lang)
        return 1
    except KeyboardInterrupt:
        print(_STOPPED[options.lang], file=sys.stderr)
        return 130  # what shells give for Ctrl+C
    except WrongDay as error:
        print(error, file=sys.stderr)
        return 2
    return code


def run() -> None:
    """Runs the command as a program; it speaks UTF-8 whatever the terminal's locale is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    sys.exit(main())


def _rooms(names: Iterable[str]) -> dict[str, Any]:
    return {name: import_module(f"generators.adapters.commands.{name}") for name in names}


def _parser(rooms: Iterable[Any]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="campaign", description="Bình dân học vụ số: kiểm tra và dựng trang.")
    commands = parser.add_subparsers(dest="command", required=True)
    for room in rooms:
        room.add(commands)
    return parser
