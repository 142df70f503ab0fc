"""What runs and paragraphs of a .doc are set in, by themselves or by their styles."""

from __future__ import annotations

import pytest

from desktop.exchange.read_text.doc.binary import BOLD, FONT, RUN_STYLE, SIZE, Properties
from desktop.exchange.read_text.doc.styles import DocStyle, is_centred, run_type
from desktop.exchange.read_text.lines import RunType

HEADING = DocStyle(run={SIZE: b"\x24\0", BOLD: b"\1", FONT: b"\5\0"})
EMPHASIS = DocStyle(run={BOLD: b"\1"})


@pytest.mark.parametrize(
    ("of_paragraph", "settings", "said"),
    [
        (DocStyle(), {}, RunType(20, False, "0")),
        (HEADING, {}, RunType(36, True, "5")),
        (HEADING, {SIZE: b"\x20\0", FONT: b"\7\0"}, RunType(32, True, "7")),
        (HEADING, {BOLD: b"\0"}, RunType(36, False, "5")),
        (HEADING, {BOLD: b"\x80"}, RunType(36, True, "5")),
        (HEADING, {BOLD: b"\x81"}, RunType(36, False, "5")),
        (DocStyle(), {RUN_STYLE: b"\1\0"}, RunType(20, True, "0")),
    ],
)
def test_a_run_is_set_by_itself_then_by_its_style(
    of_paragraph: DocStyle, settings: Properties, said: RunType
) -> None:
    assert run_type([DocStyle(), EMPHASIS], of_paragraph, settings) == said


def test_lines_in_the_middle() -> None:
    assert is_centred({0x2461: b"\1"}) and is_centred({0x2403: b"\1"})
    assert not is_centred({0x2461: b"\2"}) and not is_centred({})
