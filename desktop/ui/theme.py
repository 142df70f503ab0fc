"""Colours, fonts and the style sheet: one accent, and typed, computed and wrong clearly told apart."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

ACCENT = "#1F5FA8"
ACCENT_SOFT = "#E3EDF8"
INK = "#1E2732"
INK_SOFT = "#5B6878"
PAPER = "#FFFFFF"
GROUND = "#F3F5F8"
LINE = "#D5DBE3"
COMPUTED = "#F0F3F7"
COMPUTED_INK = "#33506F"
HEADING = "#E8EDF3"
WRONG = "#B3261E"
WRONG_SOFT = "#FCEBE9"
WARN = "#8A5A00"
WARN_SOFT = "#FFF5DC"
GOOD = "#1D7A46"
FIELD = "#DCEAFA"
FIELD_INK = "#174A85"
FROZEN = "#F0E6F6"
FROZEN_INK = "#5B2C74"
BLOCK = "#EEF1F5"
BLOCK_INK = "#33506F"
BLOCK_LINE = "#9FB0C3"
NOTE = "#F6F2E6"
NOTE_INK = "#6A5420"

FAMILIES = ("Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "PingFang SC", "GOV Hei")
STYLE = "Fusion"
BUNDLED_FONT = "GovHei.ttf"
CHART_FONTS = ("GovHei.ttf", "GovSong.ttf")
POINT_SIZE = 10.5


def apply(app: QApplication, resources: Path) -> None:
    """Our palette, and a font that has Chinese; the style is chosen where the application is made."""
    app.setPalette(_palette())
    app.setFont(_font(resources))


def dress(window: QWidget, resources: Path) -> None:
    """Put the style sheet on a window and all in it; one pass is cheaper than one for each part."""
    style = resources / "style"
    # Qt reads the addresses in a style sheet from the working folder: give it the real place.
    sheet = (style / "main.qss").read_text(encoding="utf-8")
    window.setStyleSheet(sheet.replace("STYLE/", style.as_posix() + "/"))


def _font(resources: Path) -> QFont:
    # Not `families(SimplifiedChinese)`: that opens every font there is.
    family = next((name for name in FAMILIES if QFontDatabase.hasFamily(name)), "")
    if not family:
        number = QFontDatabase.addApplicationFont(str(resources / "fonts" / BUNDLED_FONT))
        family = (QFontDatabase.applicationFontFamilies(number) or [""])[0]
    font = QFont(family)
    font.setPointSizeF(POINT_SIZE)
    return font


@cache
def load_chart_fonts(resources: Path) -> None:
    """The families that charts are set in, made known to Qt once."""
    for file in CHART_FONTS:
        QFontDatabase.addApplicationFont(str(resources / "fonts" / file))


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for where, colour in (
        (role.Window, GROUND),
        (role.WindowText, INK),
        (role.Base, PAPER),
        (role.AlternateBase, GROUND),
        (role.Text, INK),
        (role.Button, PAPER),
        (role.ButtonText, INK),
        (role.Highlight, ACCENT),
        (role.HighlightedText, PAPER),
        (role.ToolTipBase, PAPER),
        (role.ToolTipText, INK),
        (role.PlaceholderText, "#98A2AF"),
        (role.Link, ACCENT),
    ):
        palette.setColor(where, QColor(colour))
    return palette
