"""Holds `campaign report` to its promise: a file in each format, nothing overwritten, each refusal with its reason."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from generators.adapters.cli import main
from generators.adapters.commands import report
from generators.pipeline import load_site
from generators.problems import Problems
from generators.site import Site
from site_tests.conftest import ROOT
from site_tests.test_new import TODAY

MAGIC = {"docx": b"PK", "pdf": b"%PDF-", "md": "> **Số liệu minh họa**".encode()}


@dataclass(frozen=True)
class Desk:
    """The command in an empty folder, and what it said."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def report(self, *arguments: str) -> int:
        return main(["report", *arguments, "--project", str(ROOT), "--today", f"{TODAY:%d/%m/%Y}"])

    def said(self) -> str:
        captured = self.capture.readouterr()
        return captured.out + captured.err

    def files(self) -> list[str]:
        return sorted(file.relative_to(self.folder).as_posix() for file in self.folder.rglob("*") if file.is_file())


@pytest.fixture(scope="module")
def loaded() -> tuple[Site, Problems]:
    return load_site(ROOT, TODAY, "")


@pytest.fixture
def desk(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    loaded: tuple[Site, Problems],
) -> Desk:
    monkeypatch.setattr(report, "load_site", lambda *_: loaded)  # nothing changes, so once read is enough
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, capsys)


def test_every_format_becomes_a_file_with_the_name_of_unit_and_period(desk: Desk) -> None:
    assert desk.report("xa-mau", "2026-q3", "--format", "docx,pdf", "--format", "md") == 0
    names = [f"bao-cao-xa-mau-2026-q3.{ending}" for ending in ("docx", "md", "pdf")]
    assert desk.files() == names
    for name in names:
        assert (desk.folder / name).read_bytes().startswith(MAGIC[name.rpartition(".")[2]])
    assert desk.said().splitlines() == [f"Đã viết: {names[place]}" for place in (0, 2, 1)]


def test_two_runs_give_the_same_bytes(desk: Desk) -> None:
    for folder in ("a", "b"):
        assert desk.report("xa-mau", "2026-q3", "--format", "docx,pdf,md", "--output", folder) == 0
    for ending in ("docx", "pdf", "md"):
        name = f"bao-cao-xa-mau-2026-q3.{ending}"
        assert (desk.folder / "a" / name).read_bytes() == (desk.folder / "b" / name).read_bytes()


def test_a_unit_may_be_called_by_its_name_and_the_usual_format_is_word(desk: Desk) -> None:
    assert desk.report("Xã Hưng Nguyên Nam", "2026-Q4") == 0
    assert desk.files() == ["bao-cao-hung-nguyen-nam-2026-q4.docx"]
    assert "Kỳ 2026-q4 chưa có báo cáo của hung-nguyen-nam" in desk.said()


def test_a_file_that_is_there_stays_unless_forced(desk: Desk) -> None:
    kept = desk.folder / "bao-cao-xa-mau-2026-q3.md"
    kept.write_text("của tôi", encoding="utf-8")
    assert desk.report("xa-mau", "2026-q3", "--format", "docx,md") == 2
    assert "Đã có tệp bao-cao-xa-mau-2026-q3.md, nên không ghi đè" in desk.said()
    assert (desk.files(), kept.read_text(encoding="utf-8")) == ([kept.name], "của tôi")
    assert desk.report("xa-mau", "2026-q3", "--format", "md", "--force") == 0
    assert kept.read_bytes().startswith(MAGIC["md"])


