"""What a unit's report for one period says. All expectations were worked out by hand from the records below."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generators.derive import derive
from generators.render.official_paper import Part, harmless
from generators.schema.plan import Plan
from generators.schema.progress import ProgressReport, read_period
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.report_document import ReportDocument, report_document
from generators.telling.report_rows import ReportRow
from site_tests import progress_records as make

TODAY = date(2026, 10, 1)


def _unit(unit_id: str, level: str, name: str, **more: Any) -> Unit:
    return Unit.model_validate({"id": unit_id, "level": level, "name": name, **more})


PROVINCE = _unit("tinh-b", "province", "Tỉnh B", province="nghe-an")
COMMUNE = _unit("xa-a", "commune", "Ủy ban nhân dân xã A, tỉnh B", short="Xã A", parent="tinh-b")
OFFICE = _unit("van-phong", "province-office", "Văn phòng B", parent="tinh-b")


def _task(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "section": "IV", "text": f"việc {name}", "lead": "Phòng Một", **more}


PLAN = make.plan(
    "ke-hoach-a",
    "xa-a",
    [
        make.target("cu-2025", "80%", "2025"),
        make.target("moi-2026", "90%", "2026"),
        make.target("xa-2027", "100%", "2027"),
        make.target("cho-2026", "500 người", "2026", group="traders", indicator="adults-digital-skills"),
        make.target("loi", None, None),
    ],
    title="Kế hoạch A",
    document={"number": "12/KH-UBND", "date": "05/03/2025"},
    tasks=[
        _task("lop-hoc", when={"text": "Thường xuyên"}, **{"with": ["đoàn xã", "các thôn"]}),
        _task("khao-sat"),
        _task("khen", lead=None),
    ],
    models=[{"model": "dai-su-so", "section": "V", "text": "lập mạng lưới"}],
)
FIRST = make.report(
    "xa-a", "2026-q1", make.reading("moi-2026", 40, 50), tasks=[{"task": "khao-sat", "status": "done"}]
)
SECOND = make.report(
    "xa-a",
    "2026-q2",
    make.reading("moi-2026", 45, 50, evidence=[{"text": "danh sách"}], done="mở ba lớp", proposals="thêm máy"),
    make.reading("cho-2026", state="withheld"),
    tasks=[{"task": "lop-hoc", "status": "in_progress", "difficulties": "thiếu\nthầy"}],
    models=[{"model": "dai-su-so", "measure": "ambassadors", "value": "1234"}],
    difficulties="mạng yếu\n\n  điện chập chờn",
    summary="một quý bận rộn",
)
THIRD = make.report("xa-a", "2026-q3", make.reading("moi-2026", 10, 50))


def _site(
    *reports: ProgressReport, units: tuple[Unit, ...] = (PROVINCE, COMMUNE, OFFICE), plans: tuple[Plan, ...] = (PLAN,)
) -> Site:
    data = replace(make.dataset(units, plans, reports), activities={}, news=(), narratives={}, press={})
    return Site(data, derive(data, TODAY), TODAY, "")


def _report(site: Site, unit: Unit, plan: Plan | None, period: str) -> ReportDocument:
    return report_document(site, unit, plan, read_period(period))


@pytest.fixture(scope="module")
def second() -> ReportDocument:
    """The second quarter, told after the third was reported too."""
    return _report(_site(FIRST, SECOND, THIRD), COMMUNE, PLAN, "2026-q2")


def _row(document: ReportDocument, name: str) -> ReportRow:
    return next(row for row in document.rows if row.id == name)


def _part(document: ReportDocument, place: int) -> Part:
    return document.paper.parts[place]


def test_rows_are_numbered_with_commas_in_groups(second: ReportDocument) -> None:
    assert [(row.number, row.kind, row.id) for row in second.rows] == [
        ("1", "group", ""),
        ("1,1", "target", "moi-2026"),
        ("1,2", "target", "cho-2026"),
        ("1,3", "target", "loi"),
        ("2", "group", ""),
        ("2,1", "task", "lop-hoc"),
        ("2,2", "task", "khao-sat"),
        ("2,3", "task", "khen"),
        ("3", "group", ""),
        ("3,1", "model", "dai-su-so"),
    ]


def test_the_columns_are_those_of_the_form(second: ReportDocument) -> None:
    assert second.columns == (
        "STT",
        "Tên nhiệm vụ",
        "Thời gian thực hiện",
        "Chỉ tiêu (Năm 2026)",
        "Công tác triển khai/phối hợp",
        "Kết quả thực hiện (Đính kèm tài liệu minh chứng)",
        "Đánh giá",
        "Khó khăn, vướng mắc",
        "Đề xuất, kiến nghị",
    )


def test_a_target_row_says_what_the_period_says_and_nothing_later(second: ReportDocument) -> None:
    assert _row(second, "moi-2026").cells == (
        "1,1",
        "cán bộ: biết làm",
        "Hết năm 2026",
        "90%\nCách đo: Biết làm",
        "mở ba lớp",
        "90% (45 trên 50)\nSố chính thức\nTăng 10 điểm phần trăm so với quý 1 năm 2026.\nMinh chứng: danh sách",
        "Đã đạt",
        "",
        "thêm máy",
    )


def test_what_has_no_figure_says_so_in_words(second: ReportDocument) -> None:
    assert (_row(second, "cho-2026").target, _row(second, "cho-2026").result) == (
        "500 người\nCách đo: Biết làm",
        "Chưa công bố",
    )
    words = _row(second, "loi")
    assert (words.time, words.target, words.result) == (
        "các năm sau",
        "Chỉ nói bằng lời\nCách đo: Biết làm",
        "Chưa có số liệu",
    )


def test_a_task_row_tells_now_earlier_and_never(second: ReportDocument) -> None:
    now, earlier, never = (_row(second, name) for name in ("lop-hoc", "khao-sat", "khen"))
    assert now.cells[2:] == (
        "Thường xuyên",
        "",
        "Chủ trì: Phòng Một\nPhối hợp: đoàn xã, các thôn",
        "Đang thực hiện",
        "",
        "thiếu\nthầy",
        "",
    )
    assert earlier.result == "Đã hoàn thành (quý 1 năm 2026)"
    assert (earlier.time, never.result) == ("Kế hoạch không ghi thời gian", "Chưa có báo cáo")
    assert never.work == "Kế hoạch không giao ai chủ trì"


def test_a_model_row_gives_its_counts(second: ReportDocument) -> None:
    assert _row(second, "dai-su-so").result == "Người hướng dẫn (Đại sứ số): 1.234 người."


def test_the_summary_counts_targets_and_tasks(second: ReportDocument) -> None:
    part = _part(second, 0)
    assert part.heading == "I. KẾT QUẢ CHUNG"
    assert part.paragraphs == (
        "một quý bận rộn",
        ("Trong 3 chỉ tiêu của kỳ này, 1 chỉ tiêu đã có số liệu và 1 chỉ tiêu đã đạt mức. "
        "Chưa có số liệu: Cán bộ biết làm. Chưa công bố số liệu: Người lớn biết làm (Tiểu thương), 2026. "
        "Trong 3 nhiệm vụ, 1 nhiệm vụ đã có báo cáo: 1 đang thực hiện."),
    )
    assert part.items == (
        ("Cán bộ biết làm, 2026: 90%, tức 45 trên 50, theo báo cáo quý 2 năm 2026 (số chính thức). "
        "Tăng 10 điểm phần trăm so với quý 1 năm 2026."),
    )


def test_difficulties_and_proposals_name_their_rows(second: ReportDocument) -> None:
    difficulties, proposals = _part(second, 1), _part(second, 2)
    assert difficulties.paragraphs == ("mạng yếu", "điện chập chờn")
    assert difficulties.items == ("Mục 2,1, Phụ lục: thiếu thầy",)
    assert (proposals.paragraphs, proposals.items) == ((), ("Mục 1,1, Phụ lục: thêm máy",))


def test_the_letter_stands_in_the_order_of_the_decree(second: ReportDocument) -> None:
    paper = second.paper
    assert (paper.country, paper.motto) == ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    assert (paper.superior, paper.agency) == ("", ("ỦY BAN NHÂN DÂN", "XÃ A"))
    assert paper.number == "Số: ……/BC-UBND"
    assert not any(character.isdigit() for character in paper.number + paper.place + "".join(paper.signature))
    assert paper.abstract == "Kết quả thực hiện Phong trào “Bình dân học vụ số” quý 2 năm 2026"
    assert paper.opening == (
        ("Thực hiện Kế hoạch A số 12/KH-UBND ngày 05 tháng 3 năm 2025, Ủy ban nhân dân xã A, tỉnh B báo cáo kết quả "
        "quý 2 năm 2026 như sau:"),
    )
    assert paper.closing.endswith("./.")
    assert paper.recipients == ("Ủy ban nhân dân tỉnh B (để báo cáo);", "Lưu: VT, …….")
    assert (paper.day, paper.mark) == (SECOND.reported_on, "")
    assert second.file_name == "bao-cao-xa-a-2026-q2"


def test_an_office_stands_below_the_committee_of_its_province() -> None:
    plan = make.plan("ke-hoach-v", "van-phong", [make.target("a")])
    paper = _report(_site(plans=(plan,)), OFFICE, plan, "2026").paper
    assert (paper.superior, paper.agency) == ("ỦY BAN NHÂN DÂN TỈNH B", ("VĂN PHÒNG B",))
    assert paper.number == "Số: ……/BC-……"


@pytest.mark.parametrize(
    ("name", "lines", "in_a_sentence"),
    [
        ("Xã C", ("ỦY BAN NHÂN DÂN", "XÃ C"), "Ủy ban nhân dân xã C"),
        ("UBND phường Thử", ("ỦY BAN NHÂN DÂN", "PHƯỜNG THỬ"), "Ủy ban nhân dân phường Thử"),
        ("Uỷ ban nhân dân Xã Đ, tỉnh B", ("ỦY BAN NHÂN DÂN", "XÃ Đ"), "Ủy ban nhân dân Xã Đ, tỉnh B"),
    ],
)
def test_a_committee_is_told_from_its_place(name: str, lines: tuple[str, ...], in_a_sentence: str) -> None:
    unit = _unit("noi-nay", "commune", name, province="nghe-an")
    plan = make.plan("kh", "noi-nay", [make.target("a")])
    paper = _report(_site(units=(PROVINCE, unit), plans=(plan,)), unit, plan, "2026").paper
    assert (paper.agency, paper.recipients[0]) == (lines, "Ủy ban nhân dân tỉnh B (để báo cáo);")
    assert f", {in_a_sentence} báo cáo" in paper.opening[0]


def test_without_a_report_the_form_stands_there_to_be_filled() -> None:
    document = _report(_site(FIRST), COMMUNE, PLAN, "2026-q2")
    assert {row.result for row in document.rows if row.kind == "target"} == {"Chưa có số liệu"}
    assert [_row(document, name).result for name in ("lop-hoc", "khao-sat")] == [
        "Chưa có báo cáo",
        "Đã hoàn thành (quý 1 năm 2026)",
    ]
    assert _part(document, 0).paragraphs == (
        ("Kỳ này có 3 chỉ tiêu, chưa chỉ tiêu nào có số liệu. "
        "Có 3 nhiệm vụ, chưa nhiệm vụ nào có báo cáo trong kỳ này."),
    )
    assert _part(document, 1).paragraphs == ("Chưa có báo cáo về khó khăn, vướng mắc.",)
    assert "0" not in "".join(row.result for row in document.rows if row.kind != "task")
    assert document.paper.day == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("period", "asked"),
    [
        ("2024", ["cu-2025", "cho-2026", "loi"]),
        ("2025-q4", ["cu-2025", "cho-2026", "loi"]),
        ("2026-q1", ["moi-2026", "cho-2026", "loi"]),
        ("2027", ["xa-2027", "cho-2026", "loi"]),
        ("2030", ["xa-2027", "cho-2026", "loi"]),
    ],
)
def test_of_each_indicator_the_next_target_due_is_asked_about(period: str, asked: list[str]) -> None:
    document = _report(_site(), COMMUNE, PLAN, period)
    assert [row.id for row in document.rows if row.kind == "target"] == asked


def test_the_years_of_all_targets_stand_over_their_column() -> None:
    assert _report(_site(), COMMUNE, PLAN, "2025-q4").columns[3] == "Chỉ tiêu (Năm 2025/2026)"


def test_a_year_gathers_the_last_words_of_its_quarters_and_nothing_of_other_years() -> None:
    last_year = make.report("xa-a", "2025-q4", make.reading("loi", 5, 10))
    document = _report(_site(last_year, FIRST, SECOND, THIRD), COMMUNE, PLAN, "2026")
    assert _row(document, "moi-2026").result == (
        "20% (10 trên 50)\nSố chính thức (quý 3 năm 2026)\nGiảm 70 điểm phần trăm so với quý 2 năm 2026."
    )
    assert _row(document, "cho-2026").result == "Chưa công bố (quý 2 năm 2026)"
    assert _row(document, "loi").result == "Chưa có số liệu"
    assert [_row(document, name).result for name in ("lop-hoc", "khao-sat", "khen")] == [
        "Đang thực hiện (quý 2 năm 2026)",
        "Đã hoàn thành (quý 1 năm 2026)",
        "Chưa có báo cáo",
    ]
    assert _row(document, "dai-su-so").result == "Người hướng dẫn (Đại sứ số): 1.234 người (quý 2 năm 2026)."


@pytest.mark.parametrize(
    ("every", "done_in", "result"),
    [
        (None, "2025-q1", "Đã hoàn thành (quý 1 năm 2025)"),
        ("week", "2026-q1", "Chưa có báo cáo"),
        ("quarter", "2026-q1", "Chưa có báo cáo"),
        ("quarter", "2026-04", "Đã hoàn thành (tháng 4 năm 2026)"),
        ("year", "2026-q1", "Đã hoàn thành (quý 1 năm 2026)"),
        ("year", "2025", "Chưa có báo cáo"),
    ],
)
def test_a_task_that_comes_again_is_done_in_its_own_round_only(every: str | None, done_in: str, result: str) -> None:
    plan = make.plan("kh", "xa-a", [make.target("a")], tasks=[_task("viec", when={"text": "…", "every": every})])
    done = make.report("xa-a", done_in, tasks=[{"task": "viec", "status": "done"}])
    assert _row(_report(_site(done, plans=(plan,)), COMMUNE, plan, "2026-q2"), "viec").result == result


def test_the_years_own_word_comes_before_that_of_its_quarters() -> None:
    year = make.report("xa-a", "2026", make.reading("moi-2026", state="withheld"), on="2026-09-30")
    document = _report(_site(FIRST, SECOND, year), COMMUNE, PLAN, "2026")
    assert _row(document, "moi-2026").result == "Chưa công bố"
    assert _report(_site(FIRST, SECOND, year), COMMUNE, PLAN, "2026-q2").rows[1].result.startswith("90%")


def test_a_quarter_knows_nothing_of_its_year() -> None:
    year = make.report("xa-a", "2026", make.reading("moi-2026", 50, 50), on="2026-09-30")
    assert _row(_report(_site(year), COMMUNE, PLAN, "2026-q4"), "moi-2026").result == "Chưa có số liệu"


def _communes(*reports: ProgressReport) -> ReportDocument:
    units = [_unit(name, "commune", f"Xã {name[-1].upper()}", province="nghe-an") for name in ("xa-a", "xa-c", "xa-d")]
    plans = [make.plan(f"kh-{unit.id}", unit.id, [make.target("muc")]) for unit in units]
    return _report(_site(*reports, units=(PROVINCE, *units), plans=tuple(plans)), PROVINCE, None, "2026-q2")


def test_a_province_adds_up_what_its_communes_say_of_this_period() -> None:
    document = _communes(
        make.report("xa-a", "2026-q2", make.reading("muc", 30, 40)),
        make.report("xa-c", "2026-05", make.reading("muc", 10, 60)),
        make.report("xa-d", "2026-q1", make.reading("muc", 99, 100)),
    )
    assert [(row.number, row.kind) for row in document.rows] == [("1", "group"), ("1,1", "below")]
    assert document.rows[1].result == (
        "40%\n2 trên 3 đơn vị đã báo cáo. Cộng lại: 40 trên 100, tức 40% (từ 2 đơn vị có số người). "
        "Chưa có số liệu: Xã D."
    )
    assert _part(document, 0).paragraphs == (
        "2 trên 3 đơn vị bên dưới đã gửi số liệu của kỳ này. Chưa có số liệu: Xã D.",
    )
    annex = document.paper.annexes[1]
    assert (document.paper.annexes[0].label, annex.label) == ("Phụ lục I", "Phụ lục II")
    assert annex.table.columns[:4] == ("Chỉ số", "Đơn vị", "Con số", "Số người đã đếm")
    assert [row[:4] for row in annex.table.rows] == [
        ("Cán bộ biết làm", "Xã A", "75%", "30 trên 40"),
        ("Cán bộ biết làm", "Xã C", "16,67%", "10 trên 60"),
        ("Cán bộ biết làm", "Xã D", "Chưa có số liệu", ""),
    ]
    assert document.paper.opening[0].startswith("Ủy ban nhân dân tỉnh B tổng hợp kết quả")


def test_where_no_commune_reports_nothing_is_added_up() -> None:
    document = _communes()
    assert document.rows[1].result == (
        "Chưa đơn vị nào trong 3 đơn vị gửi báo cáo. Chưa có số liệu: Xã A, Xã C và Xã D."
    )
    assert _part(document, 0).items == ()


def test_a_sample_says_so() -> None:
    sample = _unit("xa-mau", "sample", "Ủy ban nhân dân Xã Mẫu", sample=True)
    plan = make.plan("kh-mau", "xa-mau", [make.target("a")])
    assert _report(_site(units=(sample,), plans=(plan,)), sample, plan, "2026").paper.mark == "Số liệu minh họa"


def test_harmful_characters_are_left_out_of_everything() -> None:
    dirty = "a\x00b\x0bc\u202ed\u2066e\ud800f\x85g\ufeffh\tk\nl"
    plan = make.plan("kh", "xa-a", [make.target("a")])
    plan = plan.model_copy(update={"title": plan.title.model_copy(update={"vi": dirty})})
    paper = _report(_site(plans=(plan,)), COMMUNE, plan, "2026").paper
    assert "abcdefgh k\nl" in paper.opening[0]
    assert harmless((dirty, frozenset({1}), Part(dirty))) == (
        "abcdefgh k\nl",
        frozenset({1}),
        Part("abcdefgh k\nl"),
    )
