"""Owns what the file of a new plan holds: the document, the targets and tasks that were named, hints for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generators.scaffold.writing import NewFile, id_of, ids, optional_keys, scalar, schema_line, whole, words
from generators.schema.measurement import Group, Indicator
from generators.schema.plan import Plan

_TASK_WORDS = 5
_WRITTEN = frozenset(
    {"title", "unit", "document", "status", "scope", "summary", "purpose", "groups", "targets", "tasks"}
)


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A target as it was typed; ``amount`` such as ``80%``, ``section`` of the plan such as ``III.1``."""

    indicator: Indicator
    group: Group
    amount: str
    year: str
    section: str

    @property
    def id(self) -> str:
        """The target's id, from its indicator and its year."""
        return f"{self.indicator.id}-{self.year}"


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task as it was typed."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class NewPlan:
    """The values of a plan's file."""

    unit: str
    title: str
    date: str
    issuer: str
    scope: str
    summary: str
    number: str = ""
    targets: Sequence[NewTarget] = ()
    tasks: Sequence[NewTask] = ()


def plan_file(plan_id: str, plan: NewPlan) -> NewFile:
    """Gives the file of a plan."""
    return NewFile(f"data/plans/{plan_id}.yml", whole(_lines(plan)))


def _lines(plan: NewPlan) -> Iterator[str]:
    yield schema_line("plan", 2)
    yield "# Viết bằng lời thường, không chép nguyên câu. Mẫu đầy đủ để xem: data/plans/xa-mau-2025.yml."
    yield f"title: {words(plan.title)}"
    yield f"unit: {plan.unit}"
    yield "document:"
    if plan.number:
        yield f"  number: {scalar(plan.number)}"
    else:
        yield "  number: null  # có số thì ghi vào đây, ví dụ: 12/KH-UBND"
        yield f"  number_note: {words('Chưa ghi số văn bản')}"
    yield f"  date: {plan.date}"
    yield f"  issuer: {words(plan.issuer)}"
    yield "status: in_force"
    yield f"scope: {words(plan.scope)}"
    yield f"summary: {words(plan.summary)}"
    yield ""
    yield "# Mục đích: mỗi ý một mục. Thêm mục thì bỏ dấu [] ở dòng purpose. Ví dụ:"
    yield "#  - {text: {vi: Ai cũng dùng được dịch vụ công qua mạng}, section: I.1}"
    yield "purpose: []"
    yield f"groups: {ids(dict.fromkeys(target.group.id for target in plan.targets))}  # mã trong data/groups.yml"
    yield ""
    yield from _targets(plan)
    yield ""
    yield from _tasks(plan)
    yield from optional_keys(Plan, _WRITTEN)


def _targets(plan: NewPlan) -> Iterator[str]:
    yield "# Chỉ tiêu: một mục cho mỗi mức và mỗi năm. Mã chỉ số nằm trong data/indicators.yml."
    yield "# Ví dụ (muốn dùng thì bỏ dấu #, và bỏ [] ở dòng targets):"
    yield "#  - id: officials-2026"
    yield "#    year: 2026"
    yield "#    group: officials"
    yield "#    population: {vi: Cán bộ của xã}"
    yield "#    indicator: officials-digital-skills"
    yield "#    at_least: 100%"
    yield "#    statement: {vi: Năm 2026 mọi cán bộ biết dùng nền tảng số}"
    yield "#    section: III.1"
    yield "targets:" if plan.targets else "targets: []"
    for target in plan.targets:
        statement = f"Năm {target.year}, ít nhất {target.amount}: {target.indicator.name.vi}"
        yield f"  - id: {target.id}"
        yield f"    year: {target.year}"
        yield f"    group: {target.group.id}"
        population = words(target.group.name.vi, target.group.name.en or "")
        yield f"    population: {population}  # sửa cho đúng phạm vi kế hoạch ghi"
        yield f"    indicator: {target.indicator.id}"
        yield f"    at_least: {scalar(target.amount)}"
        yield f"    statement: {words(statement)}"
        yield f"    section: {scalar(target.section)}"


def _tasks(plan: NewPlan) -> Iterator[str]:
    yield "# Nhiệm vụ: một mục cho mỗi việc. Ví dụ (muốn dùng thì bỏ dấu #, và bỏ [] ở dòng tasks):"
    yield "#  - id: mo-lop-hoc"
    yield "#    section: IV.1"
    yield "#    text: {vi: Mở lớp học ở từng thôn}"
    yield "#    lead: {vi: Phòng Văn hóa – Xã hội}"
    yield "#    when: {text: {vi: Trước ngày 30/06/2026}, due: 29/06/2026}"
    yield "tasks:" if plan.tasks else "tasks: []"
    taken: set[str] = set()
    for task in plan.tasks:
        yield f"  - id: {_task_id(task, taken)}"
        yield f"    section: {scalar(task.section)}"
        yield f"    text: {words(task.text)}"


def _task_id(task: NewTask, taken: set[str]) -> str:
    """An id from the first words of the task, with a number where two tasks begin alike."""
    base = "-".join(id_of(task.text).split("-")[:_TASK_WORDS]) or "viec"
    found, number = base, 2
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    taken.add(found)
    return found
