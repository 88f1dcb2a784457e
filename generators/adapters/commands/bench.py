"""Owns ``campaign bench make``: writes the national data set by which speed is measured."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from generators.adapters.bench.maker import WrongFolder, make_nation
from generators.adapters.bench.official_list import ListMissing
from generators.problems import Language

_WORDS: dict[str, dict[Language, str]] = {
    "made": {
        "vi": "Đã viết bộ dữ liệu đo tốc độ: {units} đơn vị, {news} tin, ở {folder}",
        "en": "Written, the data set to measure by: {units} units, {news} news items, in {folder}",
    },
    "wrong-folder": {
        "vi": "Không ghi vào {folder}: thư mục này đã có tệp, hoặc nằm trong một dự án. Hãy chọn thư mục mới.",
        "en": "Not writing into {folder}: it holds files, or lies inside a project. Choose a new folder.",
    },
    "no-list": {
        "vi": "Chưa cài danh mục đơn vị hành chính (gói {package}), chỉ cần khi đo tốc độ. "
        "Hãy gõ: make .venv/.bench-ready",
        "en": "The list of communes (package {package}) is not installed; only measuring needs it. "
        "Run: make .venv/.bench-ready",
    },
    "system": {"vi": "Máy không cho làm việc này: {reason}", "en": "The machine refused: {reason}"},
}
ALL_UNITS, ALL_NEWS, SEED = 3355, 10_000, 7


def add(commands: Any) -> None:
    """Adds the command."""
    text = "đo tốc độ dựng trang"
    command = commands.add_parser("bench", help=text, description=text)
    parts = command.add_subparsers(dest="bench_part", required=True)
    text = "viết bộ dữ liệu cả nước để đo tốc độ"
    make = parts.add_parser("make", help=text, description=text)
    make.add_argument("--units", type=_count, default=ALL_UNITS, metavar="N", help="số đơn vị (cả nước: 3355)")
    make.add_argument("--news", type=_count, default=ALL_NEWS, metavar="M", help="số tin (mặc định: 10000)")
    make.add_argument("--seed", type=_count, default=SEED, metavar="S", help="cùng số này thì ra cùng dữ liệu")
    make.add_argument("--output", type=Path, metavar="FOLDER", help="thư mục mới (mặc định: dưới .cache/bench)")
    make.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")
    make.add_argument("--project", type=Path, default=Path(), help="thư mục của dự án")


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 6:
        raise argparse.ArgumentTypeError(f"{text}: 0–999999")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Writes the data set; 2 when the folder may not be written or the list of communes is not installed."""
    lang: Language = options.lang
    name = f"{options.units}-{options.news}-{options.seed}"
    folder: Path = options.output or options.project / ".cache" / "bench" / name
    try:
        units = make_nation(options.project, folder, options.units, options.news, options.seed)
    except WrongFolder as error:
        return _refuse("wrong-folder", lang, folder=str(error))
    except ListMissing as error:
        return _refuse("no-list", lang, package=str(error))
    except OSError as error:
        return _refuse("system", lang, reason=str(error))
    print(_WORDS["made"][lang].format(units=units, news=options.news, folder=folder))
    return 0


def _refuse(key: str, lang: Language, **values: str) -> int:
    print(_WORDS[key][lang].format_map(values), file=sys.stderr)
    return 2
