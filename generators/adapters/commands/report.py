"""Owns ``campaign report``: one unit's report for one period, written as a file in each format that is asked for.

A file that is there stays, unless ``--force`` is given. A period without a report still gives the form with everything
that is known, and says so.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from generators.adapters.clock import today
from generators.adapters.commands.flags import add_project_flags
from generators.adapters.commands.unit_period import NotReportable, add_arguments, chosen
from generators.adapters.commands.words import MACHINE_REFUSED
from generators.pipeline import load_site
from generators.problems import Language
from generators.site import Site
from generators.telling.report_document import ReportDocument, report_document

_WORDS: dict[str, dict[Language, str]] = {
    "written": {"vi": "Đã viết: {path}", "en": "Written: {path}"},
    "exists": {
        "vi": "Đã có tệp {path}, nên không ghi đè. Muốn ghi đè thì thêm --force.",
        "en": "{path} is already there and is not overwritten. Add --force to overwrite it.",
    },
    "one-file": {
        "vi": "--output {path} là một tệp, mà báo cáo có nhiều dạng: {formats}. Hãy cho tên một thư mục.",
        "en": "--output {path} is one file, but the report has several formats: {formats}. Name a folder.",
    },
    "other-format": {
        "vi": "--output {path} không hợp với dạng {formats}.",
        "en": "--output {path} does not fit the format {formats}.",
    },
    "no-report": {
        "vi": "Kỳ {period} chưa có báo cáo của {unit}; bản này để chỗ cho bạn điền. Các kỳ đã có: {known}.",
        "en": "There is no report of {unit} for {period} yet; this one is to be filled in. Periods reported: {known}.",
    },
    "draft": {
        "vi": "Tệp {path} là bản nháp hoặc ghi ngày gửi sau hôm nay, nên chưa được tính. Xóa dòng draft rồi làm lại.",
        "en": "{path} is a draft or is dated after today, so it does not count yet. Remove the line draft and repeat.",
    },
    "none": {"vi": "chưa có kỳ nào", "en": "none"},
    "system": MACHINE_REFUSED,
}


def _word(report: ReportDocument) -> bytes:
    from generators.render.word_document import word_document

    return word_document(report.paper)


def _pdf(report: ReportDocument) -> bytes:
    from generators.render.paper_pdf import paper_pdf

    return paper_pdf(report.paper)


def _markdown(report: ReportDocument) -> bytes:
    from generators.render.paper_markdown import paper_markdown

    return paper_markdown(report.paper).encode("utf-8")


def _workbook(report: ReportDocument) -> bytes:
    from generators.render.paper_workbook import paper_workbook

    return paper_workbook(report.paper)


FORMATS: dict[str, Callable[[ReportDocument], bytes]] = {
    "docx": _word,
    "xlsx": _workbook,
    "pdf": _pdf,
    "md": _markdown,
}


class WrongUse(Exception):
    """Raised for flags that do not fit together, and for a file that is there; the text says which."""


def add(command: argparse.ArgumentParser) -> None:
    """Adds the flags."""
    add_arguments(command)
    names = ", ".join(FORMATS)
    command.add_argument(
        "--format", action="append", type=_formats, help=f"dạng tệp: {names}; nhiều dạng thì cách bằng dấu phẩy"
    )
    command.add_argument("--output", type=Path, help="tệp hoặc thư mục để ghi (mặc định: thư mục đang đứng)")
    command.add_argument("--force", action="store_true", help="ghi đè tệp đã có")
    add_project_flags(command)


def _formats(text: str) -> list[str]:
    found = [one.strip().lower().removeprefix(".") for one in text.split(",") if one.strip()]
    wrong = [one for one in found if one not in FORMATS]
    if wrong or not found:
        raise argparse.ArgumentTypeError(f'"{", ".join(wrong) or text}": {", ".join(FORMATS)}')
    return found


def run(options: argparse.Namespace) -> int:
    """Writes the files. Raises :class:`ContentError` when the project has errors."""
    lang: Language = options.lang
    site, _ = load_site(options.project, options.today or today(), "")
    try:
        about = chosen(site, options)
        report = report_document(site, about.unit, about.plan, about.period)
        targets = _targets(options, report)
        for name, target in targets.items():
            _put(target, FORMATS[name](report), force=options.force, lang=lang)
    except (NotReportable, WrongUse) as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(_say("system", lang, reason=str(error)), file=sys.stderr)
        return 2
    for target in targets.values():
        print(_say("written", lang, path=str(target)))
    _note_silence(site, report, lang)
    return 0


def _targets(options: argparse.Namespace, report: ReportDocument) -> dict[str, Path]:
    """Gives where each format goes; none of the files is there, unless they may be overwritten."""
    lang: Language = options.lang
    asked = list(dict.fromkeys(name for names in options.format or () for name in names))
    output: Path | None = options.output
    named = output.suffix.lower().removeprefix(".") if output and not output.is_dir() else ""
    if output and named in FORMATS:
        formats = asked or [named]
        if len(formats) > 1:
            raise WrongUse(_say("one-file", lang, path=str(output), formats=", ".join(formats)))
        if formats != [named]:
            raise WrongUse(_say("other-format", lang, path=str(output), formats=formats[0]))
        targets = {named: output}
    else:
        folder = output or Path()
        targets = {name: folder / f"{report.file_name}.{name}" for name in asked or ["docx"]}
    _refuse_existing(() if options.force else targets.values(), lang)
    return targets


def _refuse_existing(paths: Iterable[Path], lang: Language) -> None:
    for path in paths:
        if path.exists():
            raise WrongUse(_say("exists", lang, path=str(path)))


def _put(target: Path, content: bytes, *, force: bool, lang: Language) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("wb" if force else "xb") as handle:
            handle.write(content)
    except FileExistsError:
        raise WrongUse(_say("exists", lang, path=str(target))) from None


def _note_silence(site: Site, report: ReportDocument, lang: Language) -> None:
    """Says why a report has no figures of its own: its file is a draft that does not count yet, or there is none."""
    standing = report.standing
    if standing.report is not None or standing.plan is None:
        return
    path = f"data/progress/{standing.period.id}/{standing.unit.id}.yml"
    own = [one.period.id for one in site.dataset.reports if one.unit == standing.unit.id]
    if path in site.dataset.sources and standing.period.id not in own:
        print(_say("draft", lang, path=path), file=sys.stderr)
        return
    known = ", ".join(own) or _say("none", lang)
    words = _say("no-report", lang, period=standing.period.id, unit=standing.unit.id, known=known)
    print(words, file=sys.stderr)


def _say(key: str, lang: Language, **values: str) -> str:
    return _WORDS[key][lang].format_map(values)
