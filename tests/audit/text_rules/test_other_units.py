"""R14n: other units' names where the report's own unit speaks of itself."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels

BUREAU = "清河县统计局2023年度部门整体支出绩效自评报告\n"
TOWN = "第二部分清河县石桥镇人民政府2023年度部门决算情况说明\n"
FAR = "一、概况\n二、收支\n三、绩效\n四、结论\n五、问题\n六、改进\n"


@pytest.mark.parametrize(
    "text",
    [
        BUREAU + "2023年度县审计局机关运行经费支出55.20万元。",
        BUREAU + "问题整改中；县水利局将进一步加强项目储备。",
        BUREAU + "平山县统计局2023年基本支出120.50万元。",
        BUREAU + FAR + "清河县审计局\n2024年3月5日\n",
        BUREAU + FAR + "清河县审计局2024年3月5日",
        TOWN + "柳林镇人民政府将按上述措施抓好整改。",
        "关于清河县石桥镇中心卫生院2023年度决算的说明\n石轿镇中心卫生院年末固定资产原值120.00万元。",
    ],
)
def test_another_unit_that_speaks_as_the_own_is_found(text: str) -> None:
    assert levels("R14n", text) == {"错误"}


@pytest.mark.parametrize(
    "text",
    [
        BUREAU + "2023年度县统计局机关运行经费支出55.20万元。",
        BUREAU + "2023年度清河县统计局基本支出55.20万元。",
        BUREAU + "2023年县财政局将进一步加强绩效管理。",
        BUREAU + "我局基本支出55.20万元。本局将按上述意见整改。县委将按上述意见整改资金问题。",
        TOWN + "安排街道办事处基本支出20.00万元。",
        BUREAU + "各镇人民政府将按要求整改资金问题。",
        BUREAU + "下属县普查中心年末固定资产12.00万元。县普查中心年末固定资产12.00万元。",
        BUREAU + "联合县水利局开展调查。县水利局将进一步加强项目储备。",
        BUREAU + "县水利局基本支出50.00万元。县林业局基本支出60.00万元。",
        BUREAU + FAR + "清河县统计局\n2024年3月5日\n",
        "清河县农业和农村工作局2023年度部门决算情况说明\n县农业局基本支出120.50万元。",
        "2023年度部门决算情况说明\n县水利局基本支出120.50万元。",
        "清河瑶族自治县统计局2023年度决算\n清河县统计局基本支出120.50万元。",
    ],
)
def test_the_own_name_partners_and_subordinates_are_right(text: str) -> None:
    assert findings_of("R14n", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "自评由我单位清河县审计局成立小组，局长任组长。",
        "清河县水利局认真开展了绩效自评。",
    ],
    ids=["in apposition", "as who did it"],
)
def test_another_unit_s_name_where_one_speaks_of_oneself_is_wrong(text: str) -> None:
    assert len(findings_of("R14n", f"清河县统计局2023年度部门整体支出绩效自评报告\n{text}")) == 1


def test_a_street_of_nearly_the_same_name_is_another() -> None:
    title = "朔阳区永安街道办事处2023年度部门整体支出绩效自评报告\n"
    assert len(findings_of("R14n", title + "永宁街道将从三个方面改进预算管理。")) == 1
    assert findings_of("R14n", title + "永安街道将从三个方面改进预算管理。") == []
