"""R18: characters, words typed twice, signs without partner."""

from __future__ import annotations

import pytest

from desktop.audit.text.typos import PATTERNS, TYPOS
from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    "text",
    [
        "加强监督检査。",
        "做好財務工作。",
        "抓好生产生产安全事故防范。",
        "加强资金的的管理。",
        "推进指挥平合对接。",
        "防治水早灾害。",
        "认真布署绩效工作。",
        "即压实领导责任，又压实部门责任。",
        "出动宣传人员近1500余人次。",
        "投入约300万元左右。",
        "加挂“防震减灾中心）。",
        "制定《预算管理办法，严格执行。",
        "全面完成任务。。",
        "我局年初，，安排资金。",
        "截止2023年12月31日，在职45人。",
        "我局己完成整改。",
        "各职能部部门密切配合。",
        "完善绩效评佔办法。",
        "形势保持稳定势。",
        "新增造林80公倾。",
    ],
)
def test_misspelt_doubled_and_unpaired_signs_are_hints(text: str) -> None:
    assert levels("R18", text) == {"提示"}


@pytest.mark.parametrize(
    "text",
    [
        "按排名先后安排，自己经营，年末完成，公平合理，水平合格，突出合作，支付局长津贴。",
        "逐项一项一项落实，天天巡查，常常提醒，生生不息，等等。",
        "加强安全生产生产经营单位管理，政务服务服务对象满意。",
        "现在在职人员45人，建立和谐社会，的确有效，了解情况。",
        "节约20余万元，最近3次，约300人，近500人次，300余人。",
        "1）加强管理；2）严格执行。",
        "制定“一岗双责”制度（试行），印发《办法》。",
        "立即行动，即使困难也要完成，又快又好。",
        "预防犯罪，通讯期刊，全部份额，参与以下工作。",
        "报名截止时间为3月，截至目前完成80%。",
        "近年来，我局投入约20万元。",
    ],
)
def test_ordinary_wording_has_no_finding(text: str) -> None:
    assert findings_of("R18", text) == []


def test_a_bracket_closed_in_the_next_line_is_paired() -> None:
    assert findings_of("R18", "我局（含下属\n\n\n单位）开展自评。") == []


def test_no_typo_of_the_list_is_correct_text() -> None:
    wrongs = [wrong for wrong, _ in TYPOS]
    assert len(TYPOS) >= 120 and len(set(wrongs)) == len(wrongs)
    rights = "。".join(right for _, right in TYPOS)
    assert not [wrong for wrong in wrongs if wrong in rights]
    assert all(len(w) >= 2 and w != right for w, right in TYPOS)
    assert all(pattern.search(rights) is None for pattern, *_ in PATTERNS)
