"""The site while it is being written: the open page follows each edit, and a bad edit takes nothing away."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generators.adapters.bench.live import free_ports
from generators.pipeline import load_site
from site_tests.test_build import copy_project
from site_tests.test_cli import lay_out_small

pytestmark = pytest.mark.build

BIN = Path(sys.executable).parent
LONG = 120  # seconds that one build may take on a machine with other work; alone it takes a few


class Server:
    """A live server on a project that a test edits."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, home: str, project: Path) -> None:
        self.process = process
        self.home = home
        self.project = project
        self._log = log

    def said(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def wait_to_hear(self, words: str, since: int = 0) -> str:
        """Waits until the server has said something after ``since``; gives all that it said from there."""
        end = time.monotonic() + LONG
        while words not in self.said()[since:]:
            assert self.process.poll() is None, f"the server has ended:\n{self.said()}"
            assert time.monotonic() < end, f"never said {words!r}:\n{self.said()}"
            time.sleep(0.1)
        return self.said()[since:]

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.project / path
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{path} holds no {old!r}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """A copy of the project with a program of its own, so that a template can be edited too."""
    copied = copy_project(root, tmp_path / "project")
    (copied / "generators" / "render" / "templates").unlink()  # a link to the real ones
    shutil.copytree(
        root / "generators", copied / "generators", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
    )
    return copied


@contextmanager
def serving_live(project: Path, *command: str) -> Iterator[Server]:
    (port,) = free_ports(1)
    log = project.parent / "log.txt"
    flag = [f"--dev-addr=127.0.0.1:{port}"] if "mkdocs" in command[0] else [f"--port={port}"]
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [*command, *flag],
            cwd=project,
            env={
                **os.environ,
                "CAMPAIGN_TODAY": "2026-11-22",
                **({"PYTHONPATH": str(project)} if (project / "generators" / "pipeline.py").is_file() else {}),
                "PYTHONUNBUFFERED": "1",
                "SITE_URL": f"http://127.0.0.1:{port}/",
            },
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    server = Server(process, log, f"http://127.0.0.1:{port}", project)
    try:
        server.wait_to_hear("Serving on")
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def mark(page: Page) -> None:
    """Leaves a sign on the page that only a reload takes away."""
    page.evaluate("window.notReloaded = true")


def expect_reloaded(page: Page, words: str) -> None:
    """The words have come, and by the page's own reload: the test never asks for one."""
    expect(page.locator("main")).to_contain_text(words, timeout=LONG * 1000)
    assert page.evaluate("window.notReloaded") is None
    mark(page)


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(service_workers="block", reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_mkdocs_serve_follows_data_words_and_templates(project: Path, reader: Page) -> None:
    plan = "data/plans/vinh-linh-2025.yml"
    with serving_live(project, str(BIN / "mkdocs"), "serve") as server:
        reader.goto(f"{server.home}/ke-hoach/vinh-linh-2025/")
        mark(reader)
        title = reader.locator("h1").inner_text()
        text = (project / plan).read_text(encoding="utf-8")
        server.edit(plan, first_title(text), "Kế hoạch đã đổi tên")
        expect_reloaded(reader, "Kế hoạch đã đổi tên")
        assert reader.locator("h1").inner_text() != title

        server.edit("content/ke-hoach/vinh-linh-2025.md", "\n## ", "\nMột dòng vừa viết thêm.\n\n## ")
        expect_reloaded(reader, "Một dòng vừa viết thêm.")

        template = project / "generators/render/templates/plan.html"
        template.write_text(template.read_text(encoding="utf-8") + "<p>Mẫu đã đổi.</p>\n", encoding="utf-8")
        expect_reloaded(reader, "Mẫu đã đổi.")
    assert "Traceback" not in server.said()


def first_title(text: str) -> str:
    found = re.search(r"^title:\s*(?:\{\s*vi:\s*|\n\s+vi:\s*)([^\n,}]+)", text, re.MULTILINE)
    assert found
    return found[1].strip()


def test_campaign_serve_keeps_the_last_good_page_and_tells_every_problem(
    root: Path, tmp_path: Path, reader: Page
) -> None:
    project = lay_out_small(root, tmp_path / "project")
    plan, page = "data/plans/xa-thu-2025.yml", "content/bat-dau.md"
    with serving_live(project, str(BIN / "campaign"), "serve", "--no-sample") as server:
        assert f"{server.home}/" in server.said()
        refused: list[str] = []
        reader.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
        reader.goto(f"{server.home}/bat-dau/")
        mark(reader)
        good = reader.locator("h1").inner_text()
        since = len(server.said())
        words = (project / page).read_text(encoding="utf-8")
        # Two files, one straight after the other, before the server looks.
        assert "section:" in words
        (project / page).write_text(words.replace("section:", "sektion:", 1), encoding="utf-8")
        server.edit(plan, "status: in_force\n", "statuss: in_force\n")
        heard = server.wait_to_hear("Trình duyệt vẫn thấy bản tốt gần nhất.", since)
        assert f"{plan}:" in heard
        assert "sektion" in heard
        assert f"{page}:" in heard
        assert "Traceback" not in heard
        # The page stays as it was; the panel tells what the terminal tells, and goes by the keyboard.
        panel = reader.get_by_role("alert")
        expect(panel).to_contain_text("Có phải \"section\"?", timeout=LONG * 1000)
        expect(panel.get_by_role("heading")).to_have_text("3 lỗi")
        expect(panel).to_contain_text("statuss: in_force")
        expect(panel).to_contain_text("data/README.md#tra-khoa")
        where = panel.get_by_role("link", name=f"{plan}:7:1").get_attribute("href")
        assert where == f"vscode://file{(project / plan).resolve().as_posix()}:7:1"
        assert reader.evaluate("window.notReloaded"), "nothing is lost by a reload"
        expect(reader.locator("h1")).to_have_text(good)
        panel.get_by_role("button", name="Đóng").focus()
        reader.keyboard.press("Enter")
        expect(panel).to_have_count(0)
        again = reader.get_by_role("button", name="3 lỗi")
        expect(again).to_be_focused()
        reader.keyboard.press("Enter")
        expect(panel.get_by_role("heading")).to_be_focused()
        reader.keyboard.press("Escape")
        expect(again).to_be_focused()
        reader.goto(f"{server.home}/")  # another page of the last good build has it too
        expect(panel).to_be_visible(timeout=LONG * 1000)
        reader.goto(f"{server.home}/bat-dau/")
        mark(reader)

        server.edit(plan, "statuss: in_force\n", "status: in_force\n")
        (project / page).write_text(words.rstrip() + "\n\nĐã sửa xong mọi lỗi.\n", encoding="utf-8")
        expect_reloaded(reader, "Đã sửa xong mọi lỗi.")
        expect(panel).to_have_count(0)
        assert refused == []
    assert server.process.returncode == 0, "Ctrl+C is how a server is meant to end"
    assert "Traceback" not in server.said()


NEWS = """---
id: {id}
title: {title}
date: 01/11/2026
summary: Xã mở lớp.
{more}
---

Bài viết.
"""


def test_the_preview_alone_shows_and_marks_what_is_not_published_yet(
    root: Path, tmp_path: Path, reader: Page
) -> None:
    project = lay_out_small(root, tmp_path / "project")
    folder = project / "content/tin-tuc"
    folder.mkdir(exist_ok=True)
    for name, more in (("nhap", "draft: true"), ("sap-dang", "publish_at: 01/12/2026")):
        text = NEWS.format(id=name, title=f"Tin {name}", more=more)
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    with serving_live(project, str(BIN / "mkdocs"), "serve") as server:
        reader.goto(f"{server.home}/tin-tuc/")
        entries = reader.locator(".news-entry")
        expect(entries.filter(has_text="Tin nhap")).to_contain_text("Bản nháp")
        expect(entries.filter(has_text="Tin sap-dang")).to_contain_text("Chưa đến ngày đăng")
        reader.goto(f"{server.home}/tin-tuc/2026/11/nhap/")
        expect(reader.locator(".news-byline")).to_contain_text("Bản nháp")
        pencil = reader.get_by_role("link", name="Sửa tệp này")
        expect(pencil).to_have_attribute("href", f"vscode://file{(folder / 'nhap.md').resolve().as_posix()}")
    public, _ = load_site(project, date(2026, 11, 22), "https://example.com/")
    assert [address for address in public.page_addresses() if "nhap" in address or "sap-dang" in address] == []


def test_nothing_of_the_preview_is_published(built_site: Path) -> None:
    for file in (*built_site.rglob("*.html"), *built_site.rglob("*.js")):
        text = file.read_text(encoding="utf-8")
        assert "_preview" not in text and "vscode:" not in text and "preview-panel" not in text, file
