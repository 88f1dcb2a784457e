"""Owns how the lines of each sheet of a form are read: to which target, task or model they belong, what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generators.scaffold.writing import id_of
from generators.spreadsheet import layout
from generators.spreadsheet.desk import Desk
from generators.spreadsheet.rows import FormRow, ModelRow, all_model_rows, state_words, status_words
from generators.spreadsheet.tables import Line

_PENDING = ""  # the key of a line whose target is not known yet
_SILENT = frozenset({"not_reported", "not_applicable", "withheld"})
_SAID = ("done", "why_lower", "assessment", "difficulties", "proposals")


def take_table(desk: Desk, rows: Sequence[FormRow]) -> dict[str, dict[str, Any]]:
    """Gives what the main table says, by the key of the line; lines into which nothing was typed say nothing."""
    finder = _Finder(desk, [row for row in rows if row.kind != "group"])
    states, statuses = state_words(desk.site), status_words(desk.site)
    inputs = [column for column in layout.REPORT if column.is_input]
    said: dict[str, dict[str, Any]] = {}
    for line in desk.lines(layout.REPORT_SHEET):
        if not line.has(inputs):
            continue
        row = finder.row(line)
        if row is None:
            continue
        if row.kind == "task":
            said[row.key] = _task(desk, line, row, statuses)
        else:
            said[row.key] = _reading(desk, line, row, states)
    return said


class _Finder:
    """Finds the target or task of a line: by its key; where that is lost, by a name that only one of them has."""

    def __init__(self, desk: Desk, rows: Sequence[FormRow]) -> None:
        self._desk = desk
        self._by_key = {row.key: row for row in rows}
        names = Counter(id_of(row.name) for row in rows)
        self._by_name = {id_of(row.name): row for row in rows if names[id_of(row.name)] == 1}
        self._seen: dict[str, Line] = {}

    def row(self, line: Line) -> FormRow | None:
        """Gives the row, or ``None`` with a complaint."""
        key = _text(line, "key")
        name = _text(line, "name")
        named = self._by_name.get(id_of(name))
        row = self._by_key.get(key) if key else named
        if row is None:
            self._desk.complain(line.place("name", "number"), "sheet-row-unknown", found=(name or key)[:60])
        elif named is not None and named is not row:
            # Whose figures these are cannot be told: the names were moved without what belongs to them.
            self._desk.complain(line.place("name"), "sheet-row-mixed", found=name[:60], other=row.name[:60])
        elif (first := self._seen.setdefault(row.key, line)) is not line:
            self._desk.complain(line.place("name"), "sheet-row-twice", found=row.name[:60], other=str(first.row))
        else:
            return row
        return None


def _text(line: Line, column: str) -> str:
    cell = line.cells.get(column)
    return "" if cell is None or cell.value is None else str(cell.value).strip()


def _reading(desk: Desk, line: Line, row: FormRow, states: Mapping[str, str]) -> dict[str, Any]:
    found = desk.row(line, layout.REPORT_SHEET, row.key, states)
    figures: dict[str, Any] = {name: found[name] for name in ("reached", "of", "percent") if name in found}
    reading: dict[str, Any] = {"target": row.id, **figures}
    if measure := _text(line, "measure"):
        reading["measure"] = measure
        desk.places[row.key, "measure"] = line.place("name")
    state = _state(desk, line, found.get("state"), states, ("reached", "percent"), ("reached", "of", "percent"))
    if state:
        reading["state"] = state
    return reading | _texts(desk, row, found)


def _state(
    desk: Desk,
    line: Line,
    chosen: str | None,
    states: Mapping[str, str],
    figures: Sequence[str],
    silenced: Sequence[str],
) -> str:
    """Gives the state of a figure, or nothing for a final one. Where there is no figure it is not reported.

    ``figures`` are the columns of which one must be filled for a figure, ``silenced`` those that a state without a
    figure leaves no room for.
    """
    typed = [name for name in silenced if name in line.cells]
    if chosen in _SILENT and typed:
        desk.complain(line.place(*typed), "sheet-state-figure", found=states[chosen])
    elif chosen not in _SILENT and not any(name in line.cells for name in figures):
        if "of" in line.cells:
            desk.complain(line.place("of"), "sheet-of-alone")
        elif chosen:
            desk.complain(line.place("state"), "sheet-no-figure", found=states[chosen])
        elif "state" not in line.cells:
            return "not_reported"
    return chosen if chosen and chosen != "final" else ""


def _task(desk: Desk, line: Line, row: FormRow, statuses: Mapping[str, str]) -> dict[str, Any]:
    for name in layout.TARGET_ONLY:
        if name in line.cells:
            desk.complain(line.cells[name].place, "sheet-cell-unused", found=str(line.cells[name].value)[:60])
    kept = {name: cell for name, cell in line.cells.items() if name not in layout.TARGET_ONLY}
    found = desk.row(Line(line.sheet, line.row, kept, line.columns), layout.REPORT_SHEET, row.key, statuses)
    if "state" not in line.cells:
        desk.complain(line.place("state"), "sheet-no-status", allowed=", ".join(statuses.values()))
    if "state" in found:
        desk.places[row.key, "status"] = line.place("state")
    return {"task": row.id, "status": found.get("state"), **_texts(desk, row, found)}


def _texts(desk: Desk, row: FormRow, found: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: desk.translations.words(f"{row.key}:{name}", found[name]) for name in _SAID if name in found}
    evidence = [
        {"text": desk.translations.words(f"{row.key}:evidence", text), **({"url": url} if url else {})}
        for text, url in found.get("evidence", [])
    ]
    return texts | ({"evidence": evidence} if evidence else {})


def take_parts(desk: Desk, rows: Iterable[FormRow], said: dict[str, dict[str, Any]]) -> None:
    """Adds the parts of figures to what is said about their targets."""
    for key, found in _belonging(desk, layout.PARTS_SHEET, rows, said, ("target", "name", "reached")):
        name = desk.translations.words(f"{key}:parts", found.pop("name"))
        _append(desk, said[key], key, "parts", {"name": name, **found})


def take_corrections(desk: Desk, rows: Iterable[FormRow], said: dict[str, dict[str, Any]]) -> None:
    """Adds corrections to what is said about their targets."""
    for key, found in _belonging(desk, layout.CORRECTIONS_SHEET, rows, said, ("target", "date", "reason")):
        reason = desk.translations.words(f"{key}:corrections", found.pop("reason"))
        _append(desk, said[key], key, "corrections", {**found, "reason": reason})


def _append(desk: Desk, reading: dict[str, Any], key: str, name: str, value: dict[str, Any]) -> None:
    listed = reading.setdefault(name, [])
    for loc in [loc for loc in desk.places if loc[0] == _PENDING]:
        desk.places[key, name, len(listed), *loc[1:]] = desk.places.pop(loc)
    desk.places.setdefault((key, name), desk.places[key, name, 0])
    listed.append(value)


def _belonging(
    desk: Desk, sheet: str, rows: Iterable[FormRow], said: Mapping[str, Any], needed: Sequence[str]
) -> Iterable[tuple[str, dict[str, Any]]]:
    """Gives the complete lines of a sheet whose lines name a target, with the target's key."""
    labels = {row.key: row.label for row in rows if row.kind == "target"}
    for line in desk.lines(sheet):
        for loc in [loc for loc in desk.places if loc[0] == _PENDING]:
            del desk.places[loc]  # of a line before that could not be taken
        found = desk.row(line, sheet, _PENDING, labels)
        for name in needed:
            if name not in line.cells:
                desk.complain(line.place(name), "text-empty")
        if any(name not in found for name in needed):
            continue
        key = found.pop("target")
        if key in said:
            yield key, found
        else:
            desk.complain(line.place("target"), "sheet-target-silent", found=labels[key][:60])


