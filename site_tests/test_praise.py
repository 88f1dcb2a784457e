"""Holds praise: what may be shown of a person, what the page says, and that a withdrawal empties the whole site."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import html as parser

from generators.artefact import Artefact, Page
from generators.dataset import load_dataset
from generators.dataset.praise import PraiseItem
from generators.outputs import praise
from generators.pictures import copies
from generators.pipeline import load_site
from generators.problems import Problems
from generators.render.html import Templates
from generators.render.search_text import terms
from generators.schema.praise import Consent, Person, Praise
from generators.site import Site
from site_tests.small_project import BASE, small_site

TODAY = date(2026, 3, 5)
NAME = "Người Thử Khen"
RECORD = f"""\
title: {{vi: Mở lớp đều, en: Regular classes}}
unit: xa-thu
group: {{vi: Tổ thử, en: Test team}}
model: dai-su-so
done: {{vi: Tổ mở lớp mỗi tuần., en: The team held a class every week.}}
date: 01/02/2026
source: {{name: {{vi: Quyết định khen thử, en: Test commendation}}, date: 01/02/2026}}
person:
  name: {NAME}
  photo: mo-lop.png
  photo_alt: {{vi: Một người đứng lớp, en: A person teaching}}
  consent: {{date: 10/01/2026, scope: [name, photo], document: Hồ sơ thử}}
"""


def png(width: int, height: int) -> bytes:
    """The smallest real picture of a size: grey, without a filter."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_record(project: Path, record: str = RECORD) -> Path:
    folder = project / "data/praise"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mo-lop.yml").write_text(record, encoding="utf-8")
    (folder / "mo-lop.png").write_bytes(png(40, 30))
    return project


def site_with(tmp_path: Path, root: Path, record: str = RECORD) -> Site:
    project = with_record(shutil.copytree(BASE, tmp_path / "project"), record)
    site, _ = load_site(project, TODAY, "https://example.com/")
    phrases = small_site(root).dataset.phrases
    return replace(site, dataset=replace(site.dataset, phrases=phrases))


def rendered(site: Site) -> tuple[dict[str, str], list[Artefact]]:
    """The pages by language, and the other files."""
    made = list(praise.render(site, Templates(site.phrase)))
    pages = {one.lang: one.body for one in made if isinstance(one, Page)}
    return pages, [one for one in made if isinstance(one, Artefact)]


def person(*scope: str, withdrawn: date | None = None) -> Person:
    consent = Consent.model_construct(date=TODAY, scope=scope, document="x", withdrawn=withdrawn)
    return Person.model_construct(name=NAME, photo="mo-lop.png", photo_alt="lời tả", consent=consent)


def shown(of: Person | None) -> tuple[str | None, str | None] | None:
    kept = PraiseItem(Praise.model_construct(id="mo-lop", person=of), None).as_shown().record.person
    assert kept is None or kept.consent is None, "where a consent is kept concerns no reader"
    return (kept.name, kept.photo) if kept else None


def test_a_person_is_shown_as_far_as_the_consent_goes() -> None:
    alone = Person.model_construct(name=NAME, photo=None, photo_alt=None, consent=None)
    assert shown(None) is None
    assert shown(alone) is None
    assert shown(person("name")) == (NAME, None)
    assert shown(person(withdrawn=None)) is None
    assert shown(person("name", "photo", withdrawn=TODAY)) is None
    assert shown(person("name", "photo", withdrawn=date(2027, 1, 1))) is None, "it counts from when it is known"


def test_with_consent_name_and_photo_are_shown(tmp_path: Path, root: Path) -> None:
    pages, files = rendered(site_with(tmp_path, root))
    assert [(file.path, file.content) for file in files] == [
        ("bieu-duong/mo-lop.png", copies(png(40, 30))[0].content),
        ("bieu-duong/mo-lop.40w.webp", copies(png(40, 30))[1].content),
    ]
    for lang, alt, src in (("vi", "Một người đứng lớp", "../"), ("en", "A person teaching", "../../")):
        page = parser.fromstring(pages[lang])
        (image,) = page.xpath("//img")
        assert dict(image.attrib) == {
            "src": f"{src}bieu-duong/mo-lop.png", "alt": alt, "width": "40", "height": "30", "loading": "lazy",
            "decoding": "async",
        }  # fmt: skip
        assert NAME in page.text_content()
        assert "Hồ sơ thử" not in page.text_content()


def test_a_consent_to_the_name_alone_opens_no_photo(tmp_path: Path, root: Path) -> None:
    record = RECORD.replace("[name, photo]", "[name]")
    record = "".join(line for line in record.splitlines(keepends=True) if "photo" not in line)
    pages, files = rendered(site_with(tmp_path, root, record))
    assert files == [] and NAME in pages["vi"] and "<img" not in pages["vi"]


