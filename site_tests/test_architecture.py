"""The walls of the house: which room may know which, and where the clock, the environment and the disk are known."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Set
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

# From the ground up: a module imports only from its own row or rows above it (earlier in this list).
ROWS: tuple[tuple[str, ...], ...] = (
    ("limits", "problems"),
    ("artefact",),
    ("parts",),
    ("text", "complaints"),
    ("clean_text", "plain_yaml", "marks", "strict_yaml", "source", "pictures"),
    ("schema",),
    ("wording",),
    ("dataset",),
    ("derive",),
    ("addresses",),
    ("site",),
    ("links", "origins"),
    ("render",),
    ("telling",),
    ("open_data", "json_schema", "hosting"),
    ("editor_forms",),
    ("scaffold", "spreadsheet"),
    ("nation",),
    ("outputs",),
    ("blocks", "hand_written"),
    ("frame",),
    ("pipeline",),
    ("adapters",),
)
RANK = {room: rank for rank, rooms in enumerate(ROWS) for room in rooms}
WORDLESS = {"utils", "helpers", "common", "manager", "misc", "service"}
RENDER_MAY_KNOW = {"problems", "text", "render"}


def modules(root: Path) -> Iterator[Path]:
    yield from sorted((root / "generators").rglob("*.py"))


def name_of(root: Path, path: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def known_modules(root: Path) -> frozenset[str]:
    return frozenset(name_of(root, path) for path in modules(root))


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(root: Path, path: Path) -> set[str]:
    return {name for name in imports(path) if name in known_modules(root) and name != "generators"}


def test_every_room_has_its_row(root: Path) -> None:
    rooms = {room_of(name_of(root, path)) for path in modules(root)} - {""}
    assert rooms == set(RANK)


def test_a_module_imports_only_from_rows_above_its_own(root: Path) -> None:
    wrong = [
        f"{name_of(root, path)} imports {imported}"
        for path in modules(root)
        for imported in own_imports(root, path)
        if room_of(name_of(root, path)) and RANK[room_of(imported)] > RANK[room_of(name_of(root, path))]
    ]
    assert wrong == []


def test_no_output_knows_another(root: Path) -> None:
    wrong = [
        f"{name_of(root, path)} imports {imported}"
        for path in modules(root)
        for imported in own_imports(root, path)
        if room_of(name_of(root, path)) == "outputs" and room_of(imported) == "outputs" and imported.count(".") > 1
    ]
    assert wrong == []


def test_render_knows_no_rule_of_the_campaign(root: Path) -> None:
    wrong = [
        f"{name_of(root, path)} imports {imported}"
        for path in modules(root)
        for imported in own_imports(root, path)
        if room_of(name_of(root, path)) == "render" and room_of(imported) not in RENDER_MAY_KNOW
    ]
    assert wrong == []


def test_only_adapters_know_the_engine(root: Path) -> None:
    wrong = [
        f"{name_of(root, path)} imports {imported}"
        for path in modules(root)
        for imported in imports(path)
        if imported.split(".")[0] in {"mkdocs", "properdocs", "material"}
        and room_of(name_of(root, path)) != "adapters"
    ]
    assert wrong == []


CLOCKS = {"now", "today", "utcnow", "time", "localtime", "getmtime"}
CLOCK_OWNERS = {"datetime", "date", "time", "os"}
WRITES = {"write_text", "write_bytes", "mkdir", "unlink", "rename", "replace", "rmdir", "touch"}


def impure_calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        if owner in CLOCK_OWNERS and node.attr in CLOCKS:
            yield f"{path.name}:{node.lineno} asks the clock: {owner}.{node.attr}"
        if owner == "os" and node.attr in {"environ", "getenv"}:
            yield f"{path.name}:{node.lineno} asks the environment"
        if node.attr in WRITES and owner not in {"", "text", "html", "name", "key", "line"}:
            yield f"{path.name}:{node.lineno} may write to disk: {owner}.{node.attr}"


def test_clock_environment_and_disk_are_known_to_adapters_alone(root: Path) -> None:
    pure = [path for path in modules(root) if room_of(name_of(root, path)) not in {"adapters", ""}]
    found = [call for path in pure for call in impure_calls(path) if ".replace" not in call]
    assert found == []


def test_the_search_for_impure_calls_finds_them(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    code = "import os\nfrom datetime import date\nos.environ\ndate.today()\np.write_text('')\n"
    bad.write_text(code, encoding="utf-8")
    assert len(list(impure_calls(bad))) == 3


@pytest.mark.parametrize("word", sorted(WORDLESS))
def test_no_room_hides_behind_an_empty_word(root: Path, word: str) -> None:
    assert [path for path in modules(root) if word in (path.stem, path.parent.name)] == []


def test_no_room_is_too_long(root: Path) -> None:
    long = {path.name: count for path in modules(root) if (count := len(path.read_text("utf-8").splitlines())) > 400}
    assert long == {}


def test_every_module_says_what_it_owns(root: Path) -> None:
    trees = {name_of(root, path): ast.parse(path.read_text("utf-8")) for path in modules(root)}
    silent = [name for name, tree in trees.items() if not ast.get_docstring(tree)]
    assert silent == []


def first_imports(path: Path) -> Iterator[str]:
    """Every module that a file imports as soon as it is imported itself: outside functions, and for more than types."""
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            waiting.extend(node.orelse)
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(node))


def packages_of(module: str) -> set[str]:
    parts = module.split(".")
    return {".".join(parts[:length]) for length in range(1, len(parts))}


def begun_before(module: str, path: Path, known: Set[str]) -> set[str]:
    """The modules that have to be there before one is: those it imports, and the packages in which they are.

    The packages in which it is itself count only where it imports something of theirs: they are begun before it.
    """
    needed = set()
    for name in first_imports(path):
        imported = name if name in known else name.rpartition(".")[0]
        if imported in known:
            needed |= {imported} | packages_of(imported) - packages_of(module) - {module}
    return needed


def import_order(needs: dict[str, set[str]]) -> list[str]:
    """One order in which modules can be imported; fails with the circle where two wait for each other."""
    return list(TopologicalSorter(needs).static_order())


def test_every_module_imports_alone(root: Path) -> None:
    """Where no imports go in a circle, none is met half done, whichever comes first: so each needs to come but once."""
    paths = {name_of(root, path): path for path in modules(root)}
    names = import_order({name: begun_before(name, path, known_modules(root)) for name, path in paths.items()})
    script = "import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]"
    done = subprocess.run([sys.executable, "-c", script, *names], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_imports_in_a_circle_are_found(tmp_path: Path) -> None:
    """One module imports another through a package that waits for the first."""
    files = {
        "a/__init__.py": "from b.x import word", "a/y.py": "", "b/__init__.py": "", "b/x.py": "import a.y\nword = ''",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    names = {"a": "a/__init__.py", "a.y": "a/y.py", "b": "b/__init__.py", "b.x": "b/x.py"}
    with pytest.raises(CycleError):
        import_order({name: begun_before(name, tmp_path / path, set(names)) for name, path in names.items()})


HEAVY = {
    "PIL", "docx", "feedgen", "fontTools", "icalendar", "lxml", "matplotlib", "numpy", "openpyxl", "segno", "typst",
    "mkdocs", "material", "properdocs", "urllib.request", "concurrent.futures",
}  # fmt: skip


def test_the_pipeline_loads_no_library_that_only_some_files_need(root: Path) -> None:
    script = "import sys, generators.pipeline; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == set()