def take_models(desk: Desk) -> list[dict[str, Any]]:
    """Gives what the form counts under each outreach model."""
    rows = all_model_rows(desk.site)
    by_key = {row.key: row for row in rows}
    by_name = {(id_of(row.name), id_of(row.counted)): row for row in rows}
    states = state_words(desk.site)
    inputs = [column for column in layout.MODELS if column.is_input]
    seen: dict[str, tuple[Line, dict[str, Any]]] = {}
    for line in desk.lines(layout.MODELS_SHEET):
        if not line.has(inputs):
            continue
        named = by_name.get((id_of(_text(line, "name")), id_of(_text(line, "measure"))))
        row = by_key.get(_text(line, "key")) or (None if _text(line, "key") else named)
        if row is None:
            desk.complain(line.place("name"), "sheet-row-unknown", found=_text(line, "name")[:60])
        elif named is not None and named is not row:
            other = f"{row.name}: {row.counted}"[:60]
            desk.complain(line.place("measure"), "sheet-row-mixed", found=_text(line, "measure")[:60], other=other)
        elif row.key in seen:
            first = str(seen[row.key][0].row)
            desk.complain(line.place("name"), "sheet-row-twice", found=row.counted[:60], other=first)
        else:
            seen[row.key] = line, _counted(desk, line, row, states)
    keys = [key for key in by_key if key in seen]
    for index, key in enumerate(keys):
        for loc in [loc for loc in desk.places if loc[0] == key]:
            desk.places["models", index, *loc[1:]] = desk.places[loc]
    return [seen[key][1] for key in keys]


def _counted(desk: Desk, line: Line, row: ModelRow, states: Mapping[str, str]) -> dict[str, Any]:
    found = desk.row(line, layout.MODELS_SHEET, row.key, states)
    counted: dict[str, Any] = {"model": row.model, "measure": row.measure}
    counted |= {name: found[name] for name in ("value", "of") if name in found}
    if state := _state(desk, line, found.get("state"), states, ("value",), ("value",)):
        counted["state"] = state
    if "note" in found:
        counted["note"] = desk.translations.words(f"{row.key}:note", found["note"])
    return counted
