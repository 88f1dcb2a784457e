"""Owns what the sheets of the form hold: their names, columns, headings and hints. The one truth for writer and reader.

The nine columns are those of Phụ lục II of the plan of Văn phòng UBND tỉnh Đồng Tháp; the sixth, the result, is split
into the parts that a record keeps apart. Words stand here and not in data/words.yml because a form that was sent out
must be readable later: a heading is the name by which its column is found again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["label", "text", "lines", "whole", "percent", "date", "choice"]

FORM = "bdhvs-progress"
VERSION = "1"

GUIDE_SHEET = "Hướng dẫn"
GENERAL_SHEET = "Thông tin chung"
REPORT_SHEET = "Phụ lục II"
MODELS_SHEET = "Mô hình"
PARTS_SHEET = "Chia nhỏ"
CORRECTIONS_SHEET = "Lần sửa"
ENGLISH_SHEET = "Tiếng Anh"
HIDDEN_SHEET = "bieu"
BETWEEN_NAMES = "|"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``id`` names the field that it holds, ``header`` is what people see and what it is found by.

    ``number`` is the column's number in Phụ lục II, ``group`` the heading over several columns, ``hint`` what shows
    beside a cell in which one types. A column without width is hidden. ``needed`` columns must be there to read back.
    """

    id: str
    header: str
    width: float
    kind: Kind = "label"
    hint: str = ""
    group: str = ""
    number: str = ""
    needed: bool = True

    @property
    def is_input(self) -> bool:
        """True where people type."""
        return self.kind != "label"


KEY = Column("key", "Mã dòng", 0, needed=False)
_RESULT = "Kết quả thực hiện (đính kèm tài liệu minh chứng)"
_WHOLE_HINT = "Ghi số nguyên, ví dụ: 412. Chưa có số thì để trống, không ghi 0."

GENERAL: tuple[Column, ...] = (
    KEY,
    Column("label", "Mục", 30),
    Column("value", "Nội dung", 70, "text"),
    Column("hint", "Cách ghi", 52, needed=False),
)

REPORT: tuple[Column, ...] = (
    KEY,
    Column("measure", "Mã cách đo", 0, needed=False),
    Column("number", "STT", 5.5, number="1", needed=False),
    Column("name", "Tên nhiệm vụ", 25, number="2", needed=False),
    Column("when", "Thời gian thực hiện", 12, number="3", needed=False),
    Column("goal", "Chỉ tiêu", 9.5, number="4", needed=False),
    Column("done", "Công tác triển khai, phối hợp", 22, "text", "Đã làm gì, với ai. Một hai câu.", number="5"),
    Column("before", "Kỳ trước", 14.5, group=_RESULT, number="6", needed=False),
    Column("reached", "Số đạt", 8.5, "whole", _WHOLE_HINT, _RESULT),
    Column("of", "Trên tổng số", 8.5, "whole", _WHOLE_HINT, _RESULT),
    Column(
        "percent",
        "Tỷ lệ %",
        9,
        "percent",
        "Chỉ ghi khi không có số đếm, ví dụ: 69,85%. Có số đạt và tổng số thì máy tự tính.",
        _RESULT,
    ),
    Column("state", "Tình trạng", 13, "choice", "Bấm mũi tên rồi chọn. Để trống khi số đã chốt.", _RESULT),
    Column(
        "why_lower", "Vì sao thấp hơn kỳ trước", 16, "text", "Chỉ ghi khi số thấp hơn kỳ trước mà vẫn đúng.", _RESULT
    ),
    Column(
        "evidence",
        "Tài liệu minh chứng",
        21,
        "lines",
        "Mỗi tài liệu một dòng (Alt+Enter để xuống dòng). Có địa chỉ thì ghi sau dấu |, ví dụ: Danh sách lớp | https://…",
        _RESULT,
    ),
    Column("assessment", "Đánh giá", 18, "text", "Tự đánh giá kết quả, một hai câu.", number="7"),
    Column("difficulties", "Khó khăn, vướng mắc", 18, "text", "Điều gì cản trở, một hai câu.", number="8"),
    Column("proposals", "Đề xuất, kiến nghị", 18, "text", "Đề nghị ai làm gì, một hai câu.", number="9"),
)

