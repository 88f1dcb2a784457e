"""Owns ``campaign serve``: the site on this machine, following each edit."""

from __future__ import annotations

import argparse
import logging
import sys

from generators.adapters.clock import today
from generators.adapters.commands.check import wait_until_sound
from generators.adapters.commands.flags import add_project_flags, add_sample_flag
from generators.adapters.commands.words import MACHINE_REFUSED, NO_PROJECT
from generators.adapters.environment import fixed_today
from generators.adapters.publish import serve_site
from generators.adapters.refusals import BrokenSite, WrongPlace, refuse_wrong_project
from generators.problems import Language

_WORDS: dict[str, dict[Language, str]] = {
    "serving": {
        "vi": "Trang sẽ mở ở http://127.0.0.1:{port}/ và tự cập nhật khi sửa tệp. Bấm Ctrl+C để dừng.",
        "en": "The site will open at http://127.0.0.1:{port}/ and follow each edit. Press Ctrl+C to stop.",
    },
    "no-project": NO_PROJECT,
    "system": MACHINE_REFUSED,
}
_LAST_PORT = 65_535


def add(command: argparse.ArgumentParser) -> None:
    """Adds the flags."""
    add_project_flags(command)
    add_sample_flag(command)
    command.add_argument("--port", type=_port, default=8000, help="cổng trên máy này")


def run(options: argparse.Namespace) -> int:
    """Serves until interrupted; 1 when the first build fails, 2 for wrong use or a port that is taken."""
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    logging.getLogger("mkdocs").setLevel(logging.INFO)
    fixed_today()  # a wrong CAMPAIGN_TODAY is wrong use; inside a build it would pass for a fault of the content
    try:
        refuse_wrong_project(options.project)
        wait_until_sound(options.project, options.today or today(), options.lang)
        print(_WORDS["serving"][options.lang].format(port=options.port), flush=True)
        serve_site(options.project, options.port, day=options.today, sample=not options.no_sample)
    except BrokenSite as error:
        print(error)
        return 1
    except WrongPlace as error:
        print(_WORDS["no-project"][options.lang].format(folder=error.folder), file=sys.stderr)
        return 2
    except OSError as error:  # a port that is taken, above all
        print(_WORDS["system"][options.lang].format(reason=error), file=sys.stderr)
        return 2
    return 0


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= _LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text}: 1–{_LAST_PORT}")
    return int(text)
