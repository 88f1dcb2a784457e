"""A small official paper for tests of every format, and texts that try to be more than text. Holds no expectation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from generators.render.official_paper import Annex, OfficialPaper, Part, harmless
from generators.render.tables import Table

HOSTILE = (
    "<w:p><w:r><w:t>đoạn lạ</w:t></w:r></w:p>",
    "]]> <!-- & &amp; \" '",
    "#panic(\"typst\") $x$ #read(\"/etc/passwd\") @nhan <nhan> \\ `mã`",
    "# tiêu đề\n- mục | ô | *đậm* [nhãn](https://vi-du.example) <script>alert(1)</script>",
    "chữ dài không có chỗ ngắt " + "x" * 500,
    "điều khiển \x00\x08\x0b\x1f\x85, đảo chiều \u202egnort\u202c \u2066a\u2069",
    "biểu tượng 😀👩‍👩‍👧‍👦, chữ khác العربية, 漢字",
    "{place} %s {0} ${HOME}",
)

ANNEX = Annex(
    label="Phụ lục",
    title="BẢNG KẾT QUẢ",
    notes=("Kỳ báo cáo: quý 2 năm 2026",),
    table=Table(
        "BẢNG KẾT QUẢ",
        ("STT", "Tên", "Kết quả"),
        (
            ("1", "Nhóm", ""),
            ("1,1", "Cán bộ biết làm", "86,96%\nSố chính thức"),
            ("1,2", "Học sinh", "Chưa có số liệu"),
        ),
    ),
    widths=(1, 5, 4),
    groups=frozenset({0}),
)
PAPER = OfficialPaper(
    lang="vi",
    name="Kết quả quý 2: xã A",
    day=date(2026, 6, 30),
    country="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    motto="Độc lập - Tự do - Hạnh phúc",
    superior="",
    agency=("ỦY BAN NHÂN DÂN", "XÃ A"),
    number="Số: ……/BC-UBND",
    place="……, ngày …… tháng …… năm ……",
    kind="BÁO CÁO",
    abstract="Kết quả quý 2",
    opening=("Xã A báo cáo như sau:",),
    parts=(Part("I. KẾT QUẢ", ("Một đoạn.",), ("Điều một.", "Điều hai.")), Part("II. KHÓ KHĂN", ("Mạng yếu.",))),
    closing="Trên đây là báo cáo./.",
    recipients_title="Nơi nhận:",
    recipients=("Tỉnh B (để báo cáo);", "Lưu: VT."),
    signature=("CHỨC VỤ", "(Họ và tên)"),
    annexes=(ANNEX,),
    mark="",
)


def paper(**more: Any) -> OfficialPaper:
    """The small paper with some of its values replaced."""
    return replace(PAPER, **more)


def hostile_paper() -> OfficialPaper:
    """A paper that says the hostile texts in every place, made harmless as every report is."""
    rows = tuple((f"1,{place}", text, text) for place, text in enumerate(HOSTILE, 1))
    table = Table("BẢNG", ("STT", HOSTILE[0], HOSTILE[3]), rows)
    loud = Annex(HOSTILE[0], HOSTILE[3], (HOSTILE[1],), table, (1, 5, 4))
    parts = (Part(HOSTILE[3], HOSTILE, HOSTILE),)
    return harmless(
        paper(
            name=HOSTILE[0],
            superior=HOSTILE[1],
            agency=(HOSTILE[2], HOSTILE[6]),
            abstract=HOSTILE[0],
            opening=HOSTILE,
            parts=parts,
            recipients=HOSTILE,
            annexes=(loud,),
            mark=HOSTILE[5],
        )
    )
