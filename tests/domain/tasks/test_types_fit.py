"""Values of another kind than a record says are named with their place."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

import pytest

from desktop.domain.forms.printed_form import FormCell
from desktop.domain.tasks.types_fit import misfit
from desktop.domain.template import Column, Row, Table


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("x", str),
        (1, float),
        (1.5, float),
        (True, bool),
        (("a", "b"), tuple[str, ...]),
        ({"a": "b"}, Mapping[str, str]),
        ("b", Literal["a", "b"]),
        (None, str | None),
        (Decimal(1), Decimal),
        (object(), Any),
        (Column("a", "甲"), Column),
    ],
)
def test_what_fits(value: object, kind: object) -> None:
    assert misfit(value, kind, "x") == ""


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (1, str),
        (True, int),
        (True, float),
        (1, bool),
        ("ab", tuple[str, ...]),
        ((1,), tuple[str, ...]),
        ([], Mapping[str, str]),
        ({"a": 1}, Mapping[str, str]),
        ("c", Literal["a", "b"]),
        (1, str | None),
        (Decimal("NaN"), Decimal),
        (("a",), tuple[str, int]),
        (("a",), Column),
    ],
)
def test_what_does_not(value: object, kind: object) -> None:
    assert misfit(value, kind, "那一格").startswith("那一格")


def test_the_place_is_named() -> None:
    table = Table("t", "表", "grid", (Column("a", "甲"), Column("b", 5)), (Row("r", "行"),))  # type: ignore[arg-type]
    assert misfit(table, Table, "表样") == "表样 的 columns b 的 label 应是文字"
    assert misfit(FormCell("text", cols="2"), FormCell, "格") == "格 的 cols 应是整数"  # type: ignore[arg-type]
