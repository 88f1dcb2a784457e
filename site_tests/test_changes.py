"""After an edit only what has changed is made; where anything about the published site is doubtful, all of it is."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generators.adapters.cli import main
from generators.adapters.site_making import SiteMaker
from site_tests.small_project import lay_out_every_kind

pytestmark = pytest.mark.build


class Builds:
    """A project with a published site, and how many whole sites were made of it."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.site = project / "site"
        self.kept = project / ".site.builds"
        self.whole = 0

    def build(self, *flags: str, day: str = "2026-11-22") -> int:
        """Builds; gives how many whole sites that took."""
        before = self.whole
        assert main(["build", "--project", str(self.project), "--today", day, *flags]) == 0
        return self.whole - before

    def edit(self, text: str = "Một câu mới.") -> Path:
        """Adds a line to the text of a plan; gives the page that shows it."""
        story = next((self.project / "content/ke-hoach").glob("*.md"))
        with story.open("a", encoding="utf-8") as file:
            file.write(f"\n{text}\n")
        return self.site / "ke-hoach" / story.stem / "index.html"


@pytest.fixture
def builds(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builds:
    made = Builds(lay_out_every_kind(root, tmp_path))
    make = SiteMaker.make

    def counted(*given: object) -> object:
        made.whole += 1
        return make(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(SiteMaker, "make", counted)
    assert made.build() == 1
    return made


def stamps(folder: Path) -> dict[str, int]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in files}


def test_an_edit_changes_the_files_that_show_it_and_no_others(builds: Builds) -> None:
    before = stamps(builds.site)
    page = builds.edit("Một câu chưa từng có.")
    assert builds.build() == 0
    assert "Một câu chưa từng có." in page.read_text(encoding="utf-8")
    after = stamps(builds.site)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert page.relative_to(builds.site).as_posix() in changed
    assert all(path.startswith(("ke-hoach/", "search/")) for path in changed), changed


def test_no_text_may_lead_to_a_file_of_the_search_index(
    builds: Builds, capsys: pytest.CaptureFixture[str]
) -> None:
    """So nobody need search for who does, when such a file goes with an edit."""
    shard = next((builds.site / "search/vi/p").glob("*.json")).relative_to(builds.site).as_posix()
    builds.edit(f"[Tệp](/{shard})")
    assert main(["build", "--project", str(builds.project), "--today", "2026-11-22"]) == 1
    assert "[link-broken]" in capsys.readouterr().out


def test_edit_after_edit_needs_no_whole_site(builds: Builds) -> None:
    for number in range(3):
        page = builds.edit(f"Câu thứ {number}.")
        assert builds.build() == 0
        assert f"Câu thứ {number}." in page.read_text(encoding="utf-8")


def remove_search(builds: Builds) -> None:
    shutil.rmtree(builds.kept / "search")


def damage_parts(builds: Builds) -> None:
    (builds.kept / "parts.sqlite").write_bytes(b"SQLite format 3\0" + bytes(100))


def remove_parts(builds: Builds) -> None:
    (builds.kept / "parts.sqlite").unlink()


def touch_site(builds: Builds) -> None:
    (builds.site / "index.html").write_text("Ai đó đã sửa.", encoding="utf-8")


def return_to_earlier(builds: Builds) -> None:
    builds.edit()
    builds.build()
    assert main(["rollback", "--project", str(builds.project)]) == 0


def change_words(builds: Builds) -> None:
    words = builds.project / "data/words.yml"
    text = words.read_text(encoding="utf-8")
    words.write_text(re.sub(r"(?m)^ui-no-data: .*", "ui-no-data: {vi: Không có, en: Nothing}", text), encoding="utf-8")


@pytest.mark.parametrize(
    "doubt", [remove_search, damage_parts, remove_parts, touch_site, return_to_earlier, change_words]
)
def test_what_is_doubtful_makes_a_whole_site(doubt: Callable[[Builds], None], builds: Builds) -> None:
    doubt(builds)
    page = builds.edit("Một câu sau đó.")
    assert builds.build() == 1
    assert "Một câu sau đó." in page.read_text(encoding="utf-8")
    assert "Ai đó đã sửa." not in (builds.site / "index.html").read_text(encoding="utf-8")
    builds.edit()
    assert builds.build() == 0, "now all is known again"


def test_another_day_makes_a_whole_site(builds: Builds) -> None:
    assert builds.build(day="2026-11-23") == 1


def test_a_refused_edit_leaves_what_is_known(builds: Builds) -> None:
    before = stamps(builds.site)
    page = builds.edit("[Không có trang này](/khong-co/)")
    assert main(["build", "--project", str(builds.project), "--today", "2026-11-22"]) == 1
    assert stamps(builds.site) == before
    story = builds.project / "content/ke-hoach" / f"{page.parent.name}.md"
    text = story.read_text(encoding="utf-8")
    story.write_text(text.replace("[Không có trang này](/khong-co/)", "Đã sửa lại."), encoding="utf-8")
    assert builds.build() == 0
    assert "Đã sửa lại." in page.read_text(encoding="utf-8")


def test_compressed_copies_follow_their_files(builds: Builds) -> None:
    assert builds.build("--compress") == 1
    page = builds.edit("Một câu để nén.")
    copy = page.with_name("index.html.gz")
    before = copy.read_bytes()
    assert builds.build("--compress") == 0
    assert copy.read_bytes() != before
