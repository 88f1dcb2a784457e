"""Holds the live preview's state and answers without a server or a browser."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click import ClickException
from mkdocs.exceptions import Abort

from generators.adapters import live
from generators.adapters.preview.app import preview_app
from generators.adapters.preview.state import Preview, Told
from generators.adapters.source_links import editor_link, forge_link
from generators.hosting.rules import CONTENT_SECURITY_POLICY

WRONG = Told("data/a.yml:3:1", "error", "Sai.", "  3 | a", "Xem hướng dẫn: data/README.md#so", "vscode://file/a:3:1")
PAGE = b"<html><head><title>x</title></head><body>x</body></html>"


class Files(dict[str, bytes]):
    """The files of a good build, as the preview asks for them."""

    def file(self, path: str) -> bytes | None:
        return self.get(path)


@pytest.fixture
def preview() -> Preview:
    """A preview with one good build of a site below /so/."""
    state = Preview()
    files = {"index.html": PAGE, "bat-dau/index.html": PAGE, "404.html": PAGE, "feed.xml": b"<rss/>"}
    state.publish(Files(files | {"search/vi/index.json": b"{}"}), ())
    return state


def ask(preview: Preview, path: str, query: str = "") -> tuple[str, dict[str, str], bytes]:
    """The status, the headers and the body of an answer; what the preview does not have, MkDocs answers."""
    said: list[Any] = []

    def inner(_: object, start: Any) -> Iterable[bytes]:
        start("200 OK", [("X-From", "mkdocs")])
        return [b"inner"]

    app = preview_app(inner, preview, "/so/")
    body = b"".join(app({"PATH_INFO": path, "QUERY_STRING": query}, lambda *answer: said.append(answer)))
    status, headers = said[0]
    return status, dict(headers), body


def test_a_page_comes_from_memory_with_the_script_and_the_policy_of_the_published_site(preview: Preview) -> None:
    status, headers, body = ask(preview, "/so/bat-dau/")
    assert status == "200 OK" and headers["Content-Type"] == "text/html; charset=utf-8"
    assert b'<script src="/_preview/preview.js" data-pages="1" defer></script></head>' in body
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert int(headers["Content-Length"]) == len(body)
    assert b"<script>" not in body and b"style=" not in body


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/so/", "200 OK", "text/html"),
        ("/so/feed.xml", "200 OK", "application/xml"),
        ("/so/search/vi/index.json", "200 OK", "application/json"),
        ("/so/khong-co/", "404 Not Found", "text/html"),
        ("/so/bat-dau", "302 Found", "text/plain"),
        ("/_preview/preview.css", "200 OK", "text/css"),
        ("/_preview/../state.py", "404 Not Found", "text/plain"),
    ],
)
def test_what_is_answered_from_memory(preview: Preview, path: str, status: str, kind: str) -> None:
    found, headers, _ = ask(preview, path)
    assert (found, headers["Content-Type"].partition(";")[0]) == (status, kind)


@pytest.mark.parametrize("path", ["/so/assets/css/site.css", "/", "/khac/"])
def test_the_rest_is_left_to_the_server_of_mkdocs(preview: Preview, path: str) -> None:
    assert ask(preview, path)[2] == b"inner"


def test_a_failed_build_keeps_the_pages_and_a_good_one_takes_the_problems_away(preview: Preview) -> None:
    preview.tell((WRONG,))
    state = json.loads(ask(preview, "/_preview/state", "seen=1")[2])
    assert state["pages"] == 1 and state["problems"][0]["place"] == "data/a.yml:3:1"
    assert ask(preview, "/so/")[0] == "200 OK"
    preview.publish(Files({"index.html": PAGE}), ())
    state = json.loads(ask(preview, "/_preview/state", "seen=0")[2])
    assert state["pages"] == 2 and state["problems"] == [] and state["fault"] == ""


def test_a_reader_who_waits_hears_at_once(preview: Preview) -> None:
    heard: list[str] = []
    waiting = threading.Thread(target=lambda: heard.append(preview.wait(1, 30)))
    waiting.start()
    preview.tell((), "Hỏng")
    waiting.join(10)
    assert json.loads(heard[0])["fault"] == "Hỏng"
    assert json.loads(preview.wait(2, 0.01))["version"] == 2, "nothing new is an answer too"


def test_a_page_says_no_newer_number_than_it_is(preview: Preview) -> None:
    class Edited(Files):
        def file(self, path: str) -> bytes | None:
            preview.publish(Files({path: PAGE}), ())  # while this page was being made
            return PAGE

    preview.publish(Edited(), ())
    assert b'data-pages="2"' in ask(preview, "/so/")[2], "it will reload"


def failing(error: BaseException) -> Any:
    def build() -> None:
        raise error

    return build


def refused_content() -> BaseException:
    """What MkDocs raises when the plugin refuses the content: an error of its own, raised while handling ours."""
    abort = Abort("Aborted with a BuildError!")
    abort.__context__ = live.ContentRefused("2 lỗi nội dung")
    return abort


@pytest.mark.parametrize(
    ("error", "fault"),
    [(refused_content(), ""), (ClickException("Sai mkdocs.yml"), "Sai mkdocs.yml"), (KeyError("x"), "KeyError: 'x'")],
)
def test_a_fault_is_shown_unless_the_content_was_told_already(
    error: BaseException, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = Preview()
    monkeypatch.setattr(live, "PREVIEW", state)
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "a").write_text("good", encoding="utf-8")
    live.keeping_last_good(failing(error), folder, lambda: False)()
    assert (folder / "a").read_text(encoding="utf-8") == "good"
    assert json.loads(state.wait(-1, 0))["fault"] == fault


def test_an_edit_that_needs_no_build_starts_none(tmp_path: Path) -> None:
    live.keeping_last_good(lambda: pytest.fail("built"), tmp_path, lambda: True)()


@pytest.mark.parametrize(
    ("error", "fault"), [(live.ContentRefused("1 lỗi nội dung"), ""), (KeyError("x"), "KeyError: 'x'")]
)
def test_an_edit_that_cannot_be_followed_starts_no_build(
    error: Exception, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = Preview()
    monkeypatch.setattr(live, "PREVIEW", state)
    live.keeping_last_good(lambda: pytest.fail("built"), tmp_path, failing(error))()
    assert json.loads(state.wait(-1, 0))["fault"] == fault


def test_going_live_sets_the_application_and_the_builder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PREVIEW", Preview())
    apps: list[Any] = []
    server = SimpleNamespace(
        mount_path="/", get_app=lambda: None, set_app=apps.append, builder=None, observer=None, _watched_paths={}
    )
    live.go_live(server, lambda: None, tmp_path, lambda: True)
    assert callable(apps[0]) and callable(server.builder)


def test_where_the_pencil_leads(tmp_path: Path) -> None:
    path = "data/units/xã mẫu.yml"
    link = editor_link(tmp_path, path, 3, 7)
    assert link.startswith("vscode://file/") and link.endswith("/data/units/x%C3%A3%20m%E1%BA%ABu.yml:3:7")
    assert editor_link(tmp_path, path).endswith(".yml")
    pattern = "https://kho.example/so/edit/main/{path}"
    assert forge_link(pattern, path) == "https://kho.example/so/edit/main/data/units/x%C3%A3%20m%E1%BA%ABu.yml"
