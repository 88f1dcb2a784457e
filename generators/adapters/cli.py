"""The command ``campaign``: what an editor types, and what it answers.

Exit codes: 0 fine, 1 content problems, 2 wrong use. Messages are Vietnamese unless ``--lang en`` is given.
"""

from __future__ import annotations

import argparse
import errno
import io
import logging
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from generators.adapters.clock import today
from generators.adapters.commands import check, desk, doctor, form, hosting, links, new, report, rollback, schema, take
from generators.adapters.environment import WrongDay, fixed_today
from generators.adapters.printing import print_problems
from generators.adapters.publication import Publication
from generators.problems import ContentError, Language

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
    "serving": {
        "vi": "Trang sẽ mở ở http://127.0.0.1:{port}/ và tự cập nhật khi sửa tệp. Bấm Ctrl+C để dừng.",
        "en": "The site will open at http://127.0.0.1:{port}/ and follow each edit. Press Ctrl+C to stop.",
    },
    "stopped": {"vi": "Đã dừng.", "en": "Stopped."},
    "no-project": {
        "vi": "Không thấy mkdocs.yml (với plugin campaign) trong {folder}. Hãy chạy lệnh trong thư mục của dự án.",
        "en": "There is no mkdocs.yml (with the plugin campaign) in {folder}. Run the command in the project folder.",
    },
    "no-content": {
        "vi": "Không thấy content và data trong {folder}. Hãy chạy lệnh trong thư mục của dự án.",
        "en": "There is neither content nor data in {folder}. Run the command in the project folder.",
    },
    "foreign-output": {
        "vi": "Không dựng vào {folder}: nơi này có tệp khác, không phải trang đã dựng. Hãy chọn thư mục khác.",
        "en": "Not building into {folder}: it holds other files than a built site. Choose another folder.",
    },
    "disk-full": {
        "vi": "Đĩa đầy, không đủ chỗ dựng trang. Hãy xóa bớt tệp rồi dựng lại.",
        "en": "The disk is full; there is no room for a build. Remove files and build again.",
    },
    "system": {"vi": "Máy không cho làm việc này: {reason}", "en": "The machine refused: {reason}"},
}

# Commands with a room of their own under commands/.
_ROOMS = {
    "desk": desk,
    "doctor": doctor,
    "form": form,
    "hosting": hosting,
    "links": links,
    "new": new,
    "report": report,
    "rollback": rollback,
    "schema": schema,
    "take": take,
}

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_LAST_PORT = 65_535
_MOST_KEPT = 999


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code."""
    options = _parser().parse_args(arguments)
    command = _COMMANDS[options.command]
    try:
        return command(options)
    except ContentError as error:
        print_problems(error.problems, options.project, options.lang)
        return 1
    except KeyboardInterrupt:
        _complain("stopped", options.lang)
        return 130  # what shells give for Ctrl+C
    except WrongDay as error:
        print(error, file=sys.stderr)
        return 2


def run() -> None:
    """Runs the command as a program; it speaks UTF-8 whatever the terminal's locale is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    sys.exit(main())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="campaign", description="Bình dân học vụ số: kiểm tra và dựng trang.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (
        ("check", "đọc và kiểm tra mọi tệp"),
        ("build", "dựng trang"),
        ("serve", "xem thử, tự cập nhật khi sửa tệp"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")
        command.add_argument("--today", type=_day, help="coi hôm nay là ngày này (dd/mm/yyyy hoặc yyyy-mm-dd)")
        command.add_argument("--project", type=Path, default=Path(), help="thư mục của dự án")
        if name == "check":
            check.add_flags(command)
        else:
            command.add_argument("--no-sample", action="store_true", help="bỏ đơn vị minh họa Xã Mẫu")
        if name == "build":
            command.add_argument("--output", type=Path, help="thư mục đặt trang (mặc định: site)")
            command.add_argument(
                "--keep", type=_count, default=1, metavar="N", help="giữ lại N bản trước để quay về (mặc định: 1)"
            )
            command.add_argument("--compress", action="store_true", help="kèm bản nén .br và .gz cho máy chủ")
        if name == "serve":
            command.add_argument("--port", type=_port, default=8000, help="cổng trên máy này")
    for module in _ROOMS.values():
        module.add(commands)
    return parser


def _day(text: str) -> date:
    vietnamese = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        return date(*map(int, reversed(vietnamese.groups()))) if vietnamese else date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: dd/mm/yyyy, yyyy-mm-dd") from None


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= _LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text}: 1–{_LAST_PORT}")
    return int(text)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > _MOST_KEPT:
        raise argparse.ArgumentTypeError(f"{text}: 0–{_MOST_KEPT}")
    return int(text)


def _say(key: str, lang: Language, **values: object) -> str:
    return _WORDS[key][lang].format_map(values)


def _complain(key: str, lang: Language, **values: object) -> None:
    print(_say(key, lang, **values), file=sys.stderr)


def _check(options: argparse.Namespace) -> int:
    if not any((options.project / part).is_dir() for part in ("content", "data")):
        _complain("no-content", options.lang, folder=options.project)
        return 2
    return check.run(options)


def _build(options: argparse.Namespace) -> int:
    from generators.adapters import publish

    output = (options.output or options.project / "site").resolve()
    publication = Publication(output, lambda: _complain("waiting", options.lang))
    try:
        problems = publish.build_site(
            options.project,
            publication,
            day=options.today,
            sample=not options.no_sample,
            keep=options.keep,
            compress=options.compress,
        )
    except ContentError:
        _complain("unchanged", options.lang)
        raise
    except publish.BrokenSite as error:
        print(error)
        _complain("unchanged", options.lang)
        return 1
    except publish.WrongPlace as error:
        _complain(error.code, options.lang, folder=error.folder)
        return 2
    except OSError as error:
        _complain("disk-full" if error.errno in _NO_ROOM else "system", options.lang, reason=error)
        _complain("unchanged", options.lang)
        return 2
    if len(problems):
        print_problems(problems, options.project, options.lang)
    print(_say("built", options.lang, folder=output))
    return 0


def _serve(options: argparse.Namespace) -> int:
    from generators.adapters import publish

    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    logging.getLogger("mkdocs").setLevel(logging.INFO)
    fixed_today()  # a wrong CAMPAIGN_TODAY is wrong use; inside a build it would pass for a fault of the content
    try:
        publish.refuse_wrong_project(options.project)
        check.wait_until_sound(options.project, options.today or today(), options.lang)
        print(_say("serving", options.lang, port=options.port), flush=True)
        publish.serve_site(options.project, options.port, day=options.today, sample=not options.no_sample)
    except publish.BrokenSite as error:
        print(error)
        return 1
    except publish.WrongPlace as error:
        _complain(error.code, options.lang, folder=error.folder)
        return 2
    except OSError as error:  # a port that is taken, above all
        _complain("system", options.lang, reason=error)
        return 2
    return 0


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "build": _build,
    "serve": _serve,
    **{name: room.run for name, room in _ROOMS.items()},
}
