"""The look at a change says "whole" of the same trees as the look at all files, and reads no more than it must."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, relpath
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.adapters.verify import change as change_module
from generators.adapters.verify import look_at_change, verify_site

URL = "https://example.com/so/"
PAGES = (
    *("index.html", "a/index.html", "a/b/index.html", "a/2/index.html", "a/b/2/index.html"),
    *("b/index.html", "b/c.html", "long/index.html", "a/longer/index.html"),
)
OTHERS = ("feed.xml", "a/lich.ics", "a/x.json", "t.txt", "a/site.css", "b/x.csv", "a/b/p.svg", "b/longest.txt")
IDS = ("k", "m", "2")
Lead = tuple[str, str, str]  # a file, an anchor, and how the address is spelled
Files = dict[str, bytes]


@dataclass(frozen=True)
class Leaf:
    """One file of an imagined tree: its ids, and where it leads."""

    ids: tuple[str, ...]
    leads: tuple[Lead, ...]


Tree = dict[str, Leaf]


def short(target: str) -> str:
    return target.removesuffix("index.html") if f"/{target}".endswith("/index.html") else target


def top(page: str) -> str:
    return relpath(".", dirname(page) or ".")


def relative(page: str, target: str) -> str:
    way = relpath(short(target) or ".", dirname(page) or ".")
    return f"{way}/" if short(target) in {"", f"{short(target).rstrip('/')}/"} else way


SPELLINGS: dict[str, Callable[[str, str], str]] = {
    "relative": relative,
    "from the top": lambda _, target: f"/so/{short(target)}",
    "in full": lambda _, target: f"{URL}{short(target)}",
    "with its name": lambda page, target: relpath(target, dirname(page) or "."),
    "dotted": lambda page, target: f"./{relative(page, target)}",
    "by a detour": lambda page, target: f"{top(page)}/z/../{short(target)}",
    "by a short detour": lambda page, target: f"{top(page)}/{short(target).replace('/', '/./')}",
    "twice parted": lambda _, target: f"/so/{short(target).replace('/', '//')}",
    "in per cent": lambda _, target: "/so/" + "".join(f"%{ord(letter):02x}" for letter in short(target)),
    "parted in per cent": lambda _, target: "/so/" + short(target).replace("/", "%2F"),
    "by number": lambda _, target: "/so/" + "".join(f"&#{ord(letter)};" for letter in short(target)),
    "by name": lambda _, target: "/so/" + short(target).replace("/", "&sol;").replace(".", "&period;"),
}


def page_text(name: str, leaf: Leaf) -> str:
    links = [f'<a href="{SPELLINGS[how](name, to)}{anchor and "#"}{anchor}">x</a>' for to, anchor, how in leaf.leads]
    return "\n".join(["<!doctype html>", *(f'<p id="{one}">02/07/2025 b/ #k</p>' for one in leaf.ids), *links, ""])


def other_text(name: str, leaf: Leaf) -> str:
    urls = [f"{URL}{short(target)}" for target, _, _ in leaf.leads]
    if name.endswith(".xml"):
        return f"<rss>{''.join(f'&lt;a href=&quot;{url}&quot;&gt;' for url in urls)}</rss>"
    if name.endswith(".ics"):
        return "".join(f"{line}\r\n" for line in ("BEGIN:VCALENDAR", *map(folded, urls), "END:VCALENDAR"))
    if name.endswith(".json"):
        return "[" + ", ".join('"' + url.replace("/", "\\/") + '"' for url in urls) + "]"
    if name.endswith(".css"):
        return "p {}" + "".join(f"i {{ background: url({relative(name, target)}) }}" for target, _, _ in leaf.leads)
    return "<svg/>" if name.endswith(".svg") else "".join(f"{url}\r\n" for url in urls) or "x\r\n"


def folded(url: str) -> str:
    """A line of a calendar, folded within the address (RFC 5545, section 3.1)."""
    return f"URL:{url[:-2]}\r\n {url[-2:]}"


def texts(tree: Tree) -> Files:
    return {name: (page_text if name in PAGES else other_text)(name, leaf).encode() for name, leaf in tree.items()}


def mended(tree: Tree) -> Tree:
    """The tree without what leads nowhere."""
    return {
        name: Leaf(leaf.ids, tuple(lead for lead in leaf.leads if leads_somewhere(tree, lead)))
        for name, leaf in tree.items()
    }


def leads_somewhere(tree: Tree, lead: Lead) -> bool:
    target, anchor, _ = lead
    return target in tree and (not anchor or target not in PAGES or anchor in tree[target].ids)


def some_leaf(turn: random.Random) -> Leaf:
    leads = [
        (turn.choice(PAGES + OTHERS), turn.choice(("", *IDS)), turn.choice(tuple(SPELLINGS)))
        for _ in range(turn.randint(0, 3))
    ]
    return Leaf(tuple(sorted(turn.sample(IDS, turn.randint(0, 3)))), tuple(leads))


def some_tree(turn: random.Random) -> Tree:
    return mended({name: some_leaf(turn) for name in PAGES + OTHERS if turn.random() < 0.8})


def changed_tree(tree: Tree, turn: random.Random) -> Tree:
    """The tree after one to three edits: a file less, or one anew, or with an id or a lead less."""
    new = dict(tree)
    for _ in range(turn.randint(1, 3)):
        name = turn.choice(PAGES + OTHERS)
        old, edit = new.pop(name, None), turn.choice(("less", "anew", "ids", "leads"))
        if edit == "anew" or (old is None and turn.random() < 0.5):
            new[name] = some_leaf(turn)
        elif old and edit != "less":
            new[name] = Leaf(old.ids[1:], old.leads) if edit == "ids" else Leaf(old.ids, old.leads[1:])
    return mended(new) if turn.random() < 0.3 else new


def lay_out(folder: Path, files: Files) -> Path:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def both_looks(folder: Path, old: Files, new: Files, required: tuple[str, ...] = ()) -> tuple[bool, bool]:
    """What the look at the change says, and what the look at all files."""
    before, after = lay_out(folder / "before", old), lay_out(folder / "after", new)
    assert verify_site(before, URL, required) == []
    different = {name: content for name, content in new.items() if old.get(name) != content}
    changed = lay_out(folder / "changed", different)
    said = look_at_change(before, changed, old.keys() - new.keys(), new.keys(), URL, required)
    return said, verify_site(after, URL, required) == []


@given(st.randoms(use_true_random=False))
@settings(max_examples=400, deadline=None)
def test_the_look_at_a_change_agrees_with_the_look_at_all_files(turn: random.Random) -> None:
    tree = some_tree(turn)
    with TemporaryDirectory() as folder:
        said, meant = both_looks(Path(folder), texts(tree), texts(changed_tree(tree, turn)))
    assert said == meant


ASKED = {
    "index.html": b'<p id="k">x</p>\n<a href="a/b/#m">x</a>\n',
    "a/b/index.html": b'<p id="m">x</p>\n<a href="../../#k">x</a>\n',
    "a/c/index.html": b"<p>x</p>\n",
}


@pytest.mark.parametrize("how", SPELLINGS)
@pytest.mark.parametrize("page", ["index.html", "a/index.html", "a/b/2/index.html", "b/c.html"])
@pytest.mark.parametrize("target", ["a/b/index.html", "a/2/index.html", "b/x.csv", "a/longer/index.html"])
def test_however_a_link_is_written_a_file_that_it_asks_for_is_missed(
    how: str, page: str, target: str, tmp_path: Path
) -> None:
    old = texts({page: Leaf((), ((target, "", how),)), **{name: Leaf((), ()) for name in (target, "long/index.html")}})
    new = {name: content for name, content in old.items() if name == page}
    assert both_looks(tmp_path, old, new) == (False, False)


@pytest.mark.parametrize("how", SPELLINGS)
@pytest.mark.parametrize("page", ["index.html", "a/index.html", "a/b/2/index.html", "b/c.html"])
def test_however_a_link_is_written_an_anchor_that_it_asks_for_is_missed(how: str, page: str, tmp_path: Path) -> None:
    leaf = Leaf((), (("a/b/index.html", "k", how),))
    old = texts({page: leaf, "a/b/index.html": Leaf(("k", "m"), ()), "a/x.json": Leaf((), ())})
    new = {**old, **texts({"a/b/index.html": Leaf(("m",), ())})}
    assert both_looks(tmp_path, old, new) == (False, False)


@pytest.mark.parametrize("address", ["../", ".././", "../index.html", "../../longer/"])
def test_a_page_below_need_not_name_the_folder_that_it_asks_for(address: str, tmp_path: Path) -> None:
    old = {"a/longer/index.html": b"<p>x</p>\n", "a/longer/c/index.html": f'<a href="{address}">x</a>\n'.encode()}
    new = {name: content for name, content in old.items() if name != "a/longer/index.html"}
    assert both_looks(tmp_path, old, new) == (False, False)


@pytest.mark.parametrize("name", ["feed.xml", "a/lich.ics", "a/x.json", "t.txt", "a/site.css", "b/x.csv"])
def test_other_files_ask_for_files_too(name: str, tmp_path: Path) -> None:
    old = texts({name: Leaf((), (("a/b/p.svg", "", ""),)), "a/b/p.svg": Leaf((), ())})
    assert both_looks(tmp_path, old, {name: old[name]}) == (False, False)


@pytest.mark.parametrize(
    ("new", "whole"),
    [
        ({"a/c/index.html": b'<a href="../b/#m">x</a>\n'}, True),  # to a page that has not changed
        ({"a/c/index.html": b'<a href="../b/#k">x</a>\n'}, False),
        ({"a/c/index.html": b'<a href="../d/">x</a>\n'}, False),
        ({"a/c/index.html": b'<a href="../d/">x</a>\n', "a/d/index.html": b"<p>x</p>\n"}, True),
        ({"a/c/index.html": b'<p id="x">x</p>\n<p id="x">x</p>\n'}, False),
        ({"a/c/index.html": b""}, False),
        ({"a/x.json": b"{"}, False),
        ({"a/b/index.html": b'<p id="m">y</p>\n'}, True),
        ({"a/b/index.html": b'<p id="k">y</p>\n'}, False),  # the first page asks for #m
        ({"a/b/index.html": b'<p id="k">y</p>\n', "index.html": b'<p id="k">x</p>\n<a href="a/b/#k">x</a>\n'}, True),
    ],
)
def test_a_changed_file_is_looked_at(new: Files, whole: bool, tmp_path: Path) -> None:
    assert both_looks(tmp_path, ASKED, {**ASKED, **new}) == (whole, whole)


def test_what_is_required_must_be_there(tmp_path: Path) -> None:
    new = {name: content for name, content in ASKED.items() if name != "a/c/index.html"}
    assert both_looks(tmp_path / "without", ASKED, new) == (True, True)
    assert both_looks(tmp_path / "with", ASKED, new, ("a/c/index.html",)) == (False, False)


def test_a_change_that_does_not_fit_its_tree_is_not_whole(tmp_path: Path) -> None:
    before, changed = lay_out(tmp_path / "before", ASKED), lay_out(tmp_path / "changed", {"new.html": b"<p>\n"})
    assert look_at_change(before, changed, (), {*ASKED, "new.html"}, URL)
    assert not look_at_change(before, changed, (), ASKED.keys(), URL)
    assert not look_at_change(before, changed, ("a/c/index.html",), {*ASKED, "new.html"}, URL)


def test_nothing_is_searched_when_nothing_has_vanished(tmp_path: Path) -> None:
    """Only what has changed, and the pages whose anchors it asks for, have to be there to be read."""
    before = lay_out(tmp_path / "before", {"a/b/index.html": ASKED["a/b/index.html"]})
    changed = lay_out(tmp_path / "changed", {"a/c/index.html": b'<a href="../b/#m">x</a>\n<a href="../../">x</a>\n'})
    assert look_at_change(before, changed, (), ASKED.keys(), URL)


def test_what_only_changed_files_may_lead_to_is_not_searched_for_elsewhere(tmp_path: Path) -> None:
    before = lay_out(tmp_path / "before", {"a/b/index.html": ASKED["a/b/index.html"]})
    files = {*ASKED, "s/index.json"}

    def whole(index: bytes) -> bool:
        changed = lay_out(tmp_path / f"changed-{len(index)}", {"s/index.json": index})
        return look_at_change(before, changed, ("s/1.json",), files, URL, unlinked=("s/1.json",))

    assert whole(b'["s"]\n')
    assert not whole(f'["{URL}s/1.json"]\n'.encode())
    with pytest.raises(FileNotFoundError):  # else every file is read
        look_at_change(before, tmp_path / "changed-6", ("s/1.json",), files, URL)


def test_several_processes_search_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_module, "_FEW_FILES", 0)
    monkeypatch.setattr(change_module, "_AT_ONCE", 1)
    monkeypatch.setattr(change_module, "hands", lambda: 3)
    old = {**ASKED, **{f"n/{number}/index.html": b"<p>x</p>\n" for number in range(9)}}
    for gone, whole in (("n/3/index.html", True), ("a/b/index.html", False)):
        new = {name: content for name, content in old.items() if name != gone}
        assert both_looks(tmp_path / gone, old, new) == (whole, whole)


def test_when_much_has_vanished_the_whole_tree_must_be_looked_at(tmp_path: Path) -> None:
    many = {f"n/{number}/index.html": b"<p>x</p>\n" for number in range(99)}
    assert both_looks(tmp_path, {**ASKED, **many}, ASKED) == (False, True)
    shutil.rmtree(tmp_path)
    together = {**many, "n/index.html": b"<p>x</p>\n"}  # the folder stands for all of them
    assert both_looks(tmp_path, {**ASKED, **together}, ASKED) == (True, True)
