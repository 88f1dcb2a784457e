"""The command ``campaign``: what an editor types, and what it answers.

Each command is a room below ``commands/`` with ``add`` (its flags) and ``run`` (its work and exit code).
Exit codes: 0 fine, 1 content problems, 2 wrong use. Messages are Vietnamese unless ``--lang en`` is given.
"""

from __future__ import annotations

import argparse
import gc
import io
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from generators.adapters.environment import WrongDay
from generators.adapters.printing import print_problems
from generators.problems import ContentError, Language

COMMANDS = {
    "check": "đọc và kiểm tra mọi tệp",
    "build": "dựng trang",
    "serve": "xem thử, tự cập nhật khi sửa tệp",
    "new": "viết một tệp mới, có sẵn những gì đã biết",
    "form": "lập biểu bảng tính để nhập báo cáo một kỳ",
    "take": "lấy báo cáo từ biểu bảng tính đã điền",
    "report": "lập báo cáo của một đơn vị trong một kỳ, theo mẫu văn bản hành chính",
    "desk": "mở bàn soạn thảo trong trình duyệt",
    "schema": "viết lại JSON Schema và bảng tra các khóa theo bản ghi",
    "hosting": "viết lại cấu hình máy chủ trong deploy/",
    "links": "soát các liên kết ra ngoài trang; cần mạng",
    "doctor": "khám xem máy này có dựng trang được không",
    "rollback": "đưa trang về một bản đã dựng trước đó",
    "bench": "đo tốc độ dựng trang",
}
_NEW_THINGS = 20_000  # made before the collector looks for cycles among them; after every 700 it takes a tenth of all
_STOPPED: dict[Language, str] = {"vi": "Đã dừng.", "en": "Stopped."}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    # Only the room that is asked for is opened: all of them together take longer to load than most have to do.
    asked = next((name for name in given if name in COMMANDS), "")
    room: Any = import_module(f"generators.adapters.commands.{asked}") if asked else None
    options = _parser(asked, room).parse_args(given)
    try:
        code: int = room.run(options)
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
    gc.set_threshold(_NEW_THINGS)
    code = main()
    gc.freeze()  # else the end of the process goes through all that was read once more, to find cycles
    sys.exit(code)


def _parser(asked: str, room: Any) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="campaign", description="Bình dân học vụ số: kiểm tra và dựng trang.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        if name == asked:
            room.add(command)
    return parser
