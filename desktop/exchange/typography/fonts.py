"""Which font file sets each face of a report: Windows' own if it can be embedded, else the bundled one.

Every face falls back, character by character, on song, then on the bundled song, then on any other
face, so a character is missing only when no face has it. Importing this module does not load reportlab.
"""

import os
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import ge
from pathlib import Path
from struct import iter_unpack, unpack_from
from threading import Lock
from typing import Any, Literal
from weakref import WeakKeyDictionary

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
_LOADING = Lock()
"""A font is read by one worker: another object of the same name would tear the subsets of a file apart."""
_PROBE = "部门整体支出绩效自评报告（一）—“万元”1234567890，。、；：%"
"""A font that lacks one of these is a Latin one, or a subset made for somebody's letterhead."""


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
    return [char for char in seen if not is_invisible(char) and not any(has.get(ord(char)) for has in faces)]


def is_invisible(char: str) -> bool:
    """Spaces, controls, joiners and variation selectors: nothing to print, so nothing to miss."""
    if char in " \u3000" or unicodedata.category(char) in ("Cc", "Cf", "Zs", "Zl", "Zp"):
        return True
    return 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF  # variation selectors


def _files_of(folders: Sequence[Path]) -> dict[str, Path]:
    """Lower-case file name -> file; the earlier folder wins, an unreadable folder has none."""
    files: dict[str, Path] = {}
    for folder in folders:
        try:
            entries = list(folder.iterdir())
        except OSError:
            continue
        for entry in entries:
            files.setdefault(entry.name.lower(), entry)
    return files


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
    except ImportError:  # reportlab itself is missing
        raise
    except Exception:
        return False


def _load(choice: FontChoice) -> Any:
    """The reportlab TTFont of a choice, read once per process (3-8 ms each)."""
    from reportlab.pdfbase import pdfmetrics

    name = choice.registered_name
    with _LOADING:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(_read_font(name, choice.path, choice.subfont_index))
        return pdfmetrics.getFont(name)


def _read_font(name: str, path: Path, subfont_index: int) -> Any:
    """What TTFont(name, path, subfontIndex=…, shapable=False) makes, with a face that is read faster."""
    from reportlab import rl_config
    from reportlab.pdfbase.ttfonts import TTEncoding, TTFont, TTFontFace

    class Face(_InBulk, TTFontFace):  # type: ignore[misc]
        pass

    font = TTFont.__new__(TTFont)
    font.fontName, font.face = name, Face(str(path), subfontIndex=subfont_index)
    font.encoding, font.state = TTEncoding(), WeakKeyDictionary()
    font._asciiReadable, font.shapable = rl_config.ttfAsciiReadable, False
    return font


class _InBulk:
    """Lets a TTFontFace unpack whole tables at once, where reportlab reads number by number (20-40 ms a font).

    A mixin, since the face itself needs reportlab. What is not met in the fonts of today, or has faults,
    is left to reportlab's own reading. Only `glyphToChar` is missing, which is for shaping alone.
    """

    def extractInfo(self: Any, charInfo: int = 1) -> None:
        super().extractInfo(0)  # type: ignore[misc]
        if charInfo and not self._take_characters():
            super().extractInfo(1)  # type: ignore[misc]

    def get_table(self: Any, tag: str) -> Any:
        """The outlines, megabytes of them, are not copied for each subset."""
        start, length = self.get_table_pos(tag)
        whole = self._ttf_data
        return _Outlines(whole, start) if tag == "glyf" else whole[start : start + length]

    def _take_characters(self: Any) -> bool:
        data, start = self._ttf_data, {tag: place["offset"] for tag, place in self.table.items()}
        glyphs = _glyphs(data, start["cmap"])
        # Offsets after the OpenType specification: indexToLocFormat and glyphDataFormat, numberOfHMetrics.
        is_long, outline_format = unpack_from(">HH", data, start["head"] + 50)
        (full,) = unpack_from(">H", data, start["hhea"] + 34)
        count = max(self.numGlyphs, full)
        if 0x20 not in glyphs or max(glyphs.values()) >= count or is_long > 1 or outline_format:
            return False
        numbers = unpack_from(f">{full + count}H", data, start["hmtx"])
        advances = list(map(self._pdfScale, numbers[: 2 * full : 2]))
        self.hmetrics = list(zip(numbers[: 2 * full : 2], numbers[1 : 2 * full : 2], strict=True))
        self.hmetrics += [(advances[-1], bearing) for bearing in numbers[2 * full :]]
        advances += advances[-1:] * (count - full)
        places = unpack_from(f">{self.numGlyphs + 1}{'L' if is_long else 'H'}", data, start["loca"])
        self.glyphPos = places if is_long else [place << 1 for place in places]
        glyphs[0xA0] = glyphs[0x20]  # the blank that does not break, as reportlab has it
        self.charToGlyph, self.defaultWidth = glyphs, advances[0]
        self.charWidths = dict(zip(glyphs, map(advances.__getitem__, glyphs.values()), strict=True))
        return True


