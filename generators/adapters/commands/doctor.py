"""Owns ``campaign doctor``: looks at the installation and says, line by line, what is well and what to mend."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from generators.adapters import doctor


def add(commands: Any) -> None:
    """Adds the command to the parser."""
    text = "khám xem máy này có dựng trang được không"
    command = commands.add_parser("doctor", help=text, description=text)
    command.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")
    command.add_argument("--project", type=Path, default=Path(), help="thư mục của dự án")
    command.add_argument("--output", type=Path, help="thư mục đặt trang (mặc định: site)")


def run(options: argparse.Namespace) -> int:
    """Prints what was found; 1 when something must be mended."""
    place = (options.output or options.project / "site").resolve()
    return doctor.main(options.project, place, options.lang)
