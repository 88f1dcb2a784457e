"""Owns the first sheet of the form: how to fill it in, in words for somebody who has never seen it."""

from __future__ import annotations

from generators.render.workbook import Cell, Sheet
from generators.spreadsheet import look
from generators.spreadsheet.layout import (
    CORRECTIONS_SHEET,
    ENGLISH_SHEET,
    GENERAL_SHEET,
    GUIDE_SHEET,
    MODELS_SHEET,
    PARTS_SHEET,
    REPORT_SHEET,
)
from generators.spreadsheet.rows import FormOf

_STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Làm ba bước",
        (
            f"1. Mở trang “{GENERAL_SHEET}”: ghi ngày gửi, tên và ngày của văn bản.",
            f"2. Mở trang “{REPORT_SHEET}”: ghi số và lời vào ô màu vàng nhạt.",
            "3. Lưu tệp (giữ đuôi .xlsx) rồi gửi lại cho người phụ trách trang.",
        ),
    ),
    (
        "Ghi số",
        (
            "Có số đếm thì ghi “Số đạt” và “Trên tổng số”. Máy tự tính phần trăm.",
            "Chỉ có tỷ lệ thì ghi vào ô “Tỷ lệ %”, ví dụ: 69,85%.",
            "Chưa có số liệu thì để trống. Đừng ghi 0: số 0 nghĩa là đã đếm và không có ai.",
            "“Tình trạng” để trống nghĩa là số đã chốt. Số tạm tính, số ước tính thì chọn trong danh sách.",
            "Số thấp hơn kỳ trước mà đúng thì ghi lý do vào “Vì sao thấp hơn kỳ trước”.",
        ),
    ),
    (
        "Ghi lời",
        (
            "Mỗi ô một hai câu ngắn. Không ghi tên riêng của người dân khi họ chưa đồng ý.",
            "Tài liệu minh chứng: mỗi tài liệu một dòng. Bấm Alt+Enter để xuống dòng trong ô.",
            "Tài liệu có trên mạng thì ghi địa chỉ sau dấu |, ví dụ: Danh sách lớp học | https://…",
            "Nhiệm vụ nào không có gì để báo thì để trống cả dòng.",
        ),
    ),
    (
        "Các trang khác",
        (
            f"“{MODELS_SHEET}”: số lớp, số tổ, số người theo từng mô hình.",
            f"“{PARTS_SHEET}”: chia một con số theo thôn, trường hoặc nhóm. Không bắt buộc.",
            f"“{CORRECTIONS_SHEET}”: khi sửa một số đã đăng. Trang này chỉ có khi kỳ này đã có báo cáo.",
            f"“{ENGLISH_SHEET}”: lời tiếng Anh. Trang này chỉ có khi kỳ này đã có báo cáo.",
        ),
    ),
    (
        "Điều nên biết",
        (
            "Ô trắng và ô xám được khóa để không ai sửa nhầm.",
            "Cần sửa chúng thì vào Xem lại, Bỏ bảo vệ trang tính. Không có mật khẩu.",
            "Dời dòng, dời cột, chèn dòng trống đều được. Đừng đổi chữ ở hàng tiêu đề.",
            "Ghi sai thì máy nói rõ ô nào, vì sao. Sửa ô ấy rồi gửi lại, không mất gì.",
        ),
    ),
)


def guide_sheet(form: FormOf) -> Sheet:
    """Gives the sheet."""
    rows = [(Cell("Biểu báo cáo tiến độ Phong trào “Bình dân học vụ số”", look.TITLE),)]
    rows.append((Cell(f"{form.unit_name} · Kỳ báo cáo: {form.period_name}", look.SUBTITLE),))
    if form.mark:
        rows.append((Cell(form.mark, look.MARK),))
    for name, lines in _STEPS:
        rows += [(Cell(),), (Cell(name, look.GUIDE_HEAD),), *((Cell(line, look.GUIDE),) for line in lines)]
    return Sheet(GUIDE_SHEET, (82,), tuple(rows), landscape=False, footer="Trang &P/&N")
