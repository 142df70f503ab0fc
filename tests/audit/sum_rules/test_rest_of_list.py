"""R2r: the rest that ends a list."""

from __future__ import annotations

import pytest

from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import audit
from tests.audit.rule_cases import findings_of


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("编制80名，在职66人，退休30人。在职的人里，正高4人、副高17人、中级25人，其他{}人为初级。", 20, 23),
        ("年末在编66人。在编人员中，行政18人，事业37人，其余{}人为工勤。", 11, 13),
        (
            "收入合计860.40万元，财政拨款731.20万元，事业收入95.30万元，其余{}万元为其他收入。",
            "33.90",
            "41.70",
        ),
        (
            "本年支出合计860.40万元。从资金来源看，一般公共预算支出731.20万元，基金支出95.30万元，其余{}万元为自有资金。",
            "33.90",
            "41.70",
        ),
        (
            "社会保障和就业支出860.40万元，占52.10%。\n社会保障和就业支出分解如下：抚恤731.20万元；安置95.30万元；其余{}万元为养老支出。",
            "33.90",
            "41.70",
        ),
        ("剩余的86.00万元中，质保金37.00万元，尾款24.00万元，其他{}万元。", "25.00", "38.00"),
        ("全年支出860.40万元。基本支出731.20万元，占84.98%，余下的{}万元为项目支出。", "129.20", "146.50"),
        ("产出50分，改厕占10分，按完成率得8分，其余{}分得满分。", 40, 35),
        ("收支差额310.80万元，按40%提取福利基金124.32万元，其余{}万元转入事业基金。", "186.48", "168.94"),
    ],
)
def test_the_rest_is_the_whole_less_the_parts(text: str, right: object, wrong: object) -> None:
    assert findings_of("R2r", text.format(right)) == []
    (finding,) = findings_of("R2r", text.format(wrong))
    assert finding.level == "错误"


@pytest.mark.parametrize(
    "text",
    [
        "共有资金100.00万元，其中本级60.00万元，含专项20.00万元，其余40.00万元为上级补助。",
        "产出60分得55分，效益20分得20分，其余20分得满分。",
        "全年支出200.00万元。甲站60.00万元，占全年支出30.00%，其余20.00万元为乙站。",
        "车辆10辆，其中应急4辆、执法3辆，单价20万元以上2辆，其余3辆为特种车辆。",
        "全年支出500.00万元，其中：基本支出300.00万元（人员250.00万元、公用50.00万元），其余200.00万元为项目支出。",
        "财政拨款300.00万元，其余100.00万元为事业收入。",
        "收入合计300.00万元，其他收入20.00万元。",
    ],
)
def test_a_rest_of_another_whole_is_left_alone(text: str) -> None:
    assert findings_of("R2r", text) == []


def test_a_rest_that_is_right_proves_its_list() -> None:
    reading = Reading("年末在编66人。在编人员中，行政18人，事业37人，其余11人为工勤。")
    audit(reading)
    assert [len(held.proved) for held in reading.holding if held.code == "R2r"] == [4]
