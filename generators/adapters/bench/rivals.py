"""Owns the projects of the other builders: our sheets as a Hugo project and as one of plain MkDocs Material.

Hugo gets a content file a page, its facts as JSON front matter (which it reads fastest), and draws tables and charts
with the templates in ``hugo/``. MkDocs has no templates for data: it gets Markdown in which tables and charts stand
ready. Both get the same facts, sentences and addresses, one simple layout or the plain theme, and no search.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from generators.adapters.bench.chart import chart
from generators.adapters.bench.sheets import Facts, Sheet

_HUGO = Path(__file__).parent / "hugo"
_LAYOUTS = {"list": "list-of-pages"}  # Hugo has a meaning of its own for "list"
_MKDOCS_SETTINGS = """\
site_name: Đo tốc độ
site_url: http://localhost:8000/
theme:
  name: material
  language: vi
  font: false
plugins: []
markdown_extensions: [attr_list, md_in_html, tables]
nav:
  - index.md
  - tien-do/index.md
  - ke-hoach/index.md
  - tin-tuc/index.md
validation:
  nav: {omitted_files: ignore}
  links: {absolute_links: ignore, unrecognized_links: ignore, not_found: ignore, anchors: ignore}
"""


def write_hugo(sheets: Iterable[Sheet], folder: Path) -> int:
    """Writes a Hugo project; gives the number of its pages."""
    shutil.copytree(_HUGO, folder)
    return _write(folder / "content", ((f"{_path(sheet)}.md", _hugo_page(sheet)) for sheet in sheets))


def write_mkdocs(sheets: Iterable[Sheet], folder: Path) -> int:
    """Writes a project of MkDocs Material; gives the number of its pages."""
    folder.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_MKDOCS_SETTINGS, encoding="utf-8")
    files = ((f"{sheet.address.strip('/')}/index.md".lstrip("/"), _markdown_page(sheet)) for sheet in sheets)
    return _write(folder / "docs", files)


def _write(root: Path, files: Iterator[tuple[str, str]]) -> int:
    count = 0
    for path, text in files:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        count += 1
    return count


def _path(sheet: Sheet) -> str:
    return sheet.address.strip("/") or "start"


def _hugo_page(sheet: Sheet) -> str:
    front = {
        "title": sheet.title,
        "url": sheet.address,
        "layout": _LAYOUTS.get(sheet.kind, sheet.kind),
        "lang": sheet.lang,
        "facts": sheet.facts,
    }
    return f"{json.dumps(front, ensure_ascii=False)}\n{sheet.body}"


def _markdown_page(sheet: Sheet) -> str:
    title = sheet.title.replace("\n", " ")
    parts = [f"# {title}", *_MARKDOWN[sheet.kind](sheet.facts, sheet.body)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _text(_: Facts, body: str) -> Iterator[str]:
    yield body


def _items(items: Iterable[Facts]) -> str:
    lines = (
        f"- [{one['title']}]({one['address']}) {one.get('date', '')} {one.get('summary', '')}".rstrip() for one in items
    )
    return "\n".join(lines)


def _bullets(texts: Iterable[Facts]) -> str:
    return "\n".join(f"- {one['text']} {_section(one)}".rstrip() for one in texts)


def _section(one: Facts) -> str:
    return f"(mục {one['section']})" if one.get("section") else ""


def _table(heads: tuple[str, ...], rows: Iterable[Iterable[object]]) -> str:
    lines = [_row(heads), _row("---" for _ in heads), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |"


def _list(facts: Facts, _: str) -> Iterator[str]:
    yield _items(facts["items"])


def _plan(facts: Facts, body: str) -> Iterator[str]:
    yield facts["summary"]
    yield f"- Đơn vị: {facts['unit']}\n- Cơ quan ban hành: {facts['issuer']}\n- Ngày: {facts['date']}"
    yield facts["scope"]
    yield body
    for title, key in (("Mục đích", "purpose"), ("Yêu cầu", "requirements"), ("Nội dung", "content")):
        yield f"## {title}"
        yield _bullets(facts[key])
    yield "## Chỉ tiêu"
    yield _table(
        ("Ai được tính", "Phải đạt điều gì", "Mức", "Năm", "Mục"),
        ((one["population"], one["statement"], one["level"], one["year"], one["section"]) for one in facts["targets"]),
    )
    yield "## Nhiệm vụ"
    yield _table(
        ("Việc", "Chủ trì", "Phối hợp", "Thời gian", "Mục"),
        (
            (one["text"], one["lead"], "; ".join(one["with"]), one["when"], one["section"])
            for one in facts["tasks"]
        ),
    )
    yield "## Mô hình"
    for one in facts["models"]:
        yield f"### {one['title']}"
        yield f"{one['text']} {one['lead']}"
        yield "\n".join(f"- {number}" for number in one["numbers"])
    yield "## Truyền thông"
    yield _bullets(facts["communication"])
    yield "## Báo cáo"
    yield "\n".join(f"- {one['who']} → {one['to']}. {one['text']}" for one in facts["reporting"])
    for title, key in (("Kinh phí", "funding"), ("Khen thưởng", "praise")):
        yield f"## {title}"
        yield _bullets(facts[key])
    yield "## Căn cứ"
    yield "\n".join(f"- {one['number']} {one['issuer']}. {one['title']}" for one in facts["based_on"])


_POINT_HEADS = (
    "Kỳ", "Kết quả", "Số đạt", "Trên", "Tình trạng", "Ngày báo cáo", "Nguồn", "Đã làm", "Minh chứng", "Khó khăn",
)  # fmt: skip


def _unit(facts: Facts, _: str) -> Iterator[str]:
    yield facts["note"]
    yield _items(facts["plans"])
    for one in facts["targets"]:
        yield f"## {one['title']}"
        yield f"{one['statement']} Mức phải đạt: {one['goal']}. {one['latest']} {one['state']}."
        yield f"<figure>{chart(one)}<figcaption>{one['title']}, mức phải đạt {one['goal']}</figcaption></figure>"
        yield _table(_POINT_HEADS, (_point(point) for point in one["points"]))
        yield "\n".join(f"- {fact['label']}: {fact['value']}" for fact in one["pace"])
    yield "## Công việc"
    yield _table(("Việc", "Tình trạng"), ((one["text"], one["status"]) for one in facts["tasks"]))
    yield "## Mô hình"
    counts = ((one["model"], one["measure"], one["value"]) for one in facts["counts"])
    yield _table(("Mô hình", "Đếm gì", "Số mới nhất"), counts)
    yield "## Báo cáo"
    duties = ((one["text"], one["due"], one["received"], one["state"]) for one in facts["duties"])
    yield _table(("Báo cáo", "Hạn", "Ngày nhận", "Tình trạng"), duties)
    if facts["below"]:
        yield "## Các đơn vị"
        yield _items(facts["below"])
    yield "## Tin tức"
    yield _items(facts["items"])


def _point(point: Facts) -> tuple[object, ...]:
    keys = ("period", "shown", "reached", "of", "state", "day", "source", "done")
    return (*(point[key] for key in keys), "; ".join(point["evidence"]), point["difficulties"])


def _activity(facts: Facts, _: str) -> Iterator[str]:
    yield facts["summary"]
    yield "\n".join(f"- {facts[key]}" for key in ("unit", "starts", "place", "contact"))


def _news(facts: Facts, body: str) -> Iterator[str]:
    yield facts["date"]
    yield facts["summary"]
    yield body
    if facts["figures"]:
        yield _table(
            ("Chỉ tiêu", "Kết quả", "Mức", "Tình trạng", "Minh chứng"),
            (
                (one["title"], one["shown"], one["goal"], one["state"], "; ".join(one["evidence"]))
                for one in facts["figures"]
            ),
        )
    yield f"Nguồn: {facts['source']}"
    yield _items(facts["units"])


_MARKDOWN = {"text": _text, "list": _list, "plan": _plan, "unit": _unit, "activity": _activity, "news": _news}
