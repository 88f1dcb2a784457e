"""Words the rules for hosts of static sites: ``_headers`` (Netlify, Cloudflare Pages) and ``_redirects`` (also GitLab).

Both stand at the top of the published folder. Those hosts join the values of a header that two rules name, so that no
two rules here name the same one for an address.
"""

from __future__ import annotations

from collections.abc import Iterable

from generators.hosting.rules import CACHING, HEADERS, NAMED_TYPES, SHARED

HEADERS_FILE = "_headers"
MOVED_FILE = "_redirects"


def headers_file() -> str:
    """Gives ``_headers``. What is not named there these hosts have asked for again anyway, as the rules want it."""
    blocks = {"/*": dict(HEADERS)}
    for start, value in CACHING.items():
        blocks.setdefault(f"{start}*", {})["Cache-Control"] = value
    for start in SHARED:
        blocks.setdefault(f"{start}*", {})["Access-Control-Allow-Origin"] = "*"
    for name, kind in NAMED_TYPES.items():
        blocks[f"/{name}"] = {"Content-Type": kind}
    return "\n".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        for path, headers in blocks.items()
    )


def moved_file(moved: Iterable[tuple[str, str]]) -> str:
    """Gives ``_redirects``: one old address, its new one and the status a line. Caddy and Apache read it as well."""
    return "# old new status\n" + "".join(f"{old} {new} 301\n" for old, new in moved)
