"""Choice of fonts: the system's where it can be embedded, the bundle otherwise, and what neither has."""

import shutil
import struct
from pathlib import Path

import pytest

from desktop.exchange.typography import fonts
from desktop.exchange.typography.fonts import (
    BUNDLED,
    FACES,
    FALLBACK,
    choose_fonts,
    fallback_order,
    is_invisible,
    missing_characters,
    register,
    windows_font_folders,
)
from tests.places import FONTS

BUNDLE = FONTS


def test_bundled_fonts_have_all_five_faces() -> None:
    choices = choose_fonts(BUNDLE, prefer_system=False)
    assert set(choices) == {*FACES, FALLBACK}
    assert all(choice.origin == "bundled" and choice.path.is_file() for choice in choices.values())
    assert register(choices)["hei"] == "GOV Hei"
    assert (BUNDLE / "OFL-1.1.txt").is_file() and (BUNDLE / "NOTICE.txt").is_file()


def test_registered_names_are_the_family_names_qt_sees() -> None:
    from reportlab.pdfbase.ttfonts import TTFontFace

    for file, family in BUNDLED.values():
        assert TTFontFace(str(BUNDLE / file)).familyName.decode() == family


def test_usable_system_font_is_chosen_whatever_the_case_of_its_name(tmp_path: Path) -> None:
    shutil.copy(BUNDLE / "GovHei.ttf", tmp_path / "SimHei.TTF")
    choices = choose_fonts(BUNDLE, search=[tmp_path / "missing", tmp_path])
    assert (choices["hei"].origin, choices["hei"].display_name) == ("system", "黑体")
    assert register(choices)["hei"] == "SimHei.TTF#0"
    assert choices["kai"].origin == "bundled"


@pytest.mark.parametrize("content", [b"", b"OTTO" + bytes(200), "cut"])
def test_unusable_system_font_is_passed_over(tmp_path: Path, content: bytes | str) -> None:
    data = (BUNDLE / "GovKai.ttf").read_bytes()[:400_000] if isinstance(content, str) else content
    (tmp_path / "simkai.ttf").write_bytes(data)
    assert choose_fonts(BUNDLE, search=[tmp_path])["kai"].origin == "bundled"


def test_system_font_without_chinese_is_passed_over(tmp_path: Path) -> None:
    import reportlab

    vera = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    shutil.copy(vera, tmp_path / "simfang.ttf")
    assert choose_fonts(BUNDLE, search=[tmp_path])["fangsong"].origin == "bundled"


def test_windows_font_folders_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINDIR", "/w")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert windows_font_folders() == [Path("/w/Fonts")]
    monkeypatch.setenv("LOCALAPPDATA", "/u")
    assert windows_font_folders()[1] == Path("/u/Microsoft/Windows/Fonts")


def test_missing_characters_are_listed_once_and_spaces_never() -> None:
    choices = choose_fonts(BUNDLE, prefer_system=False)
    assert missing_characters("部门　㎡①镕喆堃䶮\n\t\u200b\ufe0f", choices) == []
    assert missing_characters(["甲\U0001f600", "\U0001f600乙\ue000"], choices) == ["\U0001f600", "\ue000"]


def test_fallback_order_has_every_face_once() -> None:
    names = register(choose_fonts(BUNDLE, prefer_system=False))
    order = fallback_order("kai", names)
    assert order[:2] == [names["kai"], names["song"]]
    assert sorted(order) == sorted(set(names.values()))


def test_spaces_and_joiners_are_invisible() -> None:
    assert is_invisible(" ") and is_invisible("\u200b") and not is_invisible("文")


def test_bulk_reading_of_a_font_gives_what_reportlab_reads() -> None:
    """The bundled fonts, and reportlab's own Vera with another number of units to the em."""
    import reportlab
    from reportlab.pdfbase.ttfonts import TTFont

    vera = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    for path in (*(BUNDLE / file for file, _ in BUNDLED.values()), vera):
        slow, quick = TTFont("x", str(path), shapable=False), fonts._read_font("x", path, 0)
        assert vars(slow).keys() == vars(quick).keys()
        told, found = vars(slow.face), vars(quick.face)
        told["glyphPos"], found["glyphPos"] = list(told["glyphPos"]), list(found["glyphPos"])
        other = {name for name, value in told.items() if found.get(name) != value}
        assert other - {"_pos", "_pdfScale"} == {"glyphToChar"}  # which only shaping needs
        some = list(slow.face.charToGlyph)[::50]
        assert slow.face.makeSubset(some) == quick.face.makeSubset(some)


def segments(*parts: tuple[int, int, int, tuple[int, ...]]) -> bytes:
    """A character table of format 4: first and last code, what is added, and glyphs if they are listed."""
    numbers = [number for part in parts for number in part[3]]
    offsets, before = [], 0
    for place, part in enumerate(parts):
        offsets.append(2 * (len(parts) - place + before) if part[3] else 0)
        before += len(part[3])
    columns = ([part[1] for part in parts], [0], [part[0] for part in parts], [part[2] for part in parts])
    words = [*(number for column in columns for number in column), *offsets, *numbers]
    head = struct.pack(">HHHHHHH", 4, 14 + 2 * len(words), 0, 2 * len(parts), 0, 0, 0)
    return struct.pack(">HHHHL", 0, 1, 3, 1, 12) + head + struct.pack(f">{len(words)}H", *words)


def test_glyphs_are_read_from_segments() -> None:
    last = (0xFFFF, 0xFFFF, 1, ())
    table = segments((32, 34, 0xFFF0, ()), (65, 67, 0, (7, 0, 9)), (70, 71, 3, (5, 0)), last)
    listed = {65: 7, 66: 0, 67: 9, 70: 8, 71: 0}
    assert fonts._glyphs(table, 0) == {32: 16, 33: 17, 34: 18, **listed, 0xFFFF: 0}
    assert fonts._glyphs(segments((65, 66, 0xFFBE, ()), last), 0) == {65: 0xFFFF, 66: 0, 0xFFFF: 0}


def test_glyph_listed_behind_the_end_of_the_table_is_none() -> None:
    table = segments((65, 67, 0, (7,)), (0xFFFF, 0xFFFF, 1, ()))
    assert fonts._glyphs(table, 0) == {65: 7, 66: 0, 67: 0, 0xFFFF: 0}


def test_glyphs_are_read_from_groups() -> None:
    table = struct.pack(">HHHHL", 0, 1, 3, 10, 12) + struct.pack(">HHLLL", 12, 0, 40, 0, 2)
    table += struct.pack(">LLLLLL", 65, 67, 3, 0x20000, 0x20001, 9)
    assert fonts._glyphs(table, 0) == {65: 3, 66: 4, 67: 5, 0x20000: 9, 0x20001: 10}


def test_unknown_or_faulty_character_table_is_left_to_reportlab() -> None:
    other = struct.pack(">HHHHL", 0, 1, 3, 1, 12) + struct.pack(">HHH", 6, 10, 0)
    overlapping = segments((65, 70, 0, ()), (68, 72, 0, ()))
    unknown = struct.pack(">HHHHL", 0, 1, 5, 1, 12)
    assert not any(fonts._glyphs(table, 0) for table in (other, overlapping, unknown))
