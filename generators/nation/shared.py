"""Owns what becomes of the files that the data set shares with the project that it is made from.

Real units, plans, reports, news and press figures stay behind, so nothing real can be taken for invented or the other
way round; whatever points at them goes too. The site's own name says what the copy is.
"""

from __future__ import annotations

import re

from generators.nation.voice import MARK

SITE_NAME = "Đo tốc độ: Bình dân học vụ số"
_LEFT_BEHIND = (
    "data/units/",
    "data/plans/",
    "data/progress/",
    "data/activities/",
    "data/praise/",
    "content/ke-hoach/",
    "content/en/plans/",
    "content/tin-tuc/",
)
_EMPTIED = frozenset({"data/press.yml", "data/moved.yml"})
_LINK = re.compile(r"\[([^\]]*)\]\(/(?:ke-hoach|en/plans|tien-do|en/progress)/[a-z0-9-]+/[^)]*\)")
_ENTRY = re.compile(r"^(?=- )", re.MULTILINE)
_POINTS_AT_REAL = re.compile(r"^  (?:plan|unit): ", re.MULTILINE)
_WATCHED = "  - generators/render/templates\n"
_NAME = re.compile(r"(?m)^name:\n(?:  .*\n)+")


def shared_text(path: str, text: str) -> str | None:
    """Gives what the file holds in the data set, or ``None`` for a file that stays behind."""
    if path.startswith(_LEFT_BEHIND):
        return None
    if path in _EMPTIED:
        return "[]\n"
    if path == "mkdocs.yml":
        return re.sub(r"(?m)^site_name: .*$", f'site_name: "{SITE_NAME}"', without_program(text))
    if path == "data/campaign.yml":
        return _NAME.sub(f'name:\n  vi: "{SITE_NAME}"\n  en: "Speed test: Digital Literacy for All"\n', text, count=1)
    if path in ("data/slogans.yml", "data/banners.yml"):
        return "".join(entry for entry in _ENTRY.split(text) if not _POINTS_AT_REAL.search(entry))
    return _LINK.sub(r"\1", text) if path.endswith(".md") else text


def without_program(settings: str) -> str:
    """Gives MkDocs' settings for a copy that has the content and not the program."""
    return settings.replace(_WATCHED, "")


def about_text(units: int, news: int, seed: int) -> str:
    """Gives the file that tells whoever finds the folder what it is."""
    return (
        f"# {SITE_NAME}\n\n{MARK}\n\n"
        f"Lệnh `campaign bench make --units {units} --news {news} --seed {seed}` đã viết thư mục này để đo xem trang\n"
        "dựng nhanh đến đâu. Chỉ tên và mã số đơn vị là chính thức (Quyết định 19/2025/QĐ-TTg). Mọi kế hoạch, con số,\n"
        "hoạt động và tin tức đều do máy ghép. Đừng đăng, đừng trích.\n"
    )
