"""Charts: every value labelled, nothing outside the drawing, calm with empty and absurd data."""

from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.exchange.document.charts import (
    ChartData,
    ChartGroup,
    execution_chart,
    three_public_chart,
    to_svg,
)
from desktop.exchange.typography.fonts import choose_fonts, register
from tests.places import FONTS

BUNDLE = FONTS
SERIES = ("2022年决算数", "2023年预算数", "2023年决算数")


@pytest.fixture(scope="module", autouse=True)
def fonts() -> None:
    register(choose_fonts(BUNDLE, prefer_system=False))


def chart(*groups: tuple[str, tuple[str | None, ...]], width: float = 440) -> Any:
    rows = tuple(
        ChartGroup(label, tuple(None if v is None else Decimal(v) for v in vs)) for label, vs in groups
    )
    return three_public_chart(ChartData("“三公”经费", "万元", SERIES, rows), width)


def strings(drawing: Any) -> list[Any]:
    return [shape for shape in drawing.contents if hasattr(shape, "text")]


def bars(drawing: Any) -> list[Any]:
    return [shape for shape in drawing.contents if hasattr(shape, "height") and shape.height == 9]


def assert_inside(drawing: Any) -> None:
    for shape in drawing.contents:
        left, low, right, high = shape.getBounds()
        assert -6 <= left <= right <= drawing.width + 0.5
        assert -1 <= low <= high <= drawing.height + 1


def test_chart_labels_have_the_same_decimals() -> None:
    drawing = chart(("公务接待费", ("18.36", "15", "0")))
    shown = [one.text for one in strings(drawing)]
    assert {"18.36", "15.00", "0.00", *SERIES} <= set(shown)
    assert [round(bar.width / bars(drawing)[0].width, 4) for bar in bars(drawing)] == [1.0, 0.817]


def test_chart_of_whole_values_has_no_decimals_and_names_missing_ones() -> None:
    assert {"1,200", "未填"} <= {one.text for one in strings(chart(("甲", ("1200", None, "5"))))}


@pytest.mark.parametrize(
    "groups", [(), (("公务接待费", ("0", "0.00", None)),), (("甲", ("NaN", None, None)),)]
)
def test_chart_without_data_says_so(groups: tuple[Any, ...]) -> None:
    drawing = chart(*groups)
    assert "尚未填写“三公”经费数据" in [one.text for one in strings(drawing)]
    assert not bars(drawing)


def test_negative_bars_stay_between_axis_and_names() -> None:
    drawing = chart(("收回", ("-20", "10", "5")))
    negative, positive, _ = bars(drawing)
    assert negative.x + negative.width == pytest.approx(positive.x)
    assert_inside(drawing)


def test_long_names_are_wrapped_clear_of_the_bars() -> None:
    drawing = chart(("政府性基金预算财政拨款收入安排的支出" * 4, ("1", "2", "3")), width=300)
    name = [one for one in strings(drawing) if "政府" in one.text or "…" in one.text]
    assert len(name) >= 2 and name[-1].text.endswith("…")
    assert max(one.getEast() for one in name) < bars(drawing)[0].x
    assert_inside(drawing)


@given(
    st.lists(
        st.tuples(
            st.text(max_size=30),
            st.tuples(*[st.none() | st.decimals(allow_nan=True, allow_infinity=True)] * 3),
        ),
        max_size=5,
    ),
    st.sampled_from([100.0, 300.0, 440.0]),
)
@settings(max_examples=40, deadline=None)
def test_chart_of_any_data_stays_inside_its_drawing(
    groups: list[tuple[str, tuple[Decimal | None, ...]]], width: float
) -> None:
    rows = tuple(ChartGroup(label, values) for label, values in groups)
    assert_inside(execution_chart(ChartData("执行", "", SERIES, rows), width))


def test_svg_names_the_font_families_that_qt_loads() -> None:
    svg = to_svg(chart(("公务接待费", ("1", "2", "3")), ("犇", ("1", "2", "3"))))
    ElementTree.fromstring(svg)
    assert b"font-family: GOV Hei" in svg and b"font-family: GOV Song" in svg