def test_after_a_withdrawal_the_photo_may_be_gone_and_the_story_stays(tmp_path: Path, root: Path) -> None:
    record = RECORD.replace("document: Hồ sơ thử", "document: Hồ sơ thử, withdrawn: 20/02/2026")
    project = with_record(shutil.copytree(BASE, tmp_path / "project"), record)
    (project / "data/praise/mo-lop.png").unlink()
    site, problems = load_site(project, TODAY, "https://example.com/")
    assert [problem.code for problem in problems] == ["praise-withdrawn"]
    pages, files = rendered(replace(site, dataset=replace(site.dataset, phrases=small_site(root).dataset.phrases)))
    assert files == [] and NAME not in pages["vi"] + pages["en"] and "<img" not in pages["vi"]
    assert "Tổ thử" in pages["vi"] and "The team held a class every week." in pages["en"]


def test_items_come_newest_first_and_samples_apart(root: Path) -> None:
    site, _ = load_site(root, date(2026, 11, 22), "https://example.com/")
    pages, _ = rendered(site)
    page = parser.fromstring(pages["vi"])
    days = page.xpath("//li[@id]//time/@datetime")
    assert days == sorted(days, reverse=True) and len(days) == 2
    assert page.xpath("count(//li[@id and .//*[contains(@class, 'badge-sample')]])") == 2
    assert page.xpath("count(//div[@class='empty'])") == 1, "no real body has sent anything, and the page says so"


def test_the_samples_name_no_person_and_leave_with_the_sample_unit(root: Path) -> None:
    dataset = load_dataset(root, Problems())
    samples = [item for item in dataset.praise.values() if dataset.units[item.record.unit].sample]
    assert len(samples) == 2 and all(item.record.person is None for item in samples)
    assert len(dataset.without_sample().praise) == len(dataset.praise) - 2


def test_the_page_says_what_each_plan_says(root: Path) -> None:
    site, _ = load_site(root, date(2026, 11, 22), "https://example.com/")
    text = parser.fromstring(rendered(site)[0]["vi"]).text_content()
    plans = [plan for plan in site.dataset.plans.values() if not site.dataset.is_sample(plan)]
    assert len(plans) == 5
    for plan in plans:
        for statement in plan.praise:
            assert statement.text.vi in text


@pytest.mark.build
def test_a_withdrawal_removes_name_and_photo_from_the_whole_site(root: Path, tmp_path: Path) -> None:
    """Pages, feeds, open data, search index: the bytes of every file of two builds of the same copy."""
    project = tmp_path / "project"
    for part in ("content", "data", "theme_overrides"):
        shutil.copytree(root / part, project / part)
    shutil.copy(root / "mkdocs.yml", project)
    (project / "generators/render").mkdir(parents=True)
    (project / "generators/render/templates").symlink_to(root / "generators/render/templates")
    record = RECORD.replace("xa-thu", "hung-nguyen-nam")
    before = built(with_record(project, record))
    holding = sorted(path for path, content in before.items() if NAME.encode() in content)
    assert {"bieu-duong/index.html", "en/praise/index.html"} <= set(holding)
    # The search index knows words and pairs of neighbours, never a whole name.
    pairs = {f'"{pair}"'.encode() for pair in terms(NAME) if " " in pair}
    assert {pair for pair in pairs if any(pair in content for content in found(before))} == pairs
    assert before["bieu-duong/mo-lop.png"] == copies(png(40, 30))[0].content
    after = built(with_record(project, record.replace("document: Hồ sơ", "withdrawn: 20/02/2026, document: Hồ sơ")))
    traces = (NAME, NAME.upper(), "mo-lop.png", "Hồ sơ thử")
    assert [path for path, content in after.items() if any(trace.encode() in content for trace in traces)] == []
    assert [pair for pair in pairs if any(pair in content for content in found(after))] == []
    assert "bieu-duong/mo-lop.png" not in after
    assert set(before) - set(after) == {"bieu-duong/mo-lop.png", "bieu-duong/mo-lop.40w.webp"}


def found(site: dict[str, bytes]) -> list[bytes]:
    return [content for path, content in site.items() if path.startswith("search/")]


def built(project: Path) -> dict[str, bytes]:
    command = [str(Path(sys.executable).parent / "campaign"), "build", "--output", str(project / "site")]
    done = subprocess.run(
        command,
        cwd=project,
        env={**os.environ, "CAMPAIGN_TODAY": "2026-11-22"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    site = project / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
