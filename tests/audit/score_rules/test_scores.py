"""R36: points of the parts against their total."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("预算执行得9.5分，产出得47分，效益得28分，满意度得9分，总得分94.5分。", "93.5分"),
        ("自评得分92.4分，其中决策18.5分、过程19分、产出28分、效益27.9分。", "93.4分"),
        # The total stands in another paragraph; weights that make 100 leave nothing out.
        ("一、自评结论\n部门整体自评得分96分。\n二、得分\n投入（20分）得19分，过程（80分）得75分。", "94分"),
        # A subtotal behind numbered paragraphs.
        (
            "（1）质量（10分），得9分。\n（2）时效（10分），得8分。\n（3）成本（10分），得10分。\n本项共得28分。",
            "27分",
        ),
        # Weights told once for all, by name.
        (
            "一、概况\n自评得分97分。\n二、得分\n满分100分，其中决策40分、成效60分。决策部分扣2分，得38分；成效部分得58分。",
            "96分",
        ),
    ],
)
def test_points_that_do_not_make_their_total_are_found(text: str, right: str) -> None:
    (finding,) = findings_of("R36", text)
    assert (finding.level, finding.expected) == ("错误", right)


@pytest.mark.parametrize(
    "text",
    [
        "预算执行9.59分（满分10分），产出49分（满分50分），效益29分（满分40分），综合得分87.59分。",
        "投入15分，得14分；过程30分，其中预算执行10分、按执行率计得9.5分，管理20分、得18分，小计27.5分；总得分41.5分。",
        "（一）产出，满分35分，得33分：数量20分、质量13分，相加为33分。\n（二）效益，满分65分，得60分。\n以上两部分总计93分。",
        "总分100分，自评得分96分。",
        "养护项目自评得分95分，绿化项目自评得分86分。",
        "（一）投入（40分），自评得分38分，扣2分。\n（二）产出（60分），自评得分56分，扣4分。\n综上，自评总得分94分。",
        "部门自评得分95分，比上年的93分提高2分。",
        "90分以上为优，80—90分为良。部门自评得分95分。",
    ],
)
def test_totals_weights_and_bands_that_agree_are_right(text: str) -> None:
    assert findings_of("R36", text) == []


def test_a_sum_that_no_word_announces_is_a_question() -> None:
    assert levels("R36", "（一）效益指标。环境改善得14分，收入增长得9分，效益指标得25分。") == {"核实"}


def test_a_subtotal_told_wrong_is_told_once() -> None:
    text = "决策得9分，过程得8分，小计18分；产出得60分，总得分77分。"
    assert len(findings_of("R36", text)) == 1


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # A block's weight that those of its parts make.
        ("过程20分，其中预算8分得8分、资产7分得6分、公开5分得4分，得17分。产出50分，得48分。", "18分"),
        (
            "产出50分，筛查15分按完成比例得14.2分，其余三项共35分得35分，产出得47.2分；效益30分，得30分。",
            "49.2分",
        ),
        (
            "预算执行（满分30分），得27.6分，其中支出12分得11分、项目10分得8.6分、公车8分得7分，三项小计27.6分。",
            "26.6分",
        ),
        ("产出，分值40分。数量25分，甲项得4分，数量得24分；质量15分，得15分。产出共得39分，扣2分。", "1分"),
        # Parts of parts, and totals that are told in few words.
        (
            "自评总分96分。具体为：管理30分，得29分；产出50分，得48分，其中公里数8分，得7.4分；效益20分，得18分。",
            "95分",
        ),
        ("决策15分，得15分；过程25分，得22分；产出35分，得33分；效益25分，得24分。自评95分。", "94分"),
        ("执行10分，按执行率乘以分值计9.7分；产出60分，得58分；效益30分，得29分。总分98.7分。", "96.7分"),
        ("预算执行（10分）9.7分，扣0.3分；产出（60分）59.5分；效益（30分）29分。合计97.2分。", "98.2分"),
        (
            "设定：满分20，得分20；执行：满分30，得分28；效益：满分50，得分48。满分合计100，得分合计97。",
            "96分",
        ),
        # What was deducted is no part left out; weights and deductions, and no score.
        ("数量20分，因一处延期扣1分，得19分；质量15分，得15分；时效10分，得9分，产出小计44分。", "43分"),
        ("投入20分，扣1分；产出50分，扣2.5分；效益30分，扣1.5分。合计得分96分。", "95分"),
        # Weights.
        ("总分值100分，预算执行10分、产出50分、效益30分、满意度15分。", ""),
        ("设定20分，得20分；执行30分，得28分；效益50分，得48分。三项满分合计110分。", ""),
    ],
)
def test_blocks_totals_and_weights_told_in_other_manners_are_added_up(text: str, right: str) -> None:
    (finding,) = findings_of("R36", text)
    assert (finding.level, finding.expected) == ("错误", right)


@pytest.mark.parametrize(
    "text",
    [
        "过程20分，其中预算8分得8分、资产7分得6分、公开5分得4分，得18分。产出80分，得78分。总得分96分。",
        "执行10分，按执行率乘10分计得9.7分；产出60分，得58分；效益30分，得29分。总分96.7分。",
        "满意度指标10分，满意度目标95%、实际91%，按比例得9.58分。产出90分，得80分。合计89.58分。",
        "产出50分。数量20分，四个指标各5分，甲项得4分，数量得19分；质量30分，得29分。产出得48分，扣2分。",
        "总分100分，投入20分、产出50分，效益另行评价，30分。",
    ],
)
def test_blocks_that_hold_are_silent(text: str) -> None:
    assert findings_of("R36", text) == []


@pytest.mark.parametrize(
    "text",
    [
        # The points behind 由 are parts of the points before.
        "产出（60分）得58分。由数量得20分、质量得38分累加而来。\n效益（40分）得36分。\n总得分{}分。",
        "产出60分，得58分，由数量20分得20分、质量40分得38分累加而来。\n效益40分，得36分。\n总得分{}分。",
        # Told again in a bracket that says how they came about.
        "产出（60分）得58分（四舍五入取整，即58分）；效益（40分）得36分。总得分{}分。",
    ],
)
def test_points_told_of_other_points_are_not_added_again(text: str) -> None:
    assert findings_of("R36", text.format(94)) == []
    (finding,) = findings_of("R36", text.format(96))
    assert (finding.level, finding.expected) == ("错误", "94分")


def test_blocks_whose_parts_make_them_count_once() -> None:
    text = (
        "1.投入得14.00分。目标设定6分得6分；预算编制5分得4分；人员控制4分得4分。\n"
        "2.过程得17.30分。预算执行10分，得9.30分；资金管理8分，得8.00分。\n"
        "3.产出得29.00分。数量12分得12分；质量10分得9分；时效8分得8分。\n三项合计{}分。"
    )
    assert findings_of("R36", text.format("60.30")) == []
    (finding,) = findings_of("R36", text.format("61.30"))
    assert finding.expected == "60.3分"
