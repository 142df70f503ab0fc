"""R37: posts and staff."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("核定编制70名，其中行政编制30名、事业编制42名。", "72名"),
        ("行政编制30名、事业编制42名，编制共计70名。", "72名"),
        ("年末实有在编人员55人，行政20人、参公10人、事业23人、工勤3人。", "56人"),
        ("在职人员共计61人，其中：行政编制人员25人，事业编制人员38人。", "63人"),
        ("全局编制50名，实有在职人员46人，空编6名。", "4名"),
        ("编制32名，在职35人，不存在超编现象。", ""),
        ("核定事业编制68名，年末在编65人，缺编6人。", "3人"),
        ("行政编制14名、事业编制30名。行政人员在职15人，事业人员在职29人，各类人员均未突破编制。", ""),
        ("核定编制80名，年末在编74人，编制使用率95.20%。", "92.50%"),
        ("年末在职职工64人，其中行政22人、事业42人。\n编制70名，年末在编人员46人。", "64"),
    ],
)
def test_staff_and_posts_that_cannot_be_are_found(text: str, right: str) -> None:
    (finding,) = findings_of("R37", text)
    assert (finding.level, finding.expected) == ("错误", right)


@pytest.mark.parametrize(
    "text",
    [
        "核定编制75名（行政21名、参公29名、事业25名），实有71人，对应为20人、28人、23人，空编4名。",
        "总编制数49人，行政编制13人，参公事业编制12人，事业编制24人。",
        "核定编制68名，年末在职人员66人（行政22人，事业44人，其中工勤3人），空编2名。",
        "核定编制60名，其中行政编制20名、政法专项编制25名、事业编制15名；实有58人，空编2名。",
        "行政编制0人，实有0人；事业编制312人，实有187人。",
        "编制60名，在编人员56人（行政20人、事业36人），另聘用临聘人员34人，在岗人员总数90人。",
        "我局机关行政编制18名，实有17人；下属执法大队事业编制30名，实有31人。",
        "2022年末在职50人，2023年末在职48人，编制52名。",
        "编制45名，在职47人，控制率104.44%，超编2人。",
        "全局实有人员86人，其中：在职人员60人，离退休人员26人。",
    ],
)
def test_parts_other_years_and_other_people_are_no_contradiction(text: str) -> None:
    assert findings_of("R37", text) == []


def test_a_total_proved_by_the_rate_leaves_the_wrong_kind_open() -> None:
    (finding,) = findings_of("R37", "编制126名，在职118人，行政23人、参公29人、事业71人，编制使用率93.65%。")
    assert (finding.level, finding.expected) == ("错误", "")


def test_more_staff_than_posts_of_one_kind_is_a_question() -> None:
    assert levels("R37", "核定行政编制26名、事业编制14名。年末实有行政人员31人、事业人员12人。") == {"核实"}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # The total behind its kinds, and the total that is told nowhere.
        (
            "核定行政编制15名、事业编制70名，合计85名；年末在职88人，无超编，其中公务员16人、事业人员72人。",
            "",
        ),
        ("参公编制9名、工勤编制1名，共10名；年末实有11人，未超编。", ""),
        ("核定行政编制20名、事业编制51名，合计81名。", "71名"),
        ("核定行政编制30名、事业编制50名，实有76人（行政29人，事业47人），缺编6人，退休12人。", "4人"),
        ("核定编制90名；年末在编在岗93人，无超编情况。", ""),
        ("年末实有在职人员40人，其中公务员12人、事业人员27人、工勤2人。", "41人"),
        # A 事业单位 divides its staff by work.
        ("核定事业编制66名。年末在职69人，其中专业技术人员55人、管理人员9人、工勤人员5人，无超编。", ""),
        ("编制48名，在编45人（管理岗4人、专任教师35人、工勤7人），空编3名。", ""),
        ("编制97名。在职92人，管理人员12人、专业技术人员74人。专业技术人员占编制总数的80.43%。", "76.29%"),
        ("核定编制52名，年末在职50人，空编2名。专业技术人员41人，占在职人数的78.85%。", "82.00%"),
        # People without posts.
        ("编制80名，在编78人，另聘代课教师5人、厨师9人、保安3人，编外人员共16人。", "17人"),
    ],
)
def test_totals_told_in_other_manners_are_held_against_their_kinds(text: str, right: str) -> None:
    (finding,) = findings_of("R37", text)
    assert (finding.level, finding.expected) == ("错误", right)


@pytest.mark.parametrize(
    "text",
    [
        "年末在岗职工120人，其中行政人员16人、参公人员20人、事业人员60人、编外人员24人。",
        "行政编制22名，实有20名；事业编制31名，实有30名；编制合计53名，实有合计50名，没有超编。",
        "核定编制80名，年末在职76人，其中管理人员5人、专业技术人员66人、工勤5人，占编制数的95.00%。",
        "核定事业编制30名。在职33人，其中事业人员30人、工勤人员3人，无超编。",
        "编制60名，在编教职工58人，另聘代课教师6人、保安4人，编外人员共10人。",
        "编制60名，年末在编52人，空编8名；编外聘用21人，在岗人员共73人。",
    ],
)
def test_sums_that_hold_in_other_manners_are_silent(text: str) -> None:
    assert findings_of("R37", text) == []


def test_all_people_of_a_unit_may_hold_others_than_staff_and_the_hired() -> None:
    assert levels("R37", "编制60名，年末在编52人；编外聘用21人，在岗人员共78人。") == {"核实"}


def test_staff_right_behind_their_posts_are_of_that_kind(codes_on: Callable[..., list[str]]) -> None:
    text = "行政编制42名、实有41名；事业编制56名、实有{}名，两类人员均未超编。"
    assert "R37" not in codes_on(text.format(56))
    assert "R37" in codes_on(text.format(58), "错误")


def test_fewer_than_the_posts_are_not_over_them(codes_on: Callable[..., list[str]]) -> None:
    assert "R37" in codes_on("学校事业编制68名，在编教师66名，超编2名。", "错误")
    assert "R37" not in codes_on("学校事业编制68名，在编教师66名，空编2名。")


POSTS_OF_KINDS = "行政编制14名、事业编制30名。行政人员{0}{1}人，事业人员{0}29人，{2}控制在编制内。"


@pytest.mark.parametrize("where", ["在职", "在岗"])
def test_every_kind_said_to_be_within_its_posts_is_held_against_them(where: str) -> None:
    assert levels("R37", POSTS_OF_KINDS.format(where, 15, "各类人员均")) == {"错误"}
    assert levels("R37", POSTS_OF_KINDS.format(where, 14, "各类人员均")) == set()


def test_of_the_whole_staff_within_the_posts_a_kind_may_be_over() -> None:
    assert levels("R37", POSTS_OF_KINDS.format("在职", 15, "人员")) == {"核实"}


def test_people_on_duty_may_be_more_than_the_posts_unless_each_kind_is_within() -> None:
    assert levels("R37", "编制44名，在岗47人，控制在编制内。") == set()
    assert levels("R37", "编制44名，在岗47人，各类人员均控制在核定的编制范围内。") == {"错误"}


def test_each_kind_within_its_own_posts_is_denied_by_one_that_is_not() -> None:
    text = "行政编制22名，实有20人；事业编制18名，实有{}人，各类人员均控制在各自编制数以内。"
    assert levels("R37", text.format(18)) == set()
    assert levels("R37", text.format(19)) == {"错误"}
