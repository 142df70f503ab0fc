"""Which font file sets each face of a report: Windows' own if it can be embedded, else the bundled one.

Every face falls back, character by character, on song, then on the bundled song, then on any other
face, so a character is missing only when no face has it. Importing this module does not load reportlab.
"""

import os
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

FACES = ("title", "fangsong", "kai", "hei", "song")
FALLBACK = "fallback"

BUNDLED: Mapping[str, tuple[str, str]] = {  # face -> file, family name inside the file
    "title": ("GovTitle.ttf", "GOV Title"),
    "fangsong": ("LXGWZhuqueFangsong-Regular.ttf", "Zhuque Fangsong (technical preview)"),
    "kai": ("GovKai.ttf", "GOV Kai"),
    "hei": ("GovHei.ttf", "GOV Hei"),
    "song": ("GovSong.ttf", "GOV Song"),
}
BUNDLED_TITLES: Mapping[str, str] = {
    "title": "内置小标宋体",
    "fangsong": "朱雀仿宋（内置）",
    "kai": "内置楷体",
    "hei": "内置黑体",
    "song": "内置宋体",
}
_SYSTEM: Mapping[str, tuple[tuple[str, str], ...]] = {  # face -> (file, name shown), best first
    "title": (
        ("FZXBSJW.TTF", "方正小标宋简体"),
        ("FZXBSJW--GB1-0.TTF", "方正小标宋简体"),
        ("方正小标宋简体.ttf", "方正小标宋简体"),
        ("方正小标宋_GBK.ttf", "方正小标宋_GBK"),
        ("FZXBSK.TTF", "方正小标宋_GBK"),
    ),
    "fangsong": (
        ("SIMFANG_GB2312.TTF", "仿宋_GB2312"),
        ("仿宋_GB2312.ttf", "仿宋_GB2312"),
        ("simfang.ttf", "仿宋"),
    ),
    "kai": (
        ("SIMKAI_GB2312.TTF", "楷体_GB2312"),
        ("楷体_GB2312.ttf", "楷体_GB2312"),
        ("simkai.ttf", "楷体"),
    ),
    "hei": (("simhei.ttf", "黑体"),),
    "song": (("simsun.ttc", "宋体"), ("simsun.ttf", "宋体")),
}
_PROBE = "部门整体支出绩效自评报告（一）—“万元”1234567890，。、；：%"


@dataclass(frozen=True)
class FontChoice:
    """One font file for one face; `subfont_index` counts the fonts inside a .ttc."""

    face: str
    path: Path
    subfont_index: int
    origin: Literal["system", "bundled"]
    display_name: str

    @property
    def registered_name(self) -> str:
        """The name in reportlab; for a bundled file its family name, so that Qt finds it by the same name."""
        if self.origin == "bundled":
            return next(family for file, family in BUNDLED.values() if file == self.path.name)
        return f"{self.path.name}#{self.subfont_index}"


def windows_font_folders() -> list[Path]:
    """The machine's and the user's own font folder; those of their environment variables that are set."""
    places = (("WINDIR", "Fonts"), ("LOCALAPPDATA", "Microsoft/Windows/Fonts"))
    return [Path(os.environ[name]) / tail for name, tail in places if os.environ.get(name)]


def choose_fonts(
    bundle_dir: Path, prefer_system: bool = True, search: Sequence[Path] | None = None
) -> dict[str, FontChoice]:
    """Face -> font, for the five faces and for `fallback`, which is always the bundled song.

    A system font that reportlab cannot embed (CFF outlines, damaged, embedding forbidden) or that
    lacks everyday characters is passed over.
    """
    folders = (windows_font_folders() if search is None else search) if prefer_system else ()
    present = _files_of(folders)
    chosen = {face: _system_font(face, present) or _bundled(face, bundle_dir) for face in FACES}
    chosen[FALLBACK] = _bundled("song", bundle_dir)
    return chosen


def register(choices: Mapping[str, FontChoice]) -> dict[str, str]:
    """Make the fonts known to reportlab, each file once; face -> registered name."""
    for choice in choices.values():
        _load(choice)
    return {face: choice.registered_name for face, choice in choices.items()}


def fallback_order(face: str, names: Mapping[str, str]) -> list[str]:
    """The registered names that are tried for a character of `face`, in order, without repeats."""
    order = [face, "song", FALLBACK, *FACES]
    return list(dict.fromkeys(names[one] for one in order if one in names))


def missing_characters(text: str | Iterable[str], choices: Mapping[str, FontChoice]) -> list[str]:
    """The visible characters of `text` that no face has, each once, in order of appearance."""
    faces = [_load(choice).face.charToGlyph for choice in choices.values()]
    seen = dict.fromkeys(char for piece in text for char in piece)
    return [
        char for char in seen if not is_invisible(char) and not any(ord(char) in known for known in faces)
    ]


def is_invisible(char: str) -> bool:
    """Spaces, controls, joiners and variation selectors: nothing to print, so nothing to miss."""
    if char in " \u3000" or unicodedata.category(char) in ("Cc", "Cf", "Zs", "Zl", "Zp"):
        return True
    return 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF


def _files_of(folders: Sequence[Path]) -> dict[str, Path]:
    """Lower-case file name -> file; the earlier folder wins, an unreadable folder has none."""
    found: dict[str, Path] = {}
    for folder in folders:
        try:
            entries = list(folder.iterdir())
        except OSError:
            continue
        for entry in entries:
            found.setdefault(entry.name.lower(), entry)
    return found


def _system_font(face: str, present: Mapping[str, Path]) -> FontChoice | None:
    for file, title in _SYSTEM[face]:
        path = present.get(file.lower())
        if path is not None:
            choice = FontChoice(face, path, 0, "system", title)
            if _is_usable(choice):
                return choice
    return None


def _bundled(face: str, bundle_dir: Path) -> FontChoice:
    return FontChoice(face, bundle_dir / BUNDLED[face][0], 0, "bundled", BUNDLED_TITLES[face])


def _is_usable(choice: FontChoice) -> bool:
    """Open it and cut a trial subset: damage in the outlines shows only there.

    reportlab reads a font without checks of its own, so a damaged file ends in whatever error the
    bytes lead to; any of them means the same here.
    """
    try:
        face = _load(choice).face
        covered = all(ord(char) in face.charToGlyph for char in _PROBE)
        return covered and bool(face.makeSubset([ord(char) for char in _PROBE]))
    except Exception:
        return False


def _load(choice: FontChoice) -> Any:
    """The reportlab TTFont of a choice, read once per process (10-80 ms each)."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    name = choice.registered_name
    if name not in pdfmetrics.getRegisteredFontNames():
        font = TTFont(name, str(choice.path), subfontIndex=choice.subfont_index, shapable=False)
        pdfmetrics.registerFont(font)
    return pdfmetrics.getFont(name)
