"""Contrast of the colours that a page's own style sheet sets, light and dark (WCAG 2.2, 1.4.3: 4.5 to 1 for text)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import tinycss2
import tinycss2.color3

from findings import Finding

Colour = tuple[float, float, float]
Style = dict[str, str]
ENOUGH = 4.5
WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)


def luminance(colour: Colour) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(first: Colour, second: Colour) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def declarations(source: object) -> Style:
    found: Style = {}
    for each in tinycss2.parse_declaration_list(source, skip_comments=True, skip_whitespace=True):
        if each.type == "declaration":
            found[each.lower_name] = tinycss2.serialize(each.value).strip()
    return found


class Sheet:
    """Rules of a style sheet: selector to declarations, for one colour scheme; `var(--x)` is looked up in :root."""

    def __init__(self, source: str, dark: bool) -> None:
        self.rules: dict[str, Style] = {}
        self.errors: list[str] = []
        self.read(tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True), dark)
        self.variables = {
            key: value for style in self.rules.values() for key, value in style.items() if key.startswith("--")
        }

    def read(self, rules: list[object], dark: bool) -> None:
        for rule in rules:
            if rule.type == "error":  # type: ignore[attr-defined]
                self.errors.append(rule.message)  # type: ignore[attr-defined]
            elif rule.type == "qualified-rule":  # type: ignore[attr-defined]
                style = declarations(rule.content)  # type: ignore[attr-defined]
                for selector in tinycss2.serialize(rule.prelude).split(","):  # type: ignore[attr-defined]
                    self.rules.setdefault(selector.strip(), {}).update(style)
            elif rule.type == "at-rule" and rule.content and rule.lower_at_keyword == "media":  # type: ignore[attr-defined]
                condition = tinycss2.serialize(rule.prelude)  # type: ignore[attr-defined]
                scheme = re.search(r"prefers-color-scheme\s*:\s*(dark|light)", condition)
                if "print" not in condition and (scheme is None or (scheme[1] == "dark") == dark):
                    inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)  # type: ignore[attr-defined]
                    self.read(inner, dark)

    def colour(self, style: Style, *names: str) -> Colour | None:
        for name in names:
            value = style.get(name, "")
            for _ in range(5):
                value = re.sub(r"var\((--[\w-]+)[^)]*\)", lambda match: self.variables.get(match[1], ""), value)
            for token in re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\([^)]*\)|[a-zA-Z]+", value):
                found = tinycss2.color3.parse_color(token)
                if found is not None and not isinstance(found, str) and found.alpha == 1:
                    return found.red, found.green, found.blue
        return None


def sources(root: ElementTree.Element) -> str:
    return "\n".join(element.text or "" for element in root.iter("style"))


def check(root: ElementTree.Element, dark: bool, more: str = "") -> list[Finding]:
    """Every selector that sets a colour, against its own background or that of every surface of the page."""
    found: list[Finding] = []
    source = sources(root) + more
    for scheme in (False, True) if dark and source else (False,):
        sheet = Sheet(source, scheme)
        name = "dark" if scheme else "light"
        found += [Finding("css", f"{name}: {error}") for error in sheet.errors]
        body: Style = {}
        for selector in ("html", ":root", "body"):
            body |= sheet.rules.get(selector, {})
        page = sheet.colour(body, "background-color", "background") or WHITE
        ink = sheet.colour(body, "color") or BLACK
        surfaces = {"body": page}
        if (main := sheet.colour(sheet.rules.get("main", {}), "background-color", "background")) is not None:
            surfaces["main"] = main
        for surface, colour in surfaces.items():
            found += pair(f"{name}: text on {surface}", ink, colour)
        inline = {
            f"style of <{element.tag}>": declarations(element.get("style"))
            for element in root.iter()
            if element.get("style")
        }
        for selector, style in [*sheet.rules.items(), *inline.items()]:
            # The target of a skip link is no control: it is focused for the screen reader, and needs no ring.
            if re.search(r"(?<!main):(focus|focus-visible)", selector) and re.match(
                r"(none|0)\b", style.get("outline", "")
            ):
                found.append(Finding("focus", f"{name}: {selector} takes the outline away"))
            text, ground = sheet.colour(style, "color"), sheet.colour(style, "background-color", "background")
            if selector in ("html", "body", ":root", "main") or (text is None and ground is None):
                continue
            if ground is not None:
                found += pair(f"{name}: {selector}", text or ink, ground)
            elif text is not None:
                # Where the text stands is not known from the sheet alone: the page's body is the nearest that text has.
                found += pair(f"{name}: {selector} on {list(surfaces)[-1]}", text, list(surfaces.values())[-1])
    return found


def pair(where: str, text: Colour, ground: Colour) -> list[Finding]:
    value = ratio(text, ground)
    return [] if value >= ENOUGH else [Finding("contrast", f"{where}: {value:.2f} to 1, at least {ENOUGH} wanted")]
