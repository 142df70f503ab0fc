"""Choice of fonts: the system's where it can be embedded, the bundle otherwise, and what neither has."""

import shutil
from pathlib import Path

import pytest

from desktop.exchange.fonts import (
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

BUNDLE = Path(__file__).resolve().parents[2] / "resources" / "fonts"


def test_the_bundle_alone() -> None:
    choices = choose_fonts(BUNDLE, prefer_system=False)
    assert set(choices) == {*FACES, FALLBACK}
    assert all(choice.origin == "bundled" and choice.path.is_file() for choice in choices.values())
    assert register(choices)["hei"] == "GOV Hei"
    assert (BUNDLE / "OFL-1.1.txt").is_file() and (BUNDLE / "NOTICE.txt").is_file()


def test_registered_names_are_the_family_names_qt_sees() -> None:
    from reportlab.pdfbase.ttfonts import TTFontFace

    for file, family in BUNDLED.values():
        assert TTFontFace(str(BUNDLE / file)).familyName.decode() == family


def test_a_usable_system_font_is_taken_whatever_the_case_of_its_name(tmp_path: Path) -> None:
    shutil.copy(BUNDLE / "GovHei.ttf", tmp_path / "SimHei.TTF")
    choices = choose_fonts(BUNDLE, search=[tmp_path / "missing", tmp_path])
    assert (choices["hei"].origin, choices["hei"].display_name) == ("system", "黑体")
    assert register(choices)["hei"] == "SimHei.TTF#0"
    assert choices["kai"].origin == "bundled"


@pytest.mark.parametrize("content", [b"", b"OTTO" + bytes(200), "cut"])
def test_an_unusable_system_font_gives_way_to_the_bundle(tmp_path: Path, content: bytes | str) -> None:
    data = (BUNDLE / "GovKai.ttf").read_bytes()[:400_000] if isinstance(content, str) else content
    (tmp_path / "simkai.ttf").write_bytes(data)
    assert choose_fonts(BUNDLE, search=[tmp_path])["kai"].origin == "bundled"


def test_a_font_without_chinese_gives_way(tmp_path: Path) -> None:
    import reportlab

    vera = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    shutil.copy(vera, tmp_path / "simfang.ttf")
    assert choose_fonts(BUNDLE, search=[tmp_path])["fangsong"].origin == "bundled"


def test_windows_folders_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINDIR", "/w")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert windows_font_folders() == [Path("/w/Fonts")]
    monkeypatch.setenv("LOCALAPPDATA", "/u")
    assert windows_font_folders()[1] == Path("/u/Microsoft/Windows/Fonts")


def test_missing_characters_are_told_once_and_spaces_never() -> None:
    choices = choose_fonts(BUNDLE, prefer_system=False)
    assert missing_characters("部门　㎡①镕喆堃䶮\n\t\u200b\ufe0f", choices) == []
    assert missing_characters(["甲\U0001f600", "\U0001f600乙\ue000"], choices) == ["\U0001f600", "\ue000"]


def test_fallback_order_ends_with_every_face_and_repeats_none() -> None:
    names = register(choose_fonts(BUNDLE, prefer_system=False))
    order = fallback_order("kai", names)
    assert order[:2] == [names["kai"], names["song"]]
    assert sorted(order) == sorted(set(names.values()))


def test_invisible() -> None:
    assert is_invisible(" ") and is_invisible("\u200b") and not is_invisible("文")
