"""R14k: the kind of unit a report is of."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels

STREET = "清河县石桥街道办事处2023年度部门整体支出绩效自评报告\n"


def test_another_kind_of_office_than_the_own_is_found() -> None:
    assert levels("R14k", STREET + "石桥镇人民政府对部门整体和5个项目开展了绩效自评。") == {"错误"}
    assert levels("R14k", STREET + "我镇加强预算管理，我镇按时公开。") == {"核实"}


@pytest.mark.parametrize(
    "text",
    [
        "石桥街道办事处对部门整体和5个项目开展了绩效自评。我街道加强管理。",
        "县财政局对部门整体支出自评进行了复核。各镇人民政府按要求开展工作。",
        "落实本乡村振兴任务，解决本局部问题。",
    ],
)
def test_the_own_kind_and_others_deeds_are_right(text: str) -> None:
    assert findings_of("R14k", STREET + text) == []
