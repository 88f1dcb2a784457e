"""Holds the data set for measuring to its promise, and the measuring to what it says of itself. No time is judged."""

from __future__ import annotations

import json
import re
import sys
import time
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from generators.adapters.bench import cases, maker
from generators.adapters.bench.accounts import Account, ChildFailed, measure
from generators.adapters.bench.cases import LeftOut, Run
from generators.adapters.bench.edits import edits_undone
from generators.adapters.bench.live import measure_live
from generators.adapters.bench.official_list import ListMissing, official_communes
from generators.adapters.bench.results import as_json, gathered, table
from generators.adapters.bench.rivals import write_hugo, write_mkdocs
from generators.adapters.bench.sheets import sheets
from generators.adapters.cli import main
from generators.nation.places import Commune, chosen_places
from generators.nation.voice import MARK
from generators.pipeline import load_site
from generators.schema.unit import Province
from site_tests.conftest import ROOT

DAY = date(2026, 11, 22)
KINDS = ("Xã", "Phường", "Đặc khu")
ENGLISH_ONLY = {"english-missing", "english-incomplete"}


def provinces() -> list[Province]:
    return maker._provinces(ROOT)


def some_communes() -> list[Commune]:
    """Ninety communes that do not exist, in every province; two of them share their name."""
    codes = sorted(province.code for province in provinces())
    named = [
        Commune(f"{number:05}", f"{KINDS[number % 3]} Thử {chr(65 + number % 26)}{chr(65 + number // 26)}", code)
        for number, code in enumerate((codes * 3)[:88])
    ]
    return [*named, Commune("90001", "Xã Trùng Tên", codes[0]), Commune("90002", "Xã Trùng Tên", codes[1])]


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of communes is there, whether or not its package is installed."""
    monkeypatch.setattr(maker, "official_communes", some_communes)


def make(folder: Path, units: int, news: int, seed: int = 7) -> Path:
    assert maker.make_nation(ROOT, folder, units, news, seed) == units
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("listed")
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, again = (tree(make(tmp_path / name, 6, 7)) for name in ("first", "again"))
    other = tree(make(tmp_path / "other", 6, 7, seed=8))
    assert first == again
    plan = next(path for path in first if path.startswith("data/plans/"))
    assert other[plan] != first[plan]


@pytest.mark.usefixtures("listed")
def test_forty_units_pass_the_check_and_lack_nothing_but_english(tmp_path: Path) -> None:
    site, problems = load_site(make(tmp_path / "nation", 40, 50), DAY, "")
    assert {problem.code for problem in problems} <= ENGLISH_ONLY
    assert len(site.dataset.units) == len(site.dataset.plans) == 40
    assert len(site.dataset.news) == 50
    assert all(len(plan.targets) == 8 for plan in site.dataset.plans.values())
    sent = [report.unit for report in site.dataset.reports]
    assert max(sent.count(unit) for unit in site.dataset.units) == 8
    assert len(sent) < 8 * 40  # some were never sent
    states = {reading.state for report in site.dataset.reports for reading in report.readings}
    assert {"final", "provisional", "not_reported"} <= states
    assert all(site.derived.rollups)  # invented figures are added up as real ones are


@pytest.mark.usefixtures("listed")
def test_everything_invented_says_so_and_nothing_real_is_among_it(tmp_path: Path) -> None:
    files = tree(make(tmp_path / "nation", 6, 4))
    invented = ("data/units", "data/plans", "data/progress", "data/activities", "content/ke-hoach", "content/tin-tuc")
    for folder in invented:
        texts = [content.decode() for path, content in files.items() if path.startswith(folder)]
        assert texts and all(MARK in text for text in texts)
    real = {f"data/{kind}/{path.name}" for kind in ("units", "plans") for path in (ROOT / "data" / kind).iterdir()}
    tops = {f"data/units/{place.id}.yml" for place in chosen_places(provinces(), some_communes(), 124)[:34]}
    assert real & files.keys() <= tops  # a province has the same name everywhere
    for path in ("mkdocs.yml", "data/campaign.yml", "README.md"):
        assert "Đo tốc độ" in files[path].decode()


def test_a_plan_is_as_long_as_a_real_one(tmp_path: Path, listed: None) -> None:
    folder = make(tmp_path / "nation", 4, 0)
    for plan in (folder / "data/plans").glob("*.yml"):
        spoken = re.findall(r'"([^"]+)"', plan.read_text(encoding="utf-8"))
        told = (folder / "content/ke-hoach" / f"{plan.stem}.md").read_text(encoding="utf-8")
        assert 1200 < len(" ".join([*spoken, told]).split()) < 2600


@pytest.mark.parametrize("count", [1, 3, 10, 60, 124])
def test_provinces_come_first_and_communes_spread(count: int) -> None:
    places = chosen_places(provinces(), some_communes(), count)
    tops = [place for place in places if place.is_province]
    assert len(places) == len({place.id for place in places}) == count
    assert places[: len(tops)] == tops
    assert {place.parent for place in places if not place.is_province} <= {place.id for place in tops}
    assert len(tops) == min(34, max(1, count // 3))


def test_an_id_is_the_same_whoever_else_is_in() -> None:
    everybody = {place.code: place.id for place in chosen_places(provinces(), some_communes(), 124)}
    assert (everybody["90001"], everybody["90002"]) == ("xa-trung-ten-90001", "xa-trung-ten-90002")
    for count in (5, 20, 90):
        few = chosen_places(provinces(), some_communes(), count)
        assert all(everybody[place.code] == place.id for place in few)


@pytest.mark.skipif(find_spec("vietnamadminunits") is None, reason="make .venv/.bench-ready installs the list")
def test_the_official_list_is_whole_and_agrees_with_the_projects_own_units() -> None:
    communes = official_communes()
    assert len(communes) == len({one.code for one in communes}) == 3321
    assert {one.province for one in communes} == {province.code for province in provinces()}
    assert all(one.name.startswith(KINDS) for one in communes)
    assert len(chosen_places(provinces(), communes, 9999)) == 3355
    names = {one.code: one.name for one in communes}
    site, _ = load_site(ROOT, DAY, "")
    own = {one.code: one for one in site.dataset.units.values() if one.level == "commune" and one.code}
    assert own
    assert {code: names[code] for code in own} == {code: (one.short or one.name).vi for code, one in own.items()}


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("place", ["data/nation", "content", "site_tests/nation", "."])
def test_no_project_is_written_into(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "project"
    maker.copy_project(ROOT, project)
    before = tree(project)
    arguments = ["--units", "3", "--news", "1", "--project", str(ROOT), "--output", str(project / place)]
    assert main(["bench", "make", *arguments]) == 2
    assert "Không ghi vào" in capsys.readouterr().err
    assert tree(project) == before


@pytest.mark.usefixtures("listed")
def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    code = main(["bench", "make", "--units", "3", "--lang", "en", "--project", str(ROOT), "--output", str(tmp_path)])
    assert (code, tree(tmp_path)) == (2, {"mine.txt": b"x"})
    assert "Not writing into" in capsys.readouterr().err


@pytest.mark.usefixtures("listed")
def test_a_project_keeps_its_data_sets_where_it_keeps_what_can_be_made_again(tmp_path: Path) -> None:
    project = tmp_path / "project"
    maker.copy_project(ROOT, project)
    assert main(["bench", "make", "--units", "3", "--news", "2", "--project", str(project)]) == 0
    assert (project / ".cache/bench/3-2-7/data/units").is_dir()


def test_a_missing_list_is_told_with_the_way_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> list[Commune]:
        raise ListMissing("vietnamadminunits")

    monkeypatch.setattr(maker, "official_communes", missing)
    assert main(["bench", "make", "--project", str(ROOT), "--output", str(tmp_path / "nation")]) == 2
    assert "make .venv/.bench-ready" in capsys.readouterr().err
    assert not (tmp_path / "nation").exists()


@pytest.mark.usefixtures("listed")
def test_the_other_builders_get_as_many_pages_as_we_make(tmp_path: Path) -> None:
    site, _ = load_site(make(tmp_path / "nation", 4, 5), DAY, "")
    found = list(sheets(site))
    assert sorted(sheet.address for sheet in found) == sorted(site.page_addresses())
    assert {"plan", "unit", "news", "activity", "list", "text"} == {sheet.kind for sheet in found}
    assert write_hugo(iter(found), tmp_path / "hugo") == write_mkdocs(iter(found), tmp_path / "mkdocs") == len(found)
    unit = next(sheet for sheet in found if sheet.kind == "unit")
    page = (tmp_path / "mkdocs/docs" / unit.address.strip("/") / "index.md").read_text(encoding="utf-8")
    assert page.count("<svg") == len(unit.facts["targets"]) == 8
    assert all(point["source"] in page for course in unit.facts["targets"] for point in course["points"])


@pytest.mark.usefixtures("listed")
def test_every_edit_changes_one_file_and_is_undone(tmp_path: Path) -> None:
    folder = make(tmp_path / "nation", 3, 2)
    before = tree(folder)
    with edits_undone() as edit:
        for number, which in enumerate(("figure", "news", "task"), start=1):
            edit(folder, which)
            after = tree(folder)
            assert sum(after[path] != before[path] for path in before) == number
        load_site(folder, DAY, "")  # what was changed is still fit to be published
    assert tree(folder) == before


def test_an_account_counts_the_childs_children_and_not_its_parent(tmp_path: Path) -> None:
    ballast = b"x" * 150_000_000
    inner = "held = bytearray(120_000_000); import time; time.sleep(0.6)"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}], check=True)"
    assert measure([sys.executable, "-I", "-S", "-c", "pass"], tmp_path, {}).largest < len(ballast) // 2
    account = measure([sys.executable, "-c", outer], tmp_path, {})
    assert account.largest > 120_000_000
    assert account.wall > 0.5 and account.cpu > 0
    if Path("/proc/self/smaps_rollup").exists():
        assert account.together >= account.largest


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed, match="no luck"):
        measure([sys.executable, "-c", "import sys; sys.exit('no luck')"], tmp_path, {})


def run_of(case: str, units: int, wall: float) -> Run:
    return Run(case, units, Account(wall, wall * 2, 5_000_000, 7_000_000), 10, 2_000_000, 4)


def preview_of(page: str) -> list[str]:
    """The command of a server whose number of builds grows at every look; ``page`` is what it shows, an f-string."""
    handler = f"""
