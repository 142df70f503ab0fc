"""The ruled table over pages: repeated heads, merged cells across the cut, rows higher than a page."""

from collections.abc import Sequence

import pytest

from desktop.exchange.pdf_out.paragraphs import Faces
from desktop.exchange.pdf_out.tables import Cell, OfficialTable, Span, official_table
from desktop.exchange.typography.fonts import choose_fonts, register
from tests.places import FONTS

BUNDLE = FONTS
WIDTH = 442.0
Rows = Sequence[Sequence[Cell | str]]


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces(register(choose_fonts(BUNDLE, prefer_system=False)))


def pages(table: OfficialTable, height: float) -> list[OfficialTable]:
    """Split until all is placed, as reportlab does; every page must take something."""
    done: list[OfficialTable] = []
    while True:
        parts = table.split(WIDTH, height)
        assert parts, "a fresh page must take at least a part"
        assert parts[0].wrap(WIDTH, height)[1] <= height + 1e-6
        done.append(parts[0])
        if len(parts) == 1:
            return done
        table = parts[1]


def texts(table: OfficialTable) -> list[str]:
    boxes = sorted(table._boxes, key=lambda box: (box.top, box.left))
    return ["".join(line.text for line in box.lines) for box in boxes]


def make(faces: Faces, rows: Rows, spans: Sequence[Span] = (), head: int = 1) -> OfficialTable:
    return official_table(rows, [40] * 3, faces, spans=spans, header_rows=head)


def test_rows_go_on_over_pages_below_the_repeated_head(faces: Faces) -> None:
    rows: Rows = [["甲", "乙", "丙"], *([str(n), "x", ""] for n in range(30))]
    split = pages(make(faces, rows), 200)
    assert all(texts(page)[:3] == ["甲", "乙", "丙"] for page in split)
    assert [text for page in split for text in texts(page)[3::3]] == [str(n) for n in range(30)]


def test_merged_label_is_never_divided(faces: Faces) -> None:
    """Its first row has room for one line, it has two: the cut goes above it."""
    label = "产出指标\n（50分）"
    rows: Rows = [
        ["一级", "三级", "分值"],
        *([first, "指标", "5"] for first in ("甲", "乙", label, "", "", "")),
    ]
    first, second, third = (texts(page)[3:] for page in pages(make(faces, rows, [(3, 0, 6, 0)]), 80))
    assert first == ["甲", "指标", "5", "乙", "指标", "5"]
    assert (second[0], third[0]) == (label, label)


def test_merged_label_is_repeated_on_every_page(faces: Faces) -> None:
    rows: Rows = [
        ["一级", "三级", "分值"],
        *(["产出指标" if n == 0 else "", f"指标{n}", "5"] for n in range(40)),
    ]
    split = pages(make(faces, rows, [(1, 0, 40, 0)]), 300)
    assert len(split) > 2
    assert all(texts(page)[3] == "产出指标" for page in split)
    assert all(
        box.bottom == page.row_count - 1 for page in split for box in page._boxes if box.text == "产出指标"
    )


def test_row_higher_than_a_page_goes_on_over_pages(faces: Faces) -> None:
    story = "".join(f"第{n}项工作已经完成并通过验收。" for n in range(200))
    rows: Rows = [["甲", "乙", "丙"], ["目标", Cell(story, "left"), ""], ["末", "", ""]]
    split = pages(make(faces, rows, [(1, 1, 1, 2)]), 300)
    assert len(split) > 4
    assert "".join(text for page in split for text in texts(page) if "项" in text or "验" in text) == story
    assert "末" in texts(split[-1])


def test_merged_long_text_goes_on_and_is_not_repeated(faces: Faces) -> None:
    story = "绩效目标完成情况说明，" * 60
    rows: Rows = [
        ["甲", "乙", "丙"],
        [Cell(story, "left"), "0", ""],
        *(["", str(n), ""] for n in range(1, 10)),
    ]
    split = pages(make(faces, rows, [(1, 0, 10, 0)]), 250)
    assert (
        "".join(text for page in split for text in texts(page) if "目标" in text or "说明" in text) == story
    )


def test_low_row_moves_whole_and_head_never_stands_alone(faces: Faces) -> None:
    table = make(faces, [["甲", "乙", "丙"], ["字" * 20, "", ""]])
    table.wrap(WIDTH, 1000)
    assert table.split(WIDTH, 30) == []
    assert table.least_height(WIDTH) == pytest.approx(table.height)


def test_wide_tables_are_narrowed_to_the_page(faces: Faces) -> None:
    table = official_table([["甲", "乙"]], [200, 100], faces)
    assert table.wrap(300, 1000)[0] == pytest.approx(300)
    assert table._columns == pytest.approx([200, 100])


@pytest.mark.parametrize("rows", [[], [[]], [["甲"]], [["甲", "乙", "丙", "丁"]], [["甲"] * 3] * 2])
def test_ragged_rows_and_spans_past_the_edge_are_set(faces: Faces, rows: Rows) -> None:
    table = make(faces, rows, [(0, 0, 9, 9)] if rows else [])
    width, height = table.wrap(WIDTH, 1000)
    assert width > 0 and height >= 0


def test_high_head_is_set_once_and_not_repeated(faces: Faces) -> None:
    rows: Rows = [[Cell("字" * 900, "left"), "", ""], ["1", "2", "3"]]
    split = pages(make(faces, rows), 300)
    assert "".join(text for page in split for text in texts(page)).count("字") == 900


def test_narrow_column_shows_its_whole_text(faces: Faces) -> None:
    table = official_table([["1,968.01万元", "甲"]], [3, 3], faces)
    table.wrap(WIDTH, 1000)
    assert texts(table)[0] == "1,968.01万元"
