"""Owns what is said about the runs: the least, middle and most of each case, ratios, the table and the JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

from generators.adapters.bench import CASES
from generators.adapters.bench.cases import NOT_INSTALLED, SMALL, LeftOut, Run
from generators.problems import Language
from generators.text import format_number

_MIB = 1024 * 1024
_NAMES: dict[str, dict[Language, str]] = {
    "cold": {"vi": "Dựng từ đầu, không có gì lưu sẵn", "en": "Full build, nothing kept"},
    "again": {"vi": "Dựng lại, không sửa gì", "en": "Build again, no change"},
    "figure": {"vi": "Dựng sau khi sửa một con số", "en": "Build after one figure"},
    "news": {"vi": "Dựng sau khi sửa một tin", "en": "Build after one news item"},
    "task": {"vi": "Dựng sau khi sửa một nhiệm vụ", "en": "Build after one task of a plan"},
    "live": {"vi": "Xem thử: từ lúc lưu một con số đến lúc có trang mới", "en": "Live: a saved figure until its page"},
    "check": {"vi": "Soát mọi tệp", "en": "Check of all files"},
    "floor": {"vi": "Chỉ chép lại chừng ấy tệp", "en": "Only writing the same files"},
    "hugo": {"vi": "Hugo, cùng số trang", "en": "Hugo, as many pages"},
    "mkdocs": {"vi": "MkDocs Material, cùng số trang", "en": "MkDocs Material, as many pages"},
}
_WORDS: dict[str, dict[Language, str]] = {
    "heads": {
        "vi": "Việc|Đơn vị|Giây (nhỏ nhất – lớn nhất)|CPU, giây|Bộ nhớ: một tiến trình / tất cả, MiB"
        "|Trang|Tệp|MiB|So với Hugo|So với MkDocs",
        "en": "Case|Units|Seconds (least – most)|CPU, seconds|Memory: one process / all, MiB|Pages|Files|MiB"
        "|To Hugo|To MkDocs",
    },
    "small": {"vi": "trang hiện nay", "en": "this site"},
    "machine": {
        "vi": "Máy: {cores} nhân, {processor}, {memory} GiB, {system}. Ngày {day}. "
        "Mỗi việc đo {repeat} lần, xen kẽ; số đứng đầu là số giữa. {builders}.",
        "en": "Machine: {cores} cores, {processor}, {memory} GiB, {system}. {day}. "
        "Each case was run {repeat} times, in turn; the first number is the middle one. {builders}.",
    },
    "linear": {
        "vi": "Dựng từ đầu: mỗi đơn vị tốn {small} ms khi có {few} đơn vị, {large} ms khi có {many}, "
        "tức là {ratio} lần.",
        "en": "Full build: each unit takes {small} ms with {few} units and {large} ms with {many}, "
        "{ratio} times as much.",
    },
    "left-out": {"vi": "Không đo {case} ({units}): {why}", "en": "Not measured, {case} ({units}): {why}"},
    NOT_INSTALLED: {
        "vi": "chưa cài, hãy gõ make .venv/.bench-ready",
        "en": "not installed, run make .venv/.bench-ready",
    },
}


@dataclass(frozen=True, slots=True)
class Summary:
    """All runs of one case at one size."""

    case: str
    units: int
    runs: tuple[Run, ...]

    def seconds(self, of: Callable[[Run], float]) -> tuple[float, float, float]:
        """Gives the least, the middle and the most of a number."""
        values = [of(run) for run in self.runs]
        return min(values), median(values), max(values)

    @property
    def wall(self) -> float:
        """The middle of the times on the wall."""
        return self.seconds(lambda run: run.account.wall)[1]


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that was measured in one go, on which day, from which seed."""

    day: date
    seed: int
    repeat: int
    summaries: tuple[Summary, ...]
    left_out: tuple[LeftOut, ...]

    def ratio(self, summary: Summary, rival: str) -> float | None:
        """Gives how many times as long a case took as the other builder did at the same size."""
        other = next((one for one in self.summaries if (one.case, one.units) == (rival, summary.units)), None)
        return summary.wall / other.wall if other and other.wall else None


def gathered(found: Iterable[Run | LeftOut], *, day: date, seed: int, repeat: int) -> Results:
    """Puts the runs together by size and case, in the order of the cases."""
    runs: dict[tuple[int, str], list[Run]] = {}
    left: dict[tuple[int, str], LeftOut] = {}
    for one in found:
        if isinstance(one, Run):
            runs.setdefault((one.units, one.case), []).append(one)
        else:
            left.setdefault((one.units, one.case), one)
    order = sorted(runs, key=lambda key: (key[0], CASES.index(key[1])))
    summaries = tuple(Summary(case, units, tuple(runs[units, case])) for units, case in order)
    return Results(day, seed, repeat, summaries, tuple(left.values()))


