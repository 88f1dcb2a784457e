"""Owns how Jinja's templates become Python: the same HTML as by Jinja's own compiler, for less work a page.

Three things differ, because a page holds thousands of each. A call is a plain call; Jinja's own first asks whether the
function wants the template's context, so no function that a template calls may want it (filters and tests still may).
A value is printed without being made ``Markup`` on the way. A phrase that stands by itself is escaped once a build.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from keyword import iskeyword
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_PHRASE = "t"


def printed(value: object) -> str:
    """Gives a value as it stands in HTML: escaped, unless it says that it is HTML already."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value] # mypy does not learn from the identity of types
    if kind is str:
        text: str = value  # type: ignore[assignment] # as above
        if not ("&" in text or "<" in text or ">" in text or '"' in text or "'" in text):
            return text
    return escape(value)


class SaidPhrases(dict[str, str]):
    """Phrases without places in one language, escaped when they are first asked for."""

    def __init__(self, phrase: Callable[[str], str]) -> None:
        super().__init__()
        self._phrase = phrase

    def __missing__(self, key: str) -> str:
        self[key] = found = str(escape(self._phrase(key)))
        return found


class _PlainCode(CodeGenerator):
    """Writes the Python of one template. The methods' names, and what they get, are Jinja's."""

    _printed: nodes.Node | None = None
    """The expression that is being printed as it is."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's
        if node is self._printed and _is_plain_phrase(node):
            self.write(f"environment.said[{node.args[0].as_const()!r}]")
            return
        if node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002 - Jinja's
        self._printed = node
        self.write("(" if _is_plain_phrase(node) else "environment.printed(")


def _is_plain_phrase(node: nodes.Node) -> bool:
    """True for ``t('key')`` with a key that is written there and nothing else."""
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name == _PHRASE
        and [type(one) for one in node.args] == [nodes.Const]
        and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    )


class PlainEnvironment(Environment):
    """An environment whose templates are compiled so. It always escapes."""

    code_generator_class = _PlainCode
    printed = staticmethod(printed)

    def __init__(self, said: SaidPhrases, **options: Any) -> None:
        super().__init__(autoescape=True, **options)
        self.said = said

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Gives what a template knows by itself: what the environment knows when the template is loaded.

        In one dictionary, which each page asks hundreds of times and Jinja's own chain of two answers slowly.
        """
        return {**self.globals, **(d or {})}
