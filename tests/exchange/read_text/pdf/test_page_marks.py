"""Page numbers and running heads are dropped, and nothing else."""

from __future__ import annotations

import pytest

from desktop.exchange.read_text.pdf.page_marks import without_page_marks
from desktop.exchange.read_text.pdf.paragraphs import Line
from tests.exchange.pdf_files import set_on_page


def pages(count: int, number: str, head: str = "") -> list[Line]:
    found = []
    for page in range(count):
        found += [Line(page, 80, 600 - 20 * line, 16, "文" * (7 * page + line + 1)) for line in range(5)]
        found.append(Line(page, 280, 60, 14, number.format(page + 1)))
        found += [Line(page, 80, 780, 9, head)] if head else []
    return found


@pytest.mark.parametrize("number", ["— {} —", "-{}-", "{}", "第 {} 页 共 9 页", "{} / 9", "－{}－"])
def test_page_numbers_are_dropped(number: str) -> None:
    kept = without_page_marks(pages(6, number))
    assert len(kept) == 30 and all(set(line.text) == {"文"} for line in kept)


def test_running_heads_are_dropped_and_margin_text_of_one_page_is_kept() -> None:
    kept = without_page_marks(
        [*pages(6, "— {} —", "清溪县水利局自评报告 2023"), Line(6, 80, 700, 9, "清溪县水利局")]
    )
    assert [line.text for line in kept if "清溪" in line.text] == ["清溪县水利局"]


def test_number_in_the_margin_that_counts_no_pages_is_kept() -> None:
    lines = [
        line for page in range(6) for line in set_on_page("甲" * (page + 3), "乙" * (page + 3), page=page)
    ]
    lines += [Line(page, 300, 20, 16, str(page * page * 7 % 5)) for page in range(6)]
    assert len(without_page_marks(lines)) == len(lines)


def test_other_heads_in_the_same_place_are_dropped_on_the_first_page_and_on_one_that_lies() -> None:
    lines = [
        *pages(6, "— {} —", "清溪县水利局自评报告"),
        Line(6, 80, 533, 9, "横表一（续页）"),
        Line(6, 80, 480, 16, "正文"),
    ]
    lines = [line for line in lines if not (line.page == 0 and line.size == 9)] + [
        Line(0, 80, 780, 9, "内部资料")
    ]
    kept = without_page_marks(lines, tops={**dict.fromkeys(range(6), 842.0), 6: 595.0})
    assert {line.text for line in kept if "文" not in line.text} == set() and kept[-1].text == "正文"


def test_a_head_of_two_pages_is_one_and_a_title_on_the_cover_and_above_the_text_is_none() -> None:
    assert not [
        line for line in without_page_marks(pages(2, "— {} —", "自评材料")) if line.text == "自评材料"
    ]
    title = [Line(0, 80, 700, 22, "清溪县水利局"), Line(1, 80, 780, 22, "清溪县水利局")]
    assert without_page_marks([*pages(2, "— {} —"), *title])[-2:] == title


def test_a_frame_above_all_on_the_first_page_keeps_no_running_head_in_the_text() -> None:
    lines = [Line(page, 80, 790 - 30 * bool(at), 10, text) for page in range(4)
             for at, text in enumerate((f"第{page}页的话。" if page == 0 else "某局文稿纸", f"第{page}段。"))]  # fmt: skip
    kept = [line.text for line in without_page_marks(lines, [(0, 805.0)], dict.fromkeys(range(4), 842.0))]
    assert kept.count("某局文稿纸") == 0 and "第3段。" in kept
