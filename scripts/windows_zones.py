#!/usr/bin/env python3
"""Writes Sources/Files/Zones/WindowsZones+Table.swift.

usage: windows_zones.py windowsZones.json windows-displaynames.json > Sources/Files/Zones/WindowsZones+Table.swift

The first file is cldr-json's cldr-core/supplemental/windowsZones.json, the second TimeZoneNames' data/windows-displaynames.json.
"""

import json
import sys

zones = json.load(open(sys.argv[1], encoding="utf-8"))["supplemental"]
languages = json.load(open(sys.argv[2], encoding="utf-8"))["Languages"]
names = {
    each["mapZone"]["_other"]: each["mapZone"]["_type"]
    for each in zones["windowsZones"]["mapTimezones"]
    if each.get("mapZone", {}).get("_territory") == "001"
}


def plain(text: str) -> str:
    """A display name without its offset, which old systems wrote otherwise."""
    return text[text.index(") ") + 2 :] if text.startswith("(") and ") " in text else text


shown: dict[str, set[str]] = {}
for language in languages:
    for windows, text in language["TimeZones"].items():
        shown.setdefault(plain(text).lower(), set()).add(windows)
print("// swift-format-ignore-file: one row a zone, whatever its width.")
print(f"""
extension WindowsZones {{
  /// Name of Windows, name of the tz database, and what Windows calls it in {len(languages)} languages, parted by `|`.
  ///
  /// Written by `scripts/windows_zones.py`. Sources: Unicode CLDR {zones["version"]["_cldrVersion"]}, windowsZones (territory 001),
  /// Unicode licence; display names from TimeZoneNames (MIT), data of November 2025. Names of two zones are left out.
  static let table = \"\"\"""")
for windows, place in sorted(names.items()):
    own = dict.fromkeys(plain(each["TimeZones"].get(windows, "")) for each in languages)
    print("    " + "|".join([windows, place] + [text for text in own if text and shown[text.lower()] == {windows}]))
print('    """\n}')
