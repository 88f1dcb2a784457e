"""Owns the flags that several commands share: whose project, which day, in which language."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path
from typing import Any


def add_project_flags(command: Any) -> None:
    """Adds the flags of a command that reads a project as of a day."""
    command.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")
    command.add_argument("--today", type=_day, help="coi hôm nay là ngày này (dd/mm/yyyy hoặc yyyy-mm-dd)")
    command.add_argument("--project", type=Path, default=Path(), help="thư mục của dự án")


def add_sample_flag(command: Any) -> None:
    """Adds the flag that leaves sample units out."""
    command.add_argument("--no-sample", action="store_true", help="bỏ đơn vị minh họa Xã Mẫu")


def _day(text: str) -> date:
    vietnamese = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        return date(*map(int, reversed(vietnamese.groups()))) if vietnamese else date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: dd/mm/yyyy, yyyy-mm-dd") from None