def table(results: Results, lang: Language) -> str:
    """Gives the results as a Markdown table, with the machine under it."""
    heads = _WORDS["heads"][lang].split("|")
    lines = [_row(heads), _row(["---", *["---:"] * (len(heads) - 1)])]
    lines += [_row(_cells(results, one, lang)) for one in results.summaries]
    machine = _machine()
    builders = ", ".join(f"{name} {number}" for name, number in machine["builders"].items())
    told = {**machine, "builders": builders, "day": f"{results.day:%d/%m/%Y}", "repeat": results.repeat}
    lines += ["", _WORDS["machine"][lang].format_map(told), *_linear(results, lang), *_left_out(results, lang)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(results: Results, one: Summary, lang: Language) -> list[str]:
    least, middle, most = one.seconds(lambda run: run.account.wall)
    cpu = one.seconds(lambda run: run.account.cpu)[1]
    largest = max(run.account.largest for run in one.runs)
    together = max(run.account.together for run in one.runs)
    last = one.runs[-1]
    ratios = [results.ratio(one, rival) if one.case != rival else None for rival in ("hugo", "mkdocs")]
    return [
        _NAMES[one.case][lang],
        _size(one.units, lang),
        f"{_seconds(middle, lang)} ({_seconds(least, lang)} – {_seconds(most, lang)})",
        _seconds(cpu, lang),
        f"{largest // _MIB} / {together // _MIB}" if together else f"{largest // _MIB}",
        _whole(last.pages, lang),
        _whole(last.files, lang),
        _whole(last.size // _MIB, lang) if last.files else "",
        *(f"× {_seconds(ratio, lang)}" if ratio else "" for ratio in ratios),
    ]


def _size(units: int, lang: Language) -> str:
    return _WORDS["small"][lang] if units == SMALL else format_number(units, lang)


def _seconds(value: float, lang: Language) -> str:
    return format_number(Decimal(value), lang, 2)


def _whole(value: int, lang: Language) -> str:
    return format_number(value, lang) if value else ""


def _linear(results: Results, lang: Language) -> Iterator[str]:
    cold = [one for one in results.summaries if one.case == "cold" and one.units != SMALL]
    if len(cold) > 1:
        few, many = cold[0], cold[-1]
        small, large = few.wall / few.units * 1000, many.wall / many.units * 1000
        prices = {"small": small, "large": large, "ratio": large / small}
        values = {name: _seconds(price, lang) for name, price in prices.items()}
        sizes = {"few": _size(few.units, lang), "many": _size(many.units, lang)}
        yield _WORDS["linear"][lang].format_map({**values, **sizes})


def _left_out(results: Results, lang: Language) -> Iterator[str]:
    for one in results.left_out:
        why = _WORDS[NOT_INSTALLED][lang] if one.why == NOT_INSTALLED else one.why
        case = _NAMES[one.case][lang]
        yield _WORDS["left-out"][lang].format(case=case, units=_size(one.units, lang), why=why)


def as_json(results: Results) -> dict[str, Any]:
    """Gives the results as plain data: seconds, bytes, and every single run."""
    return {
        "day": results.day.isoformat(),
        "seed": results.seed,
        "repeat": results.repeat,
        "machine": _machine(),
        "cases": [_case(results, one) for one in results.summaries],
        "left_out": [{"case": one.case, "units": one.units, "why": one.why} for one in results.left_out],
    }


def _case(results: Results, one: Summary) -> dict[str, Any]:
    numbers: dict[str, Callable[[Run], float]] = {
        "wall": lambda run: run.account.wall,
        "cpu": lambda run: run.account.cpu,
        "largest_process": lambda run: run.account.largest,
        "all_processes": lambda run: run.account.together,
    }
    last = one.runs[-1]
    return {
        "case": one.case,
        "units": one.units,
        **{name: _spread(one, of) for name, of in numbers.items()},
        "pages": last.pages,
        "files": last.files,
        "bytes": last.size,
        "to_hugo": results.ratio(one, "hugo"),
        "to_mkdocs": results.ratio(one, "mkdocs"),
    }


def _spread(one: Summary, of: Callable[[Run], float]) -> dict[str, Any]:
    least, middle, most = one.seconds(of)
    return {"min": least, "median": middle, "max": most, "runs": [of(run) for run in one.runs]}


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3),
        "system": f"{platform.system()} {platform.machine()}",
        "builders": {
            "Python": platform.python_version(),
            **{name: number for name in ("hugo", "mkdocs", "mkdocs-material") if (number := _version(name))},
        },
    }


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
