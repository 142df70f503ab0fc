"""What the words of a form's file mean, and which mistakes are noticed when it is read."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.forms.printed_form import parse_form

LINE: dict[str, Any] = {"cells": [{"text": "单位名称"}, {"cell": "unit.this.name"}]}
FORM: dict[str, Any] = {
    "id": "annex9",
    "mark": "附件9",
    "title": "{year}年度说明表",
    "widths": [40, 116],
    "sheet_widths": [12, 40],
    "part": [{"line": [LINE]}],
}


def test_a_cell_shows_what_its_first_word_says() -> None:
    cells = [{"text": "按收入性质分", "sum": ["a.b.c", "a.d.c"], "sheet_cols": [2, 1]}, {"label": True}]
    line = parse_form({**FORM, "part": [{"line": [{"cells": cells}]}]}).parts[0].lines[0]
    total, label = line.cells
    assert (total.shows, total.of, total.text, total.sheet_cols) == (
        "sum",
        ("a.b.c", "a.d.c"),
        "按收入性质分",
        (2, 1),
    )
    assert (label.shows, label.of) == ("label", "")


def test_a_part_without_widths_has_those_of_the_form() -> None:
    own = {"line": [LINE], "widths": [30, 126]}
    form = parse_form({**FORM, "part": [{"line": [LINE]}, own]})
    assert [part.widths for part in form.parts] == [(40, 116), (30, 126)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"widths": [40, 50, 66]},
        {"part": [{"line": [LINE], "widths": [156]}]},
    ],
    ids=["form", "part"],
)
def test_as_many_widths_as_columns_are_asked_for(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="annex9"):
        parse_form({**FORM, **wrong})


@pytest.mark.parametrize(
    "wrong",
    [
        {"tilte": "x"},
        {"part": [{"line": [LINE], "heads": 1}]},
        {"part": [{"line": [{"cells": [{"text": "x", "colour": "red"}]}]}]},
        {"sign": [{"lable": "填表人："}]},
    ],
    ids=["form", "part", "cell", "sign"],
)
def test_a_word_that_means_nothing_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="unexpected"):
        parse_form({**FORM, **wrong})
