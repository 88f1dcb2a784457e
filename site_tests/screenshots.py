"""Makes the pictures of the site that README.md shows anew: ``python -m site_tests.screenshots``.

Five kinds of pages at three widths, as a reader first sees them: nothing is scrolled, no choice is kept. The day is
fixed, so that a picture changes only when the look does. Must not hold: any judgement about a page.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from site_tests.browser import running_chromium, serving

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).with_name("screenshots")
DAY = "2026-11-22"
PAGES = {
    "home": "/",
    "plan": "/ke-hoach/dong-thap-van-phong-2025/",
    "unit": "/tien-do/xa-mau/",
    "news": "/tin-tuc/",
    "festival": "/ngay-hoi/",
}
SIZES = {360: 740, 768: 960, 1280: 760}
# The unit's page is shown from its targets on: above them stand only words.
START = {"unit": "#chi-tieu"}
QUALITY = 50


def file_of(kind: str, width: int) -> Path:
    """Where the picture of one kind of page at one width stands."""
    return FOLDER / f"{kind}-{width}.webp"


def take(browser: Browser, served: str, kind: str, width: int) -> bytes:
    """One picture as WebP, small enough to be kept in the repository."""
    page = browser.new_page(
        viewport={"width": width, "height": SIZES[width]}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    try:
        page.clock.set_fixed_time(f"{DAY}T12:00:00+07:00")
        page.emulate_media(reduced_motion="reduce")
        page.goto(served + PAGES[kind] + START.get(kind, ""), wait_until="networkidle")
        shot = Image.open(io.BytesIO(page.screenshot()))
    finally:
        page.close()
    output = io.BytesIO()
    shot.convert("RGB").save(output, "WEBP", quality=QUALITY, method=6)
    return output.getvalue()


def main() -> None:
    """Build the site into a folder of its own and take every picture."""
    campaign = shutil.which("campaign", path=Path(sys.executable).parent)
    if campaign is None:
        sys.exit("The command `campaign` is not installed beside this Python: run `make site` first")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        subprocess.run([campaign, "build", "--today", DAY, "--output", str(site)], cwd=ROOT, check=True)
        with serving(site) as served, running_chromium() as browser:
            for kind in PAGES:
                for width in SIZES:
                    file_of(kind, width).write_bytes(take(browser, served, kind, width))


if __name__ == "__main__":
    main()
