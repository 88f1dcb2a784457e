"""Holds pictures: judged by their bytes, bombs refused, and nothing but pixels in what is published."""

from __future__ import annotations

import io
import random
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from generators import pictures
from generators.pictures import BadPicture, Copy, copies, look_at, shown_size
from generators.pipeline import load_site
from generators.problems import ContentError, Problems
from site_tests.small_project import lay_out

OWNER = "Canon-EOS-Chu-So-Huu"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a exif:GPSLatitude="10,46N" b="{OWNER}"/></x:xmpmeta>'.encode()


def drawing(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right, so that turning shows."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (width // 2, 0, width, height))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(*, turned: int = 1, place: bool = True) -> Image.Exif:
    made = Image.Exif()
    made[0x0112] = turned
    made[0x013B] = OWNER
    if place:
        made[0x8825] = {1: "N", 2: (10.0, 46.0, 30.0), 3: "E", 4: (106.0, 40.0, 0.0)}
    return made


def full_of_secrets(kind: str) -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, object] = {"exif": exif(), "icc_profile": profile}
    if kind == "JPEG":
        options |= {"comment": OWNER.encode(), "xmp": XMP}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", OWNER)
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options["pnginfo"] = text
    if kind == "WEBP":
        options["xmp"] = XMP
    return saved(drawing(), kind, **options)


def facts(copy: Copy) -> tuple[str, int, int]:
    return copy.kind, copy.width, copy.height


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_is_published(kind: str) -> None:
    raw = full_of_secrets(kind)
    assert OWNER.encode() in raw and look_at(raw).tells_place
    for copy in copies(raw):
        assert OWNER.encode() not in copy.content and b"GPS" not in copy.content
        with Image.open(io.BytesIO(copy.content)) as image:
            assert not image.getexif()
            assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive",
                                       "progression", "background", "loop", "duration", "timestamp"}  # fmt: skip


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_taken_on_its_side_is_published_upright(turned: int) -> None:
    raw = saved(drawing(60, 40), "JPEG", exif=exif(turned=turned, place=False))
    size = (60, 40) if turned < 5 else (40, 60)
    seen = look_at(raw)
    assert (seen.width, seen.height, seen.tells_place) == (*size, False)
    assert facts(copies(raw)[0]) == ("image/jpeg", *size)


def test_copies_come_in_the_own_format_and_in_webp_and_none_is_larger_than_the_picture() -> None:
    assert [facts(copy) for copy in copies(saved(drawing(2000, 1000), "JPEG"))] == [
        ("image/jpeg", 1440, 720), ("image/webp", 480, 240), ("image/webp", 960, 480), ("image/webp", 1440, 720),
    ]  # fmt: skip
    assert [facts(copy) for copy in copies(saved(drawing(300, 5), "PNG"))] == [
        ("image/png", 300, 5), ("image/webp", 300, 5),
    ]  # fmt: skip
    assert shown_size(2000, 1000) == (1440, 720) and shown_size(300, 5) == (300, 5)
    assert shown_size(40_000, 2) == (1440, 1)


@pytest.mark.parametrize(
    ("mode", "kind"), [("L", "JPEG"), ("CMYK", "JPEG"), ("1", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("RGBA", "WEBP")]
)
def test_every_mode_of_colour_is_taken(mode: str, kind: str) -> None:
    image = drawing(mode=mode)
    if mode.endswith("A"):
        image.putalpha(100)
    made = copies(saved(image, kind))
    with Image.open(io.BytesIO(made[0].content)) as image:
        assert image.mode == ("RGBA" if mode.endswith("A") else "RGB")


def test_the_same_picture_gives_the_same_bytes() -> None:
    raw = full_of_secrets("JPEG")
    first = copies(raw)
    copies.cache_clear()
    assert copies(raw) == first


def test_what_is_no_picture_or_is_cut_off_is_refused() -> None:
    whole = {kind: saved(drawing(200, 200), kind) for kind in ("JPEG", "PNG", "WEBP")}
    html = b"<script>alert(1)</script>"
    for bad in (b"", html, b"GIF89a" + bytes(50), b"\xff\xd8\xff" + html, b"\x89PNG\r\n\x1a\n" + html,
                b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"BM" + bytes(60),
                *(raw[: len(raw) * 3 // 4] for raw in whole.values())):  # fmt: skip
        with pytest.raises(BadPicture, match="unreadable"):
            look_at(bad)


def test_a_bomb_is_refused_before_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = saved(Image.new("1", (30_000, 30_000)), "PNG")
    assert len(bomb) < 300_000
    for read in (look_at, copies):
        with pytest.raises(BadPicture, match="huge"):
            read(bomb)
    monkeypatch.setattr(pictures, "PICTURE_PIXELS", 100)
    with pytest.raises(BadPicture, match="huge"):
        look_at(saved(drawing(), "JPEG"))


def test_no_damaged_picture_raises_anything_else() -> None:
    chance = random.Random(8)  # noqa: S311 - no secret hangs on it
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = full_of_secrets(kind)
        for _ in range(60):
            raw = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                raw[chance.randrange(len(raw))] = chance.randrange(256)
            try:
                look_at(bytes(raw))
                copies(bytes(raw))
            except BadPicture:
                continue


def complaints(project: Path) -> Problems:
    try:
        return load_site(project, date(2026, 3, 5), "https://example.com/")[1]
    except ContentError as error:
        return error.problems


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (full_of_secrets("PNG"), "news-image-place"),
        (full_of_secrets("JPEG"), "news-image-kind"),
        (saved(Image.new("1", (30_000, 30_000)), "PNG"), "news-image-huge"),
        (b"<script>alert(1)</script>", "news-image-unreadable"),
    ],
)
def test_an_editor_is_told_at_the_line_that_names_the_picture(content: bytes, code: str, tmp_path: Path) -> None:
    project = lay_out("news-pictures", tmp_path)
    (project / "content/tin-tuc/2026/hong.png").write_bytes(content)
    found = [(one.path, one.line, one.code) for one in complaints(project) if one.path.endswith("lop-ba.md")]
    assert ("content/tin-tuc/2026/lop-ba.md", 6, code) in found


def test_a_picture_that_is_a_link_out_of_the_project_is_not_read(tmp_path: Path) -> None:
    project = lay_out("news-pictures", tmp_path)
    outside = tmp_path / "secret.png"
    outside.write_bytes(saved(drawing(), "PNG"))
    inside = project / "content/tin-tuc/2026/hong.png"
    inside.unlink()
    inside.symlink_to(outside)
    assert ("content/tin-tuc/2026/hong.png", "file-outside") in [(one.path, one.code) for one in complaints(project)]