import http.server, itertools, sys
turns = itertools.count(1)
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        turn = next(turns)
        is_state = self.path.startswith("/_preview/")
        text = '{{"version": %d, "pages": %d}}' % (turn, turn) if is_state else f"<head>{{turn}}</head><body>{page}"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[-1])), Handler).serve_forever()
"""
    return [sys.executable, "-c", handler]


def test_an_edit_is_measured_until_its_page_has_come(tmp_path: Path) -> None:
    edits: list[float] = []
    account = measure_live(preview_of("{turn}"), tmp_path, "/", lambda: edits.append(time.perf_counter()))
    assert len(edits) == 5
    assert 0 < account.wall < edits[-1] - edits[0]
    if Path("/proc/self/smaps_rollup").exists():
        assert account.largest > 1_000_000


def test_a_preview_that_ends_says_why(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed, match="no luck"):
        measure_live([sys.executable, "-c", "import sys; sys.exit('no luck')"], tmp_path, "/", lambda: None)


def test_a_page_that_stays_as_it_was_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed, match="/page/"):
        measure_live(preview_of("same"), tmp_path, "/page/", lambda: None)


def test_the_table_tells_the_middle_the_ratio_and_the_price_of_a_unit() -> None:
    found = [run_of("cold", 300, seconds) for seconds in (3.0, 6.0, 4.0)]
    found += [run_of("hugo", 300, 2.0), run_of("cold", 3000, 44.0), LeftOut("mkdocs", 300, cases.NOT_INSTALLED)]
    results = gathered(found, day=DAY, seed=7, repeat=3)
    vietnamese, english = table(results, "vi"), table(results, "en")
    row = "| Dựng từ đầu, không có gì lưu sẵn | 300 | 4,00 (3,00 – 6,00) | 8,00 | 4 / 6 | 4 | 10 | 1 | × 2,00 |  |"
    assert row in vietnamese.splitlines()
    assert "13,33 ms khi có 300 đơn vị, 14,67 ms khi có 3.000, tức là 1,10 lần" in vietnamese
    assert "MkDocs Material, as many pages (300): not installed, run make .venv/.bench-ready" in english
    assert "22/11/2026" in english
    case = as_json(results)["cases"][0]
    assert (case["case"], case["units"], case["to_hugo"], case["to_mkdocs"]) == ("cold", 300, 2.0, None)
    assert case["wall"] == {"min": 3.0, "median": 4.0, "max": 6.0, "runs": [3.0, 6.0, 4.0]}


@pytest.mark.build
@pytest.mark.usefixtures("listed")
def test_a_whole_run_at_three_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project, told = tmp_path / "project", tmp_path / "told.json"
    maker.copy_project(ROOT, project)
    monkeypatch.setattr(cases, "hugo_program", lambda: "")
    arguments = ["--sizes", "3", "--cases", "cold,figure,live,check,floor,hugo,mkdocs", "--json", str(told)]
    assert main(["bench", *arguments, "--project", str(project)]) == 0
    found = json.loads(told.read_text(encoding="utf-8"))
    measured = {case["case"]: case for case in found["cases"]}
    assert list(measured) == ["cold", "figure", "live", "check", "floor", "mkdocs"]
    assert found["left_out"] == [{"case": "hugo", "units": 3, "why": "not-installed"}]
    for number in ("files", "pages"):
        assert measured["cold"][number] == measured["floor"][number] > 0
    assert measured["floor"]["bytes"] > 1_000_000
    assert abs(measured["cold"]["pages"] - measured["mkdocs"]["pages"]) <= 3  # pages without an address of their own
    assert "Không đo Hugo, cùng số trang (3): chưa cài" in capsys.readouterr().out
    assert [path.name for path in (project / ".cache/bench").iterdir()] == []


@pytest.mark.skipif(not cases.hugo_program(), reason="make .venv/.bench-ready installs Hugo")
@pytest.mark.usefixtures("listed")
def test_hugo_builds_every_sheet(tmp_path: Path) -> None:
    ground = cases.Ground(tmp_path, 3)
    ground.prepare(ROOT, 3, 7, ("hugo",))
    (run,) = ground.runs(("hugo",))
    assert isinstance(run, Run)
    site, _ = load_site(ground.project, DAY, "")
    assert run.pages == len(site.page_addresses())
    unit = next(one for one in site.dataset.units)
    page = (ground.copy / "tien-do" / unit / "index.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 8 and page.count("<table") == 11
