"""Whole builds: the same bytes everywhere, the same site from every command; a failed build changes nothing."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generators.adapters.verify import REQUIRED, verify_site
from site_tests.strange_machine import strange_environment

pytestmark = pytest.mark.build

BIN = Path(sys.executable).parent
DAY = "2026-11-22"
PROJECT_PARTS = ("content", "data", "theme_overrides", "mkdocs.yml")
OURS = ("localhost", "")


def tree(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "CAMPAIGN_TODAY": DAY, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )


def copy_project(root: Path, to: Path) -> Path:
    for part in PROJECT_PARTS:
        source = root / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, to / part)
    (to / "generators" / "render").mkdir(parents=True)
    (to / "generators" / "render" / "templates").symlink_to(root / "generators" / "render" / "templates")
    return to


@pytest.fixture(scope="module")
def plain(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `campaign build` gives it on the day of these tests."""
    output = tmp_path_factory.mktemp("plain") / "site"
    done = run(BIN / "campaign", "build", "--output", output, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return output


@pytest.fixture(scope="module")
def project(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's words, numbers and looks in another folder."""
    return copy_project(root, tmp_path_factory.mktemp("elsewhere"))


def test_another_machine_gives_the_same_bytes(plain: Path, project: Path, tmp_path: Path) -> None:
    """Another folder, zone, language, hash seed, home, and files in another order; test_reproducible.py has more."""
    done = run(BIN / "campaign", "build", cwd=project, **strange_environment(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(project / "site") == tree(plain)


def test_mkdocs_alone_gives_the_whole_site(plain: Path, root: Path, tmp_path: Path) -> None:
    done = run(BIN / "mkdocs", "build", "--strict", "--site-dir", tmp_path / "site", cwd=root)
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "site") == tree(plain)


def test_properdocs_gives_the_same_site(plain: Path, root: Path, tmp_path: Path) -> None:
    done = run(
        BIN / "properdocs", "build", "--config-file", root / "mkdocs.yml", "--site-dir", tmp_path / "site", cwd=root
    )
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "site") == tree(plain)


def test_a_site_without_the_sample_names_it_nowhere(root: Path, tmp_path: Path) -> None:
    done = run(BIN / "campaign", "build", "--no-sample", "--output", tmp_path / "site", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    files = [path for path in sorted((tmp_path / "site").rglob("*")) if path.is_file()]
    named = [
        path.relative_to(tmp_path).as_posix()
        for path in files
        if any(name.encode() in path.as_posix().encode() + path.read_bytes() for name in ("xa-mau", "Xã Mẫu"))
    ]
    assert named == []


def test_a_failed_build_leaves_the_published_site_as_it_was(plain: Path, root: Path, tmp_path: Path) -> None:
    project = copy_project(root, tmp_path)
    shutil.copytree(plain, project / "site")
    before = tree(project / "site")
    plan = project / "data" / "plans" / "vinh-linh-2025.yml"
    broken = plan.read_text(encoding="utf-8").replace("unit: vinh-linh\n", "unit: vinh-lin\n")
    plan.write_text(broken, encoding="utf-8")
    done = run(BIN / "campaign", "build", cwd=project)
    assert done.returncode == 1
    assert "[reference-unknown]" in done.stdout
    assert 'Có phải "vinh-linh"?' in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert tree(project / "site") == before


class _Pages(HTMLParser):
    """What the tests want to know of one page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.title = ""
        self._in: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._in:
            while self._in.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._in[-1:] == ["title"] and "svg" not in self._in:
            self.title += data


@pytest.fixture(scope="module")
def pages(plain: Path) -> dict[str, _Pages]:
    parsed = {}
    for path in sorted(plain.rglob("*.html")):
        page = _Pages()
        page.feed(path.read_text(encoding="utf-8"))
        parsed[path.relative_to(plain).as_posix()] = page
    return parsed


def attributes(pages: dict[str, _Pages]) -> Iterator[tuple[str, str, dict[str, str | None]]]:
    for name, page in pages.items():
        for tag, attrs in page.tags:
            yield name, tag, attrs


def test_no_inline_style_script_or_handler(pages: dict[str, _Pages]) -> None:
    wrong = [
        f"{name}: <{tag}> {attrs}"
        for name, tag, attrs in attributes(pages)
        if tag == "style"
        or "style" in attrs
        or any(key.startswith("on") for key in attrs)
        or (tag == "script" and "src" not in attrs and attrs.get("type") != "application/ld+json")
    ]
    assert wrong == []


def test_nothing_is_loaded_from_another_host(pages: dict[str, _Pages]) -> None:
    loading = {"script": "src", "img": "src", "source": "srcset", "iframe": "src", "video": "src", "audio": "src"}
    wrong = []
    for name, tag, attrs in attributes(pages):
        address = attrs.get(loading.get(tag, "")) or ""
        if tag == "link" and attrs.get("rel") in {"stylesheet", "icon", "preload", "manifest", "apple-touch-icon"}:
            address = attrs.get("href") or ""
        if urlsplit(address).netloc:
            wrong.append(f"{name}: {tag} {address}")
    assert wrong == []


def test_each_page_has_one_h1_its_language_a_title_and_a_description(pages: dict[str, _Pages]) -> None:
    for name, page in pages.items():
        counted = [tag for tag, _ in page.tags]
        assert counted.count("h1") == 1, name
        lang = next(attrs["lang"] for tag, attrs in page.tags if tag == "html")
        assert lang == ("en" if name.startswith("en/") else "vi"), name
        description = [attrs for tag, attrs in page.tags if tag == "meta" and attrs.get("name") == "description"]
        assert page.title.strip(), name
        assert len(description) == 1, name
        assert description[0]["content"], name


def test_no_two_pages_share_a_title(pages: dict[str, _Pages]) -> None:
    titles: dict[str, str] = {}
    for name, page in pages.items():
        twin = titles.setdefault(page.title, name)
        assert twin == name, f"{name} and {twin}: {page.title}"


def test_each_page_leads_to_the_national_platform(pages: dict[str, _Pages]) -> None:
    for name, page in pages.items():
        hrefs = {attrs.get("href") for tag, attrs in page.tags if tag == "a"}
        assert "https://binhdanhocvuso.gov.vn" in hrefs, name


def test_twins_name_each_other(pages: dict[str, _Pages]) -> None:
    for name, page in pages.items():
        twins = {
            attrs["hreflang"]: attrs["href"]
            for tag, attrs in page.tags
            if tag == "link" and attrs.get("rel") == "alternate" and attrs.get("hreflang")
        }
        if not twins:
            assert name in {"404.html", "offline.html"}, f"{name} has no twin"
            continue
        own = "en" if name.startswith("en/") else "vi"
        other = urlsplit(str(twins["en" if own == "vi" else "vi"])).path.lstrip("/") + "index.html"
        assert other in pages, f"{name}: {other}"
        back = {
            attrs["href"]
            for tag, attrs in pages[other].tags
            if tag == "link" and attrs.get("hreflang") == own
        }
        assert twins[own] in back, f"{other} does not name {name}"


def test_the_sitemap_lists_just_the_pages(plain: Path, pages: dict[str, _Pages]) -> None:
    listed = {
        urlsplit(url).path.lstrip("/") + "index.html"
        for file in plain.glob("sitemap*.xml")
        for url in re.findall(r"<loc>([^<]+)</loc>", file.read_text(encoding="utf-8"))
    }
    assert listed == {name for name in pages if name not in {"404.html", "offline.html"}}


def test_the_stock_theme_publishes_nothing(plain: Path) -> None:
    stock = re.compile(r"bundle|lunr|worker|palette")
    strange = [path.name for path in (plain / "assets").rglob("*") if stock.search(path.name)]
    assert strange == []
    assert not (plain / "search").joinpath("search_index.json").exists()


def test_every_link_and_anchor_leads_somewhere(plain: Path) -> None:
    assert verify_site(plain, "http://localhost:8000/", REQUIRED) == []