def test_a_file_may_be_named_and_its_ending_chooses_the_format(desk: Desk) -> None:
    assert desk.report("xa-mau", "2026-q3", "--output", "gui/Quy 3.pdf") == 0
    assert desk.files() == ["gui/Quy 3.pdf"]
    assert (desk.folder / "gui/Quy 3.pdf").read_bytes().startswith(MAGIC["pdf"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("xa-mauu", "2026-q3"), 'Có phải "xa-mau"?'),
        (("xa-mau", "2026-q5"), 'PERIOD: "2026-q5" không phải kỳ báo cáo. Ví dụ đúng: 2025-11'),
        (("vinh-linh", "2026-q3"), 'Đơn vị "vinh-linh" đã thôi hoạt động từ ngày 01/07/2025'),
        (("xa-ben-quan", "2026-q3"), 'Đơn vị "xa-ben-quan" chưa có kế hoạch. Hãy gõ: campaign new plan'),
        (("xa-mau", "2026-q3", "--plan", "khac"), '--plan: "khac" không dùng được. Được dùng: xa-mau-2025.'),
        (("xa-mau", "2026-q3", "--format", "md,pdf", "--output", "a.md"), "--output a.md là một tệp"),
        (("xa-mau", "2026-q3", "--format", "pdf", "--output", "a.md"), "--output a.md không hợp với dạng pdf."),
    ],
)
def test_what_cannot_be_done_is_said(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    assert desk.report(*arguments) == 2
    assert said in desk.said()
    assert desk.files() == []


def test_what_cannot_be_done_is_said_in_english_too(desk: Desk) -> None:
    assert desk.report("vinh-linh", "2026-q3", "--lang", "en") == 2
    assert 'The unit "vinh-linh" ended on 1 July 2025' in desk.said()


def test_a_format_that_there_is_not_is_refused(desk: Desk) -> None:
    with pytest.raises(SystemExit) as stopped:
        desk.report("xa-mau", "2026-q3", "--format", "pdf,doc")
    assert stopped.value.code == 2
    assert '"doc": docx, xlsx, pdf, md' in desk.said()


def test_a_province_gathers_what_its_communes_say(desk: Desk) -> None:
    assert desk.report("tinh-quang-tri", "2026-q4", "--format", "md") == 0
    text = (desk.folder / "bao-cao-tinh-quang-tri-2026-q4.md").read_text(encoding="utf-8")
    assert "Có 5 đơn vị bên dưới, chưa đơn vị nào gửi số liệu của kỳ này." in text
    assert desk.said().strip() == "Đã viết: bao-cao-tinh-quang-tri-2026-q4.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    copy = tmp_path / "project"
    for folder in ("data", "content", "theme_overrides/assets/img"):
        shutil.copytree(ROOT / folder, copy / folder)
    return copy


def _report(project: Path, *arguments: str) -> int:
    out = str(project.parent / "out")
    return main(["report", *arguments, "--output", out, "--project", str(project), "--today", f"{TODAY:%d/%m/%Y}"])


def test_a_draft_does_not_count_and_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = project / "data/progress/2026-q3/xa-mau.yml"
    file.write_text(file.read_text(encoding="utf-8") + "draft: true\n", encoding="utf-8")
    assert _report(project, "xa-mau", "2026-q3", "--format", "md") == 0
    assert "Tệp data/progress/2026-q3/xa-mau.yml là bản nháp" in capsys.readouterr().err


def test_of_several_plans_one_is_chosen(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plans = project / "data/plans"
    own = (plans / "hung-nguyen-nam-2025.yml").read_text(encoding="utf-8")
    (plans / "hung-nguyen-nam-2027.yml").write_text(own, encoding="utf-8")
    assert _report(project, "hung-nguyen-nam", "2026-q4") == 2
    assert "--plan: hung-nguyen-nam-2025, hung-nguyen-nam-2027." in capsys.readouterr().err
    assert _report(project, "hung-nguyen-nam", "2026-q4", "--plan", "hung-nguyen-nam-2027") == 0


def test_a_historical_plan_is_not_reported_on(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = project / "data/plans/hung-nguyen-nam-2025.yml"
    text = file.read_text(encoding="utf-8").replace("status: in_force", "status: historical")
    file.write_text(text, encoding="utf-8")
    assert _report(project, "hung-nguyen-nam", "2026-q4") == 2
    assert "là văn bản lịch sử (hung-nguyen-nam-2025)" in capsys.readouterr().err


def test_a_broken_project_is_told_and_nothing_is_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = project / "data/units/xa-mau.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("level: sample", "level: samplee"), encoding="utf-8")
    assert _report(project, "xa-mau", "2026-q3") == 1
    assert "data/units/xa-mau.yml:" in capsys.readouterr().out
    assert not (project.parent / "out").exists()
