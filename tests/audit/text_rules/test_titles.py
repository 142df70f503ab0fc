"""R72: headings and the measures below them."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels, marked


def test_another_measure_below_the_heading_is_to_be_checked() -> None:
    text = "（1）预算完成率\n完成率97%。\n（2）三公控制率\n预算6万元，支出5.4万元，“三公”经费变动率90%。\n（3）其他\n"
    assert levels("R72", text) == {"核实"}
    assert marked("R72", text).endswith("变动率90%")


def test_a_measure_that_lost_its_kind_is_a_hint() -> None:
    text = "（1）公用经费率\n公用经费控制率95%。\n"
    (finding,) = findings_of("R72", text)
    assert (finding.level, finding.expected) == ("提示", "公用经费控制率")


@pytest.mark.parametrize(
    "text",
    [
        "（1）三公经费控制率\n三公经费控制率90%，三公经费变动率-3%。\n",
        "（1）预算执行情况\n预算完成率97%。\n",
        "（1）三公经费控制率\n控制率90%。\n（2）三公经费变动率\n三公经费变动率-3%。\n",
        "结转结余率3%，政府采购率80%，公用经费控制率95%。",
        "（1）预算执行率\n公用经费控制率95%。\n",
    ],
)
def test_the_measure_of_the_heading_has_no_finding(text: str) -> None:
    assert findings_of("R72", text) == []
