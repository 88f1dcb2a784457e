"""Roll-ups by hand: who is expected, who reported, what the counts add up to, and what must never be added."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from generators.dataset import Dataset
from generators.derive.last_words import derive_last_words
from generators.derive.progress import reports_by_plan
from generators.derive.rollup import (
    Answers,
    RollUp,
    derive_answers,
    derive_rollups,
    derive_unit_rollups,
    derive_units_above,
    units_below,
)
from generators.schema.plan import Plan
from generators.schema.progress import ProgressReport
from generators.schema.unit import Unit
from site_tests.progress_records import dataset, plan, project, reading, report, target, unit

SKILLS = "officials-digital-skills"
PROVINCE = unit("tinh-a", "province", province="nghe-an")
COMMUNES = [unit(f"xa-{letter}", province="nghe-an", parent="tinh-a") for letter in "abc"]


def plans_of(*units: str, **more: Any) -> list[Plan]:
    """One plan with one target `t` for each unit."""
    return [plan(f"kh-{name}", name, [target("t", **more)]) for name in units]


def answers(made: Dataset) -> Answers:
    return derive_answers(made, derive_last_words(made, reports_by_plan(made)))


def nation(made: Dataset, indicator: str = SKILLS) -> RollUp:
    return derive_rollups(made, answers(made))[indicator]


def below(made: Dataset) -> dict[str, dict[str, RollUp]]:
    return derive_unit_rollups(made, answers(made))


def names(units: tuple[Unit, ...]) -> list[str]:
    return [one.id for one in units]


def three(*reports: ProgressReport) -> Dataset:
    """A province with three communes, each with the same target."""
    return dataset([PROVINCE, *COMMUNES], plans_of("xa-a", "xa-b", "xa-c"), reports)


def test_counts_are_added_over_reporters_only_and_the_missing_are_named() -> None:
    found = nation(three(
        report("xa-a", "2026-q1", reading("t", 41, 45)),
        report("xa-b", "2026-q2", reading("t", 10, 55)),
    ))  # fmt: skip
    assert names(found.expected) == ["xa-a", "xa-b", "xa-c"]
    assert [one.unit.id for one in found.reporters] == ["xa-a", "xa-b"]
    assert names(found.missing) == ["xa-c"]
    assert (found.reached, found.of, found.percent, found.counted) == (51, 100, Decimal(51), 2)


def test_the_percentage_is_of_the_sums_and_not_the_mean() -> None:
    found = nation(three(
        report("xa-a", "2026-q1", reading("t", 9, 10)),  # 90%
        report("xa-b", "2026-q1", reading("t", 10, 90)),  # 11,1%; the mean would be 50,6%
    ))  # fmt: skip
    assert found.percent == Decimal(19)


def test_with_no_report_there_is_no_nought() -> None:
    found = nation(three())
    assert (found.reporters, found.reached, found.of, found.percent, found.counted) == ((), None, None, None, 0)
    assert names(found.missing) == ["xa-a", "xa-b", "xa-c"]


def test_a_percentage_alone_is_named_but_not_added() -> None:
    found = nation(three(
        report("xa-a", "2026-q1", reading("t", 20, 40)),
        report("xa-b", "2026-q1", reading("t", percent="90%")),
    ))  # fmt: skip
    assert (found.reached, found.of, found.percent, found.counted) == (20, 40, Decimal(50), 1)
    assert [one.unit.id for one in found.without_counts] == ["xa-b"]
    assert len(found.reporters) == 2


def test_withheld_is_neither_missing_nor_counted_and_not_applicable_is_not_asked() -> None:
    found = nation(three(
        report("xa-a", "2026-q1", reading("t", state="withheld")),
        report("xa-b", "2026-q1", reading("t", state="not_applicable")),
        report("xa-c", "2026-q1", reading("t", state="not_reported")),
    ))  # fmt: skip
    assert names(found.expected) == ["xa-a", "xa-c"]
    assert (names(found.withheld), names(found.missing)) == (["xa-a"], ["xa-c"])


def test_the_last_figure_of_a_unit_stands_for_it() -> None:
    found = nation(three(
        report("xa-a", "2026-q1", reading("t", 10, 40)),
        report("xa-a", "2026-q2", reading("t", 30, 40)),
        report("xa-a", "2026-q3", reading("t", state="not_reported")),
    ))  # fmt: skip
    assert (found.reached, found.of) == (30, 40)
    assert found.reporters[0].figure.report.period.id == "2026-q2"


def test_of_several_targets_the_latest_year_with_a_figure_stands_for_the_unit() -> None:
    targets = [target("t25", year="2025"), target("t26", year="2026"), target("t27", year="2027")]
    targets.append(target("later", year=None))
    made = dataset(
        [unit("xa-a")],
        [plan("kh", "xa-a", targets)],
        [
            report("xa-a", "2025-q4", reading("t25", 40, 45), reading("later", 1, 45)),
            report("xa-a", "2026-q1", reading("t25", 41, 45), reading("t26", 30, 45)),
            report("xa-a", "2026-q2", reading("t27", state="not_reported")),
        ],
    )
    found = nation(made)
    assert found.reporters[0].word.target == "t26"
    assert (found.reached, found.of) == (30, 45)


def test_a_target_about_a_part_of_the_group_does_not_speak_for_the_group() -> None:
    traders = target("t", "500 người", group="traders", indicator="adults-digital-skills")
    adults = target("all", group="residents", indicator="adults-digital-skills")
    made = dataset(
        [unit("xa-a"), unit("xa-b")],
        [plan("kh-a", "xa-a", [traders]), plan("kh-b", "xa-b", [adults, traders])],
        [
            report("xa-a", "2026-q1", reading("t", 120, 500)),
            report("xa-b", "2026-q1", reading("all", 600, 900), reading("t", 100, 500)),
        ],
    )
    found = nation(made, "adults-digital-skills")
    assert (names(found.expected), found.reached, found.of) == (["xa-b"], 600, 900)


def test_measures_never_meet() -> None:
    made = dataset(
        [unit("xa-a"), unit("xa-b")],
        [
            plan("kh-a", "xa-a", [target("t")]),
            plan("kh-b", "xa-b", [target("t", indicator="officials-course-standard")]),
        ],
        [report("xa-a", "2026-q1", reading("t", 9, 10)), report("xa-b", "2026-q1", reading("t", 1, 10))],
    )
    skills, standard = nation(made), nation(made, "officials-course-standard")
    assert (skills.measure.id, skills.reached) == ("skills", 9)
    assert (standard.measure.id, standard.reached) == ("standard", 1)


def test_sample_units_are_left_out_of_every_roll_up() -> None:
    sample = unit("xa-mau", "sample", province="nghe-an", parent="tinh-a", sample=True)
    made = dataset(
        [PROVINCE, COMMUNES[0], sample],
        plans_of("xa-a", "xa-mau"),
        [report("xa-mau", "2026-q1", reading("t", 45, 45)), report("xa-a", "2026-q1", reading("t", 5, 10))],
    )
    assert (names(nation(made).expected), nation(made).reached) == (["xa-a"], 5)
    assert below(made)["tinh-a"][SKILLS].reached == 5


def test_a_province_rolls_up_by_parent_and_by_province() -> None:
    by_code_only = unit("so-x", "department", province="nghe-an")
    elsewhere = unit("xa-z", province="ha-tinh")
    grandchild = unit("to-a", "commune", parent="xa-a")
    made = dataset(
        [PROVINCE, COMMUNES[0], by_code_only, elsewhere, grandchild],
        plans_of("xa-a", "so-x", "xa-z", "to-a"),
        [report("xa-a", "2026-q1", reading("t", 5, 10)), report("xa-z", "2026-q1", reading("t", 7, 10))],
    )
    found = below(made)
    assert names(found["tinh-a"][SKILLS].expected) == ["xa-a", "so-x", "to-a"]
    assert (found["tinh-a"][SKILLS].reached, names(found["tinh-a"][SKILLS].missing)) == (5, ["so-x", "to-a"])
    assert names(found["xa-a"][SKILLS].expected) == ["to-a"]
    assert set(found) == {"tinh-a", "xa-a"}
    assert names(units_below(made, PROVINCE)) == ["xa-a", "so-x", "to-a"]
    assert set(found["tinh-a"]) == {SKILLS}
    assert nation(made).reached == 12


def test_the_successors_count_in_place_of_an_abolished_unit() -> None:
    district = unit(
        "huyen-a", "district", province="nghe-an", parent="tinh-a", abolished_on="01/07/2025",
        succeeded_by=["xa-a", "xa-b"],
    )  # fmt: skip
    a, b = unit("xa-a"), unit("xa-b")  # below the province only through what they succeeded
    old = plan("kh-huyen", "huyen-a", [target("t", year="2025")], status="historical")
    own = plan("kh-a", "xa-a", [target("t")])
    made = dataset([PROVINCE, district, a, b], [old, own], [report("xa-a", "2026-q1", reading("t", 5, 10))])
    assert derive_units_above(made)["xa-b"] == {"tinh-a"}
    for found in (nation(made), below(made)["tinh-a"][SKILLS]):
        assert names(found.expected) == ["xa-a", "xa-b"]
        assert (found.reached, found.of, names(found.missing)) == (5, 10, ["xa-b"])


def test_an_abolished_unit_s_own_figures_are_history() -> None:
    district = unit("huyen-a", "district", abolished_on="01/07/2025", succeeded_by=["xa-a"])
    old = plan("kh-huyen", "huyen-a", [target("t", year="2025")], status="historical")
    made = dataset([district, unit("xa-a")], [old], [report("huyen-a", "2025-q2", reading("t", 900, 1000))])
    assert (nation(made).reached, names(nation(made).missing)) == (None, ["xa-a"])


def test_nobody_is_counted_twice_when_the_province_reports_too() -> None:
    made = dataset(
        [PROVINCE, *COMMUNES],
        plans_of("tinh-a", "xa-a", "xa-b"),
        [
            report("tinh-a", "2026-q1", reading("t", 800, 1000)),
            report("xa-a", "2026-q1", reading("t", 5, 10)),
        ],
    )
    assert (names(nation(made).expected), nation(made).reached) == (["tinh-a"], 800)
    assert below(made)["tinh-a"][SKILLS].reached == 5


def test_every_indicator_has_a_roll_up_of_the_nation_even_when_nobody_has_the_target() -> None:
    made = three()
    found = derive_rollups(made, answers(made))
    assert set(found) == set(project().indicators)
    assert found["workers-digital-skills"].expected == ()


def test_the_real_units_of_the_project_have_no_figure_and_are_all_named() -> None:
    real = project()
    made = dataset([one for one in real.units.values() if not one.sample],
                   [one for one in real.plans.values() if not real.is_sample(one)])  # fmt: skip
    found = nation(made)
    heirs = {"xa-ben-quan", "xa-cua-tung", "xa-vinh-hoang", "xa-vinh-linh", "xa-vinh-thuy"}
    assert set(names(found.missing)) == heirs | {
        "cao-bang-so-noi-vu", "dong-thap-van-phong", "ha-tinh-nong-thon-moi", "hung-nguyen-nam",
    }  # fmt: skip
    assert found.reached is None
    assert set(names(below(made)["tinh-quang-tri"][SKILLS].expected)) == heirs
