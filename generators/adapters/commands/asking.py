"""Owns how an editor is asked: a flag that was given counts, else a question on the terminal, else the default.

Without a terminal nothing is asked; what is missing then ends the command with the flag's name.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic_core import PydanticCustomError

from generators.problems import Language, catalogue, near_name
from generators.scaffold.writing import id_of, one_line

T = TypeVar("T")

_WORDS: dict[str, dict[Language, str]] = {
    "needed": {"vi": "Thiếu --{flag}: {question}", "en": "--{flag} is missing: {question}"},
    "empty": {"vi": "Chỗ này phải có chữ.", "en": "This cannot be empty."},
    "unknown": {
        "vi": '"{found}" không dùng được. Được dùng: {allowed}.',
        "en": '"{found}" cannot be used. Allowed: {allowed}.',
    },
    "near": {"vi": ' Có phải "{near}"?', "en": ' Did you mean "{near}"?'},
    "skip": {"vi": "bấm Enter để bỏ qua", "en": "press Enter to skip"},
}
_SHOWN = 12


class NotAnswered(Exception):
    """Raised when a needed answer is missing or wrong and nobody can be asked; the text says which flag and why."""


class WrongAnswer(ValueError):
    """Raised by a reader for an answer that cannot be taken; the text says why."""


@dataclass(frozen=True)
class Asker:
    """Gives answers, from flags or from the terminal.

    ``ask`` prints a question and gives the line typed, or is ``None`` where there is no terminal. ``say`` prints.
    """

    options: argparse.Namespace
    lang: Language
    ask: Callable[[str], str] | None
    say: Callable[[str], None]

    def get(self, flag: str, question: str, read: Callable[[str], T], default: str | None = None) -> T:
        """Gives one answer, read by ``read`` (which raises :class:`WrongAnswer`). Without a default it is needed.

        An empty default makes the answer optional: ``read`` then gets the empty text. Raises :class:`NotAnswered`.
        """
        given = getattr(self.options, flag.replace("-", "_"))
        if given is not None:
            return self._taken(flag, given, read)
        if self.ask is None:
            if default is None:
                raise NotAnswered(self._word("needed", flag=flag, question=question))
            return self._taken(flag, default, read)
        hint = "" if default is None else f" [{default or self._word('skip')}]"
        while True:
            typed = one_line(self.ask(f"{question}{hint}: "))
            try:
                return read(typed or (default or ""))
            except WrongAnswer as error:
                self.say(f"  {error}")

    def many(self, flag: str, question: str, read: Callable[[str], T]) -> list[T]:
        """Gives as many answers as were given: each flag is one, and on the terminal each line until an empty one."""
        given = getattr(self.options, flag.replace("-", "_"))
        if given is not None:
            return [self._taken(flag, one, read) for one in given]
        if self.ask is None:
            return []
        answers: list[T] = []
        while typed := one_line(self.ask(f"{question} [{self._word('skip')}]: ")):
            try:
                answers.append(read(typed))
            except WrongAnswer as error:
                self.say(f"  {error}")
        return answers

    def _taken(self, flag: str, text: str, read: Callable[[str], T]) -> T:
        try:
            return read(one_line(text))
        except WrongAnswer as error:
            raise NotAnswered(f"--{flag}: {error}") from None

    def text(self, typed: str) -> str:
        """Reads a text that cannot be empty."""
        if not typed:
            raise WrongAnswer(self._word("empty"))
        return typed

    def by(self, reader: Callable[[str], T]) -> Callable[[str], T]:
        """Gives a reader that refuses what a reader of the records refuses, with the same sentence."""

        def read(typed: str) -> T:
            try:
                return reader(self.text(typed))
            except PydanticCustomError as error:
                context = {"found": typed, **(error.context or {})}
                raise WrongAnswer(catalogue()[error.type][self.lang].format_map(context)) from None

        return read

    def optional(self, read: Callable[[str], str]) -> Callable[[str], str]:
        """Gives a reader that also takes nothing."""
        return lambda typed: read(typed) if typed else ""

    def one_of(self, allowed: Mapping[str, Iterable[str]]) -> Callable[[str], str]:
        """Gives a reader of an id out of ``allowed``, which also takes the names of each, with or without tones."""
        names: dict[str, str] = {}
        for found, others in allowed.items():
            for name in (*others, found):
                names[id_of(name)] = found

        def read(typed: str) -> str:
            folded = id_of(self.text(typed))
            if folded in names:
                return names[folded]
            shown = ", ".join(list(allowed)[:_SHOWN]) + (", …" if len(allowed) > _SHOWN else "")
            near = names.get(near_name(folded, names), "")
            hint = self._word("near", near=near) if near else ""
            raise WrongAnswer(self._word("unknown", found=typed, allowed=shown) + hint)

        return read

    def _word(self, key: str, **values: str) -> str:
        return _WORDS[key][self.lang].format_map(values)
