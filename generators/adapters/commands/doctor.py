"""Owns ``campaign doctor``: looks at the installation and says, line by line, what is well and what to mend."""

from __future__ import annotations

import argparse
from pathlib import Path

from generators.adapters import doctor


def add(command: argparse.ArgumentParser) -> None:
    """Adds the flags."""
    command.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")
    command.add_argument("--project", type=Path, default=Path(), help="thư mục của dự án")
    command.add_argument("--output", type=Path, help="thư mục đặt trang (mặc định: site)")


def run(options: argparse.Namespace) -> int:
    """Prints what was found; 1 when something must be mended."""
    place = (options.output or options.project / "site").resolve()
    return doctor.main(options.project, place, options.lang)