MODELS: tuple[Column, ...] = (
    KEY,
    Column("name", "Mô hình", 36, needed=False),
    Column("measure", "Đếm gì", 40, needed=False),
    Column("unit", "Đơn vị tính", 12, needed=False),
    Column("before", "Kỳ trước", 14, needed=False),
    Column("value", "Con số", 13, "whole", _WHOLE_HINT),
    Column("of", "Trên tổng số", 13, "whole", _WHOLE_HINT),
    Column("state", "Tình trạng", 18, "choice", "Bấm mũi tên rồi chọn. Để trống khi số đã chốt."),
    Column("note", "Ghi chú", 40, "text", "Điều cần biết thêm, ví dụ vì sao số giảm."),
)

PARTS: tuple[Column, ...] = (
    Column("target", "Chỉ tiêu", 50, "choice", "Bấm mũi tên rồi chọn chỉ tiêu."),
    Column("name", "Tên phần", 40, "text", "Ví dụ: Thôn 1."),
    Column("reached", "Số đạt", 14, "whole", _WHOLE_HINT),
    Column("of", "Trên tổng số", 14, "whole", _WHOLE_HINT),
)

CORRECTIONS: tuple[Column, ...] = (
    Column("target", "Chỉ tiêu", 50, "choice", "Bấm mũi tên rồi chọn chỉ tiêu."),
    Column("date", "Ngày sửa", 14, "date", "Ví dụ: 08/12/2025."),
    Column("reached", "Số đạt đã ghi trước đó", 16, "whole", _WHOLE_HINT),
    Column("of", "Tổng số đã ghi trước đó", 16, "whole", _WHOLE_HINT),
    Column("percent", "Tỷ lệ đã ghi trước đó", 16, "percent", "Ví dụ: 69,85%."),
    Column("reason", "Vì sao sửa", 50, "text", "Một câu cho người đọc trang."),
)

ENGLISH: tuple[Column, ...] = (
    KEY,
    Column("where", "Ở đâu", 40, needed=False),
    Column("vi", "Lời tiếng Việt", 60, needed=True),
    Column("en", "Lời tiếng Anh", 60, "text", "Cùng ý với lời tiếng Việt. Chưa có thì để trống."),
)

SHEETS: dict[str, tuple[Column, ...]] = {
    GENERAL_SHEET: GENERAL,
    REPORT_SHEET: REPORT,
    MODELS_SHEET: MODELS,
    PARTS_SHEET: PARTS,
    CORRECTIONS_SHEET: CORRECTIONS,
    ENGLISH_SHEET: ENGLISH,
}


@dataclass(frozen=True, slots=True)
class GeneralField:
    """One line of the sheet with what concerns the whole report; ``loc`` is where its value stands in the record."""

    key: str
    label: str
    kind: Kind
    loc: tuple[str, ...] = ()
    hint: str = ""


DRAFT, OFFICIAL = "Bản nháp", "Bản chính thức"
GENERAL_FIELDS: tuple[GeneralField, ...] = (
    GeneralField("unit", "Đơn vị", "label"),
    GeneralField("plan", "Kế hoạch", "label"),
    GeneralField("period", "Kỳ báo cáo", "label"),
    GeneralField("draft", "Bản nháp hay chính thức", "choice", ("draft",), "Bản nháp thì chưa lên trang."),
    GeneralField("reported_on", "Ngày gửi báo cáo", "date", ("reported_on",), "Phải có. Ví dụ: 08/12/2025."),
    GeneralField(
        "document",
        "Tên và số văn bản báo cáo",
        "text",
        ("source", "document"),
        "Phải có. Ví dụ: Báo cáo số 12/BC-UBND.",
    ),
    GeneralField("source_date", "Ngày của văn bản", "date", ("source", "date"), "Phải có. Ví dụ: 08/12/2025."),
    GeneralField(
        "source_url", "Địa chỉ của văn bản trên mạng", "text", ("source", "url"), "Nếu có. Bắt đầu bằng https://"
    ),
    GeneralField("summary", "Nói gọn cả kỳ", "text", ("summary",), "Nếu có. Một hai câu."),
    GeneralField("difficulties", "Khó khăn chung", "text", ("difficulties",), "Nếu có."),
    GeneralField("proposals", "Đề xuất chung", "text", ("proposals",), "Nếu có."),
)

# The columns of the report's table in which a task has nothing to say.
TARGET_ONLY = ("reached", "of", "percent", "why_lower")
