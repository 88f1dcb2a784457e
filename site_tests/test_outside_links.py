"""``campaign links`` against a server on the loopback address: what is gone is told with its places."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generators.adapters import outside_links
from generators.adapters.cli import main
from generators.adapters.outside_links import Answer, ask, ask_all, without, written_addresses
from site_tests.small_project import BASE


class _Host(BaseHTTPRequestHandler):
    """Answers by the address asked for, and keeps what it was asked."""

    asked: list[tuple[str, str]]
    at_once = 0
    most_at_once = 0

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        kind = type(self)
        kind.asked.append((self.command, self.path))
        kind.at_once += 1
        kind.most_at_once = max(kind.most_at_once, kind.at_once)
        if self.path.startswith("/slow"):
            time.sleep(0.5)
        status = int(self.path.split("/")[2]) if self.path.count("/") > 1 else 200
        if self.path.startswith("/no-head/") and self.command == "GET":
            status = 200
        kind.at_once -= 1
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[tuple[str, type[_Host]]]:
    handler = type("Handler", (_Host,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", handler
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "answer", "methods"),
    [
        ("/a", Answer("fine"), ["HEAD"]),
        ("/x/404", Answer("dead", "404"), ["HEAD", "GET"]),
        ("/x/410", Answer("dead", "410"), ["HEAD"]),
        ("/x/500", Answer("dead", "500"), ["HEAD"]),
        ("/x/301", Answer("moved", "/elsewhere"), ["HEAD"]),
        ("/x/308", Answer("moved", "/elsewhere"), ["HEAD"]),
        ("/x/302", Answer("fine"), ["HEAD"]),
        ("/no-head/405", Answer("fine"), ["HEAD", "GET"]),
        ("/no-head/403", Answer("fine"), ["HEAD", "GET"]),
    ],
)
def test_an_answer_is_understood(
    path: str, answer: Answer, methods: list[str], host: tuple[str, type[_Host]]
) -> None:
    address, handler = host
    assert ask(address + path, 5) == answer
    assert handler.asked == [(method, path) for method in methods], "nothing is followed, nothing is sent"


def test_who_does_not_answer_in_time_is_silent(host: tuple[str, type[_Host]]) -> None:
    address, _ = host
    assert ask(f"{address}/slow", 0.1).state == "silent"
    assert ask("http://127.0.0.1:1/", 1).state == "silent"


def test_a_host_is_asked_one_thing_at_a_time(host: tuple[str, type[_Host]]) -> None:
    address, handler = host
    asked = [f"{address}/slow{number}" for number in range(3)]
    assert dict(ask_all(asked, each=5, together=60)) == {one: Answer("fine") for one in asked}
    assert handler.most_at_once == 1


def test_when_the_time_is_over_nobody_is_asked(host: tuple[str, type[_Host]]) -> None:
    address, handler = host
    moments = iter([0.0, 1.0, 100.0])
    answers = dict(ask_all([f"{address}/a", f"{address}/b"], each=5, together=60, clock=lambda: next(moments)))
    assert answers == {f"{address}/a": Answer("fine"), f"{address}/b": Answer("unasked")}
    assert handler.asked == [("HEAD", "/a")]


def test_each_address_is_found_where_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "data/a.yml").write_text(
        "a: https://a.vn/x?b=c\nb: {url: https://a.vn/x?b=c, n: 1}\n# https://note.vn/\nc: http://old.vn/\n", "utf-8"
    )
    (tmp_path / "content/b.md").write_text("[x](https://b.vn/y#z). Xem https://b.vn.\n<https://c.vn/>\n", "utf-8")
    assert written_addresses(tmp_path) == {
        "https://a.vn/x?b=c": ["data/a.yml:1", "data/a.yml:2"],
        "https://b.vn": ["content/b.md:1"],
        "https://b.vn/y": ["content/b.md:1"],
        "https://c.vn/": ["content/b.md:2"],
    }


def test_exceptions_are_passed_over() -> None:
    addresses = {"https://a.vn/x": ["1"], "https://a.vn/y/z": ["2"], "https://b.vn/": ["3"]}
    assert without(addresses, ["https://a.vn/y/"]) == {"https://a.vn/x": ["1"], "https://b.vn/": ["3"]}
    assert without(addresses, []) == addresses


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "project"))


def answer_from(answers: dict[str, Answer], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Nobody outside is asked: each address gets its answer from here."""
    asked: list[str] = []

    def pretend(address: str, timeout: float) -> Answer:
        asked.append(address)
        return next((answer for start, answer in answers.items() if address.startswith(start)), Answer("fine"))

    monkeypatch.setattr(outside_links, "ask", pretend)
    return asked


def test_the_command_tells_what_is_gone_with_its_place(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = project / "content/bat-dau.md"
    page.write_text(page.read_text("utf-8") + "\nhttps://gone.vn/a và https://example.com/rieng/b\n", "utf-8")
    line = len(page.read_text("utf-8").splitlines())
    asked = answer_from({"https://gone.vn/": Answer("dead", "404")}, monkeypatch)
    assert main(["links", "--project", str(project)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert f"content/bat-dau.md:{line}  Không còn trang này (404): https://gone.vn/a" in said
    assert said[-1].endswith("1 mất, 0 không trả lời, 0 chưa hỏi.")
    assert not [one for one in asked if one.startswith("https://example.com/rieng/")]


def test_silence_and_moves_are_told_but_are_no_failure(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer_from({"https://": Answer("moved", "https://new.vn/")}, monkeypatch)
    assert main(["links", "--project", str(project), "--lang", "en"]) == 0
    assert "→ https://new.vn/" in capsys.readouterr().out


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "mai", "1e9"])
def test_a_time_that_is_none_is_refused(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["links", "--each", seconds])
    assert "usage" in capsys.readouterr().err


def test_no_gate_asks_the_outside(root: Path) -> None:
    recipes = (path.relative_to(root).as_posix() for path in (root / "deploy").rglob("*") if path.is_file())
    for gate in ("Makefile", ".ci/run", *recipes):
        assert "campaign links" not in (root / gate).read_text(encoding="utf-8"), gate
