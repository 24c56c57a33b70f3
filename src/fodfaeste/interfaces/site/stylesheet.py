"""The design system's style sheet with its colours taken out, so that a theme can put its own in.

The published sheet has some twenty colours written into its rules. Here each becomes a custom property named for
what it colours: ``--fds-ground-gray-100`` (backgrounds), ``--fds-text-ink``, ``--fds-line-gray-400`` (borders,
outlines, shadows). Its small pictures become properties too, in a dark and a light drawing. ``theme.css`` gives the
properties their values. Rules for icons that the pages take from the sprite, and fonts of weights nobody uses, are
left out.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

COLOURS = {
    "#1a1a1a": "ink",
    "white": "white",
    "#454545": "gray-600",
    "#707070": "gray-500",
    "#8e8e8e": "gray-400",
    "#bfbfbf": "gray-300",
    "#dcdcdc": "gray-200",
    "#f5f5f5": "gray-100",
    "#cc0000": "red-700",
    "#ffe0e0": "red-100",
    "#358000": "green-700",
    "#ddf7ce": "green-100",
    "#febb30": "orange-700",
    "#ffeecc": "orange-100",
    "#1b86c3": "blue-700",
    "#e2f2fb": "blue-100",
    "#004d99": "blue-800",
    "#800080": "purple-700",
    "rgba(0, 0, 0, 0.2)": "shade-20",
    "rgba(0, 0, 0, 0.4)": "shade-40",
    "rgba(255, 255, 255, 0.2)": "gleam-20",
}
"""The design system's own names of its colours (``$fds-color-…``)."""

WEIGHTS = {"400", "500", "600", "700", "normal", "bold"}
_PARTS = {"background": "ground", "background-color": "ground", "background-image": "ground",
          "color": "text", "fill": "text"}  # fmt: skip
_RULE = re.compile(r"(?P<property>[a-z-]+)\s*:(?P<value>[^;{}]*)(?=[;}])")
_COLOUR = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, COLOURS))})(?![\w-])", re.IGNORECASE)
_PICTURE = re.compile(r"url\(['\"]?\.\./img/svg-icons/(?P<name>[a-z0-9-]+)\.svg['\"]?\)")
_ICON_CLASS = re.compile(r"\.icon-[a-z-]+:not\(a\)\s*\{[^}]*\}")
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PAPER = "#e6ebe8"


def made_from(dist: Path) -> str:
    """The sheet, from the folder ``dist`` of the published package. Raises OSError when the package is not there."""
    text = _COMMENT.sub("", (dist / "css" / "dkfds.css").read_text(encoding="utf-8"))
    text = _ICON_CLASS.sub("", text)
    text = _FONT_FACE.sub(_slim_font, text)
    text = _RULE.sub(_themed, text)
    names = sorted({found["name"] for found in _PICTURE.finditer(text)})
    text = _PICTURE.sub(lambda found: f"var(--fds-picture-{found['name']})", text)
    text = text.replace("../fonts/", "../dkfds/fonts/").replace("../img/", "../dkfds/img/")
    head = "/* Made from dkfds by fodfaeste.interfaces.site.stylesheet; licence: dkfds/LICENSE.md */\n"
    return head + _pictures(dist, names) + _squeezed(text)


def _themed(rule: re.Match[str]) -> str:
    part = _PARTS.get(rule["property"], "line")
    value = _COLOUR.sub(lambda found: f"var(--fds-{part}-{COLOURS[found[0].lower()]})", rule["value"])
    return f"{rule['property']}:{value}"


def _slim_font(face: re.Match[str]) -> str:
    weight = re.search(r"font-weight:\s*(\w+)", face[0])
    if weight is None or weight[1] not in WEIGHTS:
        return ""
    return re.sub(r",\s*url\([^)]*\.woff['\"]?\)\s*format\(['\"]woff['\"]\)", "", face[0])


def _pictures(dist: Path, names: list[str]) -> str:
    """Every picture as a property, drawn for light ground; on dark ground the pictures drawn in ink become light."""
    light, dark = [], []
    for name in names:
        drawn = (dist / "img" / "svg-icons" / f"{name}.svg").read_text(encoding="utf-8")
        light.append(f"--fds-picture-{name}:{_address(drawn)}")
        if not name.endswith("-white"):
            dark.append(f"--fds-picture-{name}:{_address(_recoloured(drawn, _PAPER))}")
    on_dark = ";".join(dark)
    return (
        f":root{{{';'.join(light)}}}\n"
        f':root[data-theme="dark"]{{{on_dark}}}\n'
        f'@media (prefers-color-scheme:dark){{:root[data-theme="auto"]{{{on_dark}}}}}\n'
    )


def _recoloured(drawn: str, colour: str) -> str:
    drawn = re.sub(r'fill="(?!none)[^"]*"', f'fill="{colour}"', drawn)
    return drawn if f'fill="{colour}"' in drawn else drawn.replace("<svg ", f'<svg fill="{colour}" ', 1)


def _address(drawn: str) -> str:
    bare = re.sub(r"<\?xml[^>]*>|<!DOCTYPE[^>]*>|<!--.*?-->", "", drawn, flags=re.DOTALL).strip()
    return f'url("data:image/svg+xml,{quote(bare, safe=" =:/;,()")}")'


def _squeezed(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"\s*([{};])\s*", r"\1", text).replace(";}", "}").strip() + "\n"
