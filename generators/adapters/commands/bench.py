"""Owns ``campaign bench``: measures how fast sites are built, or writes the data set that is measured by."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from generators.adapters.bench import CASES
from generators.adapters.bench.cases import Ground, LeftOut, Run
from generators.adapters.bench.maker import WrongFolder, make_nation
from generators.adapters.bench.official_list import ListMissing
from generators.adapters.bench.results import as_json, gathered, table
from generators.adapters.clock import today
from generators.adapters.commands.words import MACHINE_REFUSED
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
    "no-project": {
        "vi": "Không thấy mkdocs.yml trong {folder}. Hãy chạy lệnh trong thư mục của dự án.",
        "en": "There is no mkdocs.yml in {folder}. Run the command in the project folder.",
    },
    "preparing": {"vi": "Đang chuẩn bị: {size}", "en": "Preparing: {size}"},
    "measured": {"vi": "  lần {round}: {case} {seconds} giây", "en": "  round {round}: {case} {seconds} s"},
    "failed": {"vi": "  lần {round}: {case} không đo được", "en": "  round {round}: {case} could not be measured"},
    "system": MACHINE_REFUSED,
}
_ALL_UNITS, _ALL_NEWS, _SEED = 3355, 10_000, 7
_SIZES = (0, 300, _ALL_UNITS)
_MOST = 999_999


def add(command: argparse.ArgumentParser) -> None:
    """Adds the flags and the part ``make``."""
    _add_common(command)
    command.add_argument(
        "--sizes", type=_counts, default=_SIZES, metavar="N,N", help="các cỡ, tính theo đơn vị; 0 là trang hiện nay"
    )
    command.add_argument("--repeat", type=_count, default=1, metavar="N", help="đo mỗi việc N lần, xen kẽ")
    command.add_argument("--cases", type=_cases, default=CASES, metavar="VIỆC,VIỆC", help=", ".join(CASES))
    command.add_argument("--json", type=Path, metavar="TỆP", help="ghi thêm kết quả vào tệp JSON")
    parts = command.add_subparsers(dest="bench_part")
    text = "viết bộ dữ liệu cả nước để đo tốc độ"
    make = parts.add_parser("make", help=text, description=text)
    _add_common(make)
    make.add_argument("--units", type=_count, default=_ALL_UNITS, metavar="N", help="số đơn vị (cả nước: 3355)")
    make.add_argument("--news", type=_count, default=_ALL_NEWS, metavar="M", help="số tin")
    make.add_argument("--output", type=Path, metavar="FOLDER", help="thư mục mới (mặc định: dưới .cache/bench)")


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--seed", type=_count, default=_SEED, metavar="S", help="cùng số này thì ra cùng dữ liệu")
    command.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ của thông báo")
    command.add_argument("--project", type=Path, default=Path(), help="thư mục của dự án")


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > _MOST:
        raise argparse.ArgumentTypeError(f"{text}: 0–{_MOST}")
    return int(text)


def _counts(text: str) -> tuple[int, ...]:
    return tuple(sorted({_count(part.strip()) for part in text.split(",")}))


def _cases(text: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in text.split(","))
    for name in names:
        if name not in CASES:
            raise argparse.ArgumentTypeError(f"{name}: {', '.join(CASES)}")
    return names


def run(options: argparse.Namespace) -> int:
    """Measures, or writes the data set; 2 when the place is wrong, a package is missing or the machine refuses."""
    lang: Language = options.lang
    if not (options.project / "mkdocs.yml").is_file():
        return _refuse("no-project", lang, folder=str(options.project))
    try:
        return _make(options) if options.bench_part else _measure(options)
    except WrongFolder as error:
        return _refuse("wrong-folder", lang, folder=str(error))
    except ListMissing as error:
        return _refuse("no-list", lang, package=str(error))
    except OSError as error:
        return _refuse("system", lang, reason=str(error))


def _refuse(key: str, lang: Language, **values: str) -> int:
    print(_WORDS[key][lang].format_map(values), file=sys.stderr)
    return 2


def _make(options: argparse.Namespace) -> int:
    name = f"{options.units}-{options.news}-{options.seed}"
    folder: Path = options.output or _work(options) / name
    units = make_nation(options.project, folder, options.units, options.news, options.seed)
    print(_WORDS["made"][options.lang].format(units=units, news=options.news, folder=folder))
    return 0


def _work(options: argparse.Namespace) -> Path:
    project: Path = options.project
    return project.resolve() / ".cache" / "bench"


def _measure(options: argparse.Namespace) -> int:
    work = _work(options) / "measuring"
    try:
        found = list(_runs(options, work))
    finally:
        shutil.rmtree(work, ignore_errors=True)
    results = gathered(found, day=today(), seed=options.seed, repeat=options.repeat)
    print(table(results, options.lang))
    if options.json:
        text = json.dumps(as_json(results), ensure_ascii=False, indent=2)
        options.json.write_text(f"{text}\n", encoding="utf-8")
    return 0


def _runs(options: argparse.Namespace, work: Path) -> Iterator[Run | LeftOut]:
    """Gives every run; the rounds go through all sizes in turn, so that a busy minute of the machine spoils no case."""
    grounds = [Ground(work, units) for units in options.sizes]
    for ground in grounds:
        _tell("preparing", options.lang, size=ground.units)
        ground.prepare(options.project, _news_of(ground.units), options.seed, options.cases)
    for number in range(1, options.repeat + 1):
        for ground in grounds:
            for one in ground.runs(options.cases):
                case = f"{one.case} ({one.units})"
                if isinstance(one, Run):
                    _tell("measured", options.lang, round=number, case=case, seconds=f"{one.account.wall:.2f}")
                else:
                    _tell("failed", options.lang, round=number, case=case)
                yield one


def _news_of(units: int) -> int:
    return round(_ALL_NEWS * units / _ALL_UNITS)


def _tell(key: str, lang: Language, **values: object) -> None:
    print(_WORDS[key][lang].format_map(values), file=sys.stderr, flush=True)
