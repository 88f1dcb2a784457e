"""The desk: what it may touch, whom it obeys, and the way of a person through its pages."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generators.adapters.commands.desk import configuration
from generators.adapters.desk.server import desk_server
from generators.adapters.desk.store import Picture, Refused, Store
from generators.pipeline import load_site
from site_tests.browser import note_faults

TODAY = date(2026, 11, 22)
UNIT = "data/units/xa-mau.yml"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """The shipped words and numbers, to be changed, and the pictures that pages show."""
    for folder in ("content", "data", "theme_overrides/assets/img"):
        shutil.copytree(root / folder, tmp_path / "project" / folder)
    return tmp_path / "project"


@pytest.fixture
def store(project: Path) -> Store:
    return Store(project, TODAY)


def _bytes_of(project: Path) -> dict[str, bytes]:
    return {file.relative_to(project).as_posix(): file.read_bytes() for file in project.rglob("*") if file.is_file()}


def test_a_folder_shows_each_of_its_own_files_and_none_of_its_neighbours(store: Store) -> None:
    news = [path for path, _ in store.folder("content/tin-tuc", ".md")]
    twins = [path for path, _ in store.folder("content/tin-tuc", ".en.md")]
    pages = [path for path, _ in store.folder("content", ".md")]
    assert news
    assert not any(path.endswith(".en.md") for path in news)
    assert twins == [path.replace(".md", ".en.md") for path in news]
    assert "content/index.md" in pages
    assert not any(path.startswith(("content/tin-tuc", "content/ke-hoach", "content/en/plans")) for path in pages)
    assert list(store.folder("generators", ".py")) == []


def test_a_sound_change_is_saved(store: Store, project: Path) -> None:
    shown = json.loads(store.entry(UNIT))
    shown["short"]["en"] = "Mẫu: sample commune"
    store.save(UNIT, json.dumps(shown))
    assert 'en: "Mẫu: sample commune"' in (project / UNIT).read_text(encoding="utf-8")


def test_a_change_that_breaks_the_site_is_refused_with_its_reason_and_leaves_no_trace(
    store: Store, project: Path
) -> None:
    before = _bytes_of(project)
    shown = json.loads(store.entry(UNIT))
    shown["province"] = "khong-co"
    with pytest.raises(Refused, match="khong-co"):
        store.save(UNIT, json.dumps(shown))
    assert _bytes_of(project) == before


def test_a_file_that_others_need_is_not_removed(store: Store, project: Path) -> None:
    before = _bytes_of(project)
    with pytest.raises(Refused, match="hung-nguyen-nam"):
        store.remove(["data/units/hung-nguyen-nam.yml"])
    assert _bytes_of(project) == before


def test_a_fault_that_was_there_before_does_not_keep_other_work_from_being_saved(store: Store, project: Path) -> None:
    broken = project / "data/units/hung-nguyen-nam.yml"
    broken.write_text(broken.read_text(encoding="utf-8") + "khong-biet: 1\n", encoding="utf-8")
    shown = json.loads(store.entry(UNIT))
    shown["short"]["en"] = "Sample"
    store.save(UNIT, json.dumps(shown))
    assert json.loads(store.entry(UNIT))["short"]["en"] == "Sample"


def test_an_item_is_saved_with_its_picture(store: Store, project: Path) -> None:
    answer = (
        "---\nid: tin-thu\ntitle: Tin thử\ndate: 20/11/2026\nsummary: Một câu.\nimage: anh.png\nalt: Một điểm\n"
        "source: {name: Bản tin, date: 20/11/2026}\ndraft: true\n---\nNội dung.\n"
    )
    store.save("content/tin-tuc/tin-thu.md", answer, [Picture("content/tin-tuc/anh.png", PIXEL)])
    assert (project / "content/tin-tuc/anh.png").read_bytes() == PIXEL
    assert list(store.pictures("content/tin-tuc")) == ["content/tin-tuc/anh.png"]


@pytest.mark.parametrize(
    "path",
    [
        "../outside.yml",
        "/etc/passwd",
        "data/units/../../x.yml",
        "data/units/.hidden.yml",
        "data/words.yml",
        "generators/pipeline.py",
        "mkdocs.yml",
        "data/units/x.yml\n",
        "content/tin-tuc/x.html",
        "",
    ],
)
def test_only_files_with_a_form_can_be_read_written_or_removed(store: Store, project: Path, path: str) -> None:
    before = _bytes_of(project)
    for act in (lambda: store.entry(path), lambda: store.save(path, "a: 1"), lambda: store.remove([path])):
        with pytest.raises(Refused):
            act()
    assert _bytes_of(project) == before


def test_a_link_out_of_the_project_is_not_followed(store: Store, project: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yml"
    secret.write_text("name: secret\n", encoding="utf-8")
    (project / "data/units/link.yml").symlink_to(secret)
    with pytest.raises(Refused):
        store.entry("data/units/link.yml")
    assert not [path for path, _ in store.folder("data/units", ".yml") if "link" in path]


@pytest.mark.parametrize("path", ["content/tin-tuc/x.svg", "content/tin-tuc/x.html", "x.png", "data/../x.png"])
def test_only_pictures_beside_a_text_are_taken(store: Store, path: str) -> None:
    with pytest.raises(Refused):
        store.save_picture(path, PIXEL)


@contextmanager
def _open_desk(project: Path) -> Iterator[int]:
    site, _ = load_site(project, TODAY, "")
    server = desk_server(0, Store(project, TODAY), lambda: configuration(site))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _ask(port: int, body: Any, headers: dict[str, str], path: str = "/admin/api/v1") -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    connection.request("POST", path, content, {"Host": f"127.0.0.1:{port}", **headers})
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    return answer.status, json.loads(text)


def test_the_server_obeys_its_own_pages_only(project: Path) -> None:
    with _open_desk(project) as port:
        ours = {"Origin": f"http://127.0.0.1:{port}"}
        info = {"action": "info", "params": {}}
        assert _ask(port, info, ours)[0] == 200
        assert _ask(port, info, {})[0] == 403
        assert _ask(port, info, {"Origin": "https://example.org"})[0] == 403
        assert _ask(port, info, {**ours, "Host": "rebound.example"})[0] == 403
        assert _ask(port, info, ours, path="/other")[0] == 403
        assert _ask(port, {"action": "format-disk"}, ours)[0] == 400
        assert _ask(port, b"\xff\x00", ours)[0] == 400
        assert _ask(port, b"", {**ours, "Content-Length": str(10**9)})[0] == 413
        status, told = _ask(port, {"action": "getEntry", "params": {"path": "../x.yml"}}, ours)
        assert status == 422
        assert "../x.yml" in told["error"]


def test_the_editor_is_the_very_file_that_the_record_names(root: Path) -> None:
    folder = root / "generators/adapters/desk"
    digest = hashlib.sha256((folder / "decap-cms.js").read_bytes()).hexdigest()
    assert f"`{digest}`" in (folder / "README.md").read_text(encoding="utf-8")


def test_the_server_gives_its_own_files_and_nothing_else(project: Path) -> None:
    with _open_desk(project) as port:
        found = {}
        for path in ("/", "/admin/", "/admin/open.js", "/admin/forms.json", "/admin/server.py", "/admin/../data/"):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            found[path] = answer.status
            connection.close()
        assert found == {
            "/": 302,
            "/admin/": 200,
            "/admin/open.js": 200,
            "/admin/forms.json": 200,
            "/admin/server.py": 404,
            "/admin/../data/": 404,
        }


@pytest.fixture
def desk(chromium: Browser, project: Path) -> Iterator[tuple[Page, str, list[str]]]:
    """The editor, opened: its page, its address, and what went wrong so far (third-party requests included)."""
    with _open_desk(project) as port:
        context = chromium.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
        page = context.new_page()
        faults: list[str] = []
        note_faults(page, faults)
        address = f"http://127.0.0.1:{port}"
        own = (address, "data:", "blob:")
        page.on("request", lambda request: request.url.startswith(own) or faults.append(request.url))
        page.goto(f"{address}/admin/")
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("link", name="Báo cáo tiến độ")).to_be_visible()
        yield page, f"{address}/admin/", faults
        context.close()


def _save(page: Page) -> None:
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("menuitem", name="Lưu", exact=True).click()


def test_a_person_mends_a_title_in_the_browser(desk: tuple[Page, str, list[str]], project: Path) -> None:
    page, address, faults = desk
    page.goto(f"{address}#/collections/content-tin-tuc/entries/2025/09/dong-thap-ke-hoach-252")
    page.get_by_label("Tên tin").fill('Đồng Tháp: "kế hoạch" mới')
    _save(page)
    expect(page.get_by_text("Thay đổi đã được lưu")).to_be_visible()
    text = (project / "content/tin-tuc/2025/09/dong-thap-ke-hoach-252.md").read_text(encoding="utf-8")
    assert 'title: "Đồng Tháp: \\"kế hoạch\\" mới"\n' in text
    assert faults == []


def test_a_wrong_date_is_explained_in_the_browser_and_not_saved(
    desk: tuple[Page, str, list[str]], project: Path
) -> None:
    page, address, faults = desk
    file = project / "content/tin-tuc/2025/09/dong-thap-ke-hoach-252.md"
    before = file.read_bytes()
    page.goto(f"{address}#/collections/content-tin-tuc/entries/2025/09/dong-thap-ke-hoach-252")
    page.get_by_label("Ngày của tin").fill("31/02/2026")
    _save(page)
    expect(page.get_by_text("31/02/2026").last).to_contain_text("không phải ngày giờ có thật")
    assert file.read_bytes() == before
    assert any("422" in fault for fault in faults)  # the refusal, and nothing else
    assert not [fault for fault in faults if "422" not in fault and "Chưa lưu" not in fault and "Object" not in fault]


def test_a_person_writes_a_new_item(desk: tuple[Page, str, list[str]], project: Path) -> None:
    page, address, faults = desk
    page.goto(f"{address}#/collections/content-tin-tuc/new")
    page.get_by_label("Mã của tin").fill("tin-thu")
    page.get_by_label("Tên tin").fill("Xã mở lớp: buổi đầu")
    page.get_by_label("Ngày của tin").fill("20/11/2026")
    page.get_by_label("Một hai câu").fill("Buổi đầu có 30 người.")
    _save(page)
    expect(page.get_by_text("Thay đổi đã được lưu")).to_be_visible()
    head = (project / "content/tin-tuc/tin-thu.md").read_text(encoding="utf-8").split("---\n")[1]
    assert head.splitlines() == [
        "id: tin-thu",
        'title: "Xã mở lớp: buổi đầu"',
        'date: "20/11/2026"',
        'summary: "Buổi đầu có 30 người."',
        "draft: true",
    ]
    assert faults == []


def test_every_form_opens(desk: tuple[Page, str, list[str]], project: Path) -> None:
    page, address, faults = desk
    site, _ = load_site(project, TODAY, "")
    for form in configuration(site)["collections"]:
        page.goto(f"{address}#/collections/{form['name']}")
        expect(page.get_by_role("heading", name=form["label"], exact=True)).to_be_visible()
        if form.get("create"):
            page.goto(f"{address}#/collections/{form['name']}/new")
            expect(page.get_by_role("button", name="Lưu", exact=True)).to_be_visible()
    assert faults == []
