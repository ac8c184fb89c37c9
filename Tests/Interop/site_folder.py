"""An exported site: every page, every link, every compressed copy, and pictures for a person to look at."""

from __future__ import annotations

import gzip
import json
import pathlib
import re
import shutil
import subprocess
import urllib.parse
import xml.etree.ElementTree as ElementTree

import calendars
import form
import pages
from findings import Finding, Tally

SIZES = {"phone": (390, 844), "laptop": (1366, 900)}
PICTURES = 12


def check(tally: Tally, site: pathlib.Path, braces: bool = False) -> None:
    """Every file of the site; `braces`: template braces are text of some change there, and no template left over."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    tally.expect(any(path.suffix == ".html" for path in files), "export", "pages", "no page was written")
    for path in files:
        what = f"export: {path.relative_to(site)}"
        data = path.read_bytes()
        if path.suffix == ".gz":
            tally.check(what, compressed(path, data))
        elif path.suffix == ".html":
            tally.check(what, [each for each in page(path, data, site) if not braces or each.code != "template"])
        elif path.suffix == ".ics":
            tally.check(what, calendar(data))
        elif path.suffix in (".json", ".atom", ".xml"):
            tally.check(what, well_formed(path, data))


def calendar(data: bytes) -> list[Finding]:
    """By what the file says of itself: the working hours, the calendar of AWS, or a feed of events."""
    if b"BEGIN:VAVAILABILITY" in data:
        return calendars.availability(data)
    if b"X-CALENDAR-TYPE:DEFAULT_CLOSED" in data:
        return form.bytes_of(data)
    method = re.search(rb"(?m)^METHOD:(\w+)", data)
    return form.feed(data, method[1].decode() if method else None)


def compressed(path: pathlib.Path, data: bytes) -> list[Finding]:
    original = path.with_suffix("")
    if not original.exists():
        return [Finding("gzip", "its file is not there")]
    try:
        same = gzip.decompress(data) == original.read_bytes()
    except (OSError, EOFError) as error:
        return [Finding("gzip", str(error))]
    return [] if same else [Finding("gzip", "differs from its file")]


def well_formed(path: pathlib.Path, data: bytes) -> list[Finding]:
    try:
        json.loads(data) if path.suffix == ".json" else ElementTree.fromstring(data)
    except (ValueError, ElementTree.ParseError) as error:
        return [Finding("form", str(error))]
    return []


def page(path: pathlib.Path, data: bytes, site: pathlib.Path) -> list[Finding]:
    root, _ = pages.tree(data)
    language = (root.get("lang") or "").split("-")[0]
    found = pages.check(data, language if language in ("fr", "en") else "fr")
    for element in pages.elements(root):
        for key in ("href", "src"):
            address = element.get(key)
            if address is not None:
                found += link(path, address, site, root)
    sheets = [element for element in pages.elements(root) if element.get("rel") == "stylesheet"]
    for sheet in sheets:
        target = resolved(path, sheet.get("href") or "", site)
        if target is not None and target.is_file():
            found += pages.contrast.check(root, dark=True, more=target.read_text())
    return found


def resolved(path: pathlib.Path, address: str, site: pathlib.Path) -> pathlib.Path | None:
    """The file that a relative address means; None for another host or scheme."""
    parts = urllib.parse.urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    inner = urllib.parse.unquote(parts.path)
    target = site / inner.lstrip("/") if inner.startswith("/") else path.parent / inner if inner else path
    return target / "index.html" if target.is_dir() else target


def link(path: pathlib.Path, address: str, site: pathlib.Path, root: ElementTree.Element) -> list[Finding]:
    target = resolved(path, address, site)
    if target is None:
        return []
    if site.resolve() not in target.resolve().parents:
        return [Finding("link", f"{address} leaves the site")]
    if not target.is_file():
        return [Finding("link", f"{address} leads nowhere")]
    fragment = urllib.parse.urlsplit(address).fragment
    if fragment and target.suffix == ".html":
        other = root if target == path else pages.tree(target.read_bytes())[0]
        if not any(element.get("id") == fragment for element in pages.elements(other)):
            return [Finding("link", f"{address}: no such place on the page")]
    return []


def screenshots(tally: Tally, site: pathlib.Path, folder: pathlib.Path) -> None:
    """Pictures of the shortest-named pages at two sizes, light and dark; a page that cannot be drawn is a failure."""
    chromium = shutil.which("chromium")
    if chromium is None:
        tally.skip("screenshots", "chromium is not there: run Tests/Interop/setup.sh full")
        return
    folder.mkdir(parents=True, exist_ok=True)
    chosen = sorted(site.rglob("*.html"), key=lambda path: (len(path.parts), len(str(path)), str(path)))[
        : PICTURES // 4
    ]
    for path in chosen:
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                name = f"{'-'.join(path.relative_to(site).with_suffix('').parts)}.{size}.{scheme}.png"
                words = [
                    chromium,
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--hide-scrollbars",
                    "--force-color-profile=srgb",
                    f"--window-size={width},{height}",
                    f"--screenshot={folder / name}",
                    *(["--blink-settings=preferredColorScheme=0"] if scheme == "dark" else []),
                    path.as_uri(),
                ]
                try:
                    subprocess.run(words, capture_output=True, timeout=60)
                except subprocess.TimeoutExpired:
                    pass
                drawn = (folder / name).exists() and (folder / name).stat().st_size > 1000
                tally.expect(drawn, f"picture {name}", "picture", "was not drawn")
    print(f"pictures: {folder}")
