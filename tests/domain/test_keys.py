"""A table's id with the project it belongs to, and apart again."""

from __future__ import annotations

import pytest

from desktop.domain.keys import FactKey, base_of, parted, scoped


@pytest.mark.parametrize(("base", "scope"), [("annex3_funds", "p1"), ("annex2_funds", "")])
def test_a_scoped_table_is_taken_apart_again(base: str, scope: str) -> None:
    table = scoped(base, scope)
    assert parted(table) == (base, scope)
    key = FactKey(table, "total", "initial")
    assert (base_of(table), scope) == (key.base, key.scope)