class _Outlines:
    """The table of outlines, cut without having been copied."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data, self._start = data, start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


def _glyphs(data: bytes, start: int) -> dict[int, int]:
    """Code point -> glyph, from the table reportlab would choose; empty where that is left to reportlab."""
    (count,) = unpack_from(">H", data, start + 2)
    tables = iter_unpack(">HHL", data[start + 4 : start + 4 + 8 * count])
    chosen = [  # Unicode tables, but not the one of variation sequences (0, 5); reportlab takes the last
        offset
        for platform, encoding, offset in tables
        if platform == 3 or (platform == 0 and encoding != 5) or (platform == encoding == 1)
    ]
    if not chosen:
        return {}
    (kind,) = unpack_from(">H", data, start + chosen[-1])
    read = {4: _glyphs_of_segments, 12: _glyphs_of_groups}.get(kind)
    return read(data, start + chosen[-1]) if read else {}


def _glyphs_of_segments(data: bytes, start: int) -> dict[int, int]:
    """Format 4, code points of two bytes: segments of first and last code, and what is added to get the glyph."""
    length, _, twice = unpack_from(">HHH", data, start + 2)
    count, given = twice // 2, max(length - 14, 0) // 2
    numbers = unpack_from(f">{given}H", data, start + 14)
    first = 3 * count + 1  # where the offsets begin
    if given < first + count:
        return {}
    ends, starts = numbers[:count], numbers[count + 1 : 2 * count + 1]
    offsets = numbers[first : first + count]
    if any(map(ge, ends, starts[1:])) or any(offset % 2 for offset in offsets):
        return {}
    glyphs: list[Sequence[int]] = []
    segments = zip(starts, ends, numbers[2 * count + 1 : first], offsets, strict=True)
    for place, (low, high, delta, offset) in enumerate(segments, first):
        size = high - low + 1
        glyph = (low + delta) & 0xFFFF
        if offset:
            listed = numbers[place + offset // 2 : place + offset // 2 + size]
            listed += (0,) * (size - len(listed))
            glyphs.append([glyph and (glyph + delta) & 0xFFFF for glyph in listed] if delta else listed)
        elif glyph + size <= 0x10000:
            glyphs.append(range(glyph, glyph + size))
        else:
            glyphs.append([(code + delta) & 0xFFFF for code in range(low, high + 1)])
    codes = chain.from_iterable(map(range, starts, [end + 1 for end in ends]))
    return dict(zip(codes, chain.from_iterable(glyphs), strict=True))


def _glyphs_of_groups(data: bytes, start: int) -> dict[int, int]:
    """Format 12, code points of four bytes: groups of first and last code, and the first glyph."""
    (count,) = unpack_from(">L", data, start + 12)
    groups = list(iter_unpack(">LLL", data[start + 16 : start + 16 + 12 * count]))
    if len(groups) < count or any(low <= before for (_, before, _), (low, _, _) in pairwise(groups)):
        return {}
    codes = chain.from_iterable(range(low, high + 1) for low, high, _ in groups)
    glyphs = chain.from_iterable(range(glyph, glyph + high - low + 1) for low, high, glyph in groups)
    return dict(zip(codes, glyphs, strict=True))
