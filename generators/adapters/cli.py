"""The command ``campaign``: what an editor types, and what it answers.

Exit codes: 0 fine, 1 content problems, 2 wrong use. Messages are Vietnamese unless ``--lang en`` is given.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from generators.adapters.clock import TODAY_VARIABLE, today
from generators.pipeline import load_site
from generators.problems import ContentError, Language, Problems, format_problems

_WORDS: dict[str, dict[Language, str]] = {
    "fine": {"vi": "Không có lỗi.", "en": "No errors."},
    "summary": {"vi": "{errors} lỗi, {warnings} lưu ý.", "en": "{errors} errors, {warnings} warnings."},
    "unchanged": {
        "vi": "Trang đang đăng vẫn giữ nguyên.",
        "en": "The published site has not been touched.",
    },
    "built": {"vi": "Đã dựng xong: {folder}", "en": "Built: {folder}"},
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code."""
    options = _parser().parse_args(arguments)
    if options.today:
        os.environ[TODAY_VARIABLE] = options.today.isoformat()
    command = {"check": _check, "build": _build, "serve": _serve}[options.command]
    return command(options)


def run() -> None:
    """Runs the command as a program."""
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
        command.add_argument("--today", type=date.fromisoformat, help="coi hôm nay là ngày này (yyyy-mm-dd)")
        command.add_argument("--project", type=Path, default=Path(), help="thư mục của dự án")
        if name != "check":
            command.add_argument("--no-sample", action="store_true", help="bỏ đơn vị minh họa Xã Mẫu")
        if name == "build":
            command.add_argument("--output", type=Path, help="thư mục đặt trang (mặc định: site)")
        if name == "serve":
            command.add_argument("--port", type=int, default=8000, help="cổng trên máy này")
    return parser


def _say(key: str, lang: Language, **values: object) -> str:
    return _WORDS[key][lang].format_map(values)


def _check(options: argparse.Namespace) -> int:
    problems, failed = _problems(options)
    _print_problems(problems, options.lang)
    return 1 if failed else 0


def _problems(options: argparse.Namespace) -> tuple[Problems, bool]:
    try:
        _, problems = load_site(options.project, today(), "")
    except ContentError as error:
        return error.problems, True
    return problems, False


def _print_problems(problems: Problems, lang: Language) -> None:
    if len(problems):
        print(format_problems(problems, lang))
        print(_say("summary", lang, errors=len(problems.errors), warnings=len(problems.warnings)))
    else:
        print(_say("fine", lang))


def _build(options: argparse.Namespace) -> int:
    from generators.adapters.publish import build_site

    problems, failed = _problems(options)
    if failed:
        _print_problems(problems, options.lang)
        print(_say("unchanged", options.lang), file=sys.stderr)
        return 1
    folder = build_site(options.project, options.output or options.project / "site", sample=not options.no_sample)
    print(_say("built", options.lang, folder=folder))
    return 0


def _serve(options: argparse.Namespace) -> int:
    from generators.adapters.publish import serve_site

    serve_site(options.project, options.port, sample=not options.no_sample)
    return 0
