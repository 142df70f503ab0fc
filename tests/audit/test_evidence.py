"""What proves a number, what refutes it, and what leaves it open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.audit.auditing import audited
from desktop.audit.evidence import PROVED, REFUTED, UNCHECKED, NumberVerdict
from desktop.audit.narrative import narrative_of
from desktop.audit.read_as import ReadAs
from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey
from tests.audit.annex_layouts import ANNEX1, one_a_line, report, tabbed

TITLE = "2022年度部门整体支出绩效自评报告\n"


def numbers_of(raw: str, templates: Templates) -> Iterator[tuple[str, NumberVerdict]]:
    """Each number as it is written, with its verdict."""
    text = TITLE + raw
    for number in audited(text, templates=templates).numbers:
        yield text[number.start : number.end], number


def states(raw: str, templates: Templates) -> dict[str, str]:
    return {words: number.state for words, number in numbers_of(raw, templates)}


@pytest.mark.parametrize(
    ("raw", "proved"),
    [
        (
            "支出合计300.00万元。教育支出210.60万元，占支出合计的70.20%。",
            {"300.00万元", "210.60万元", "70.20%"},
        ),
        ("年初预算160万元，支出152万元，执行率95%。", {"95%"}),
        ("排查隐患200处，整改190处，整改率95.00%。", {"200处", "190处", "95.00%"}),
        ("接待费3.20万元，接待40批320人，人均100元。", {"100元"}),
        (
            "年初结转和结余10.00万元，本年收入合计100.00万元，本年支出合计95.50万元，年末结转和结余14.50万元。",
            {"10.00万元", "100.00万元", "95.50万元", "14.50万元"},
        ),
        ("年初预算100万元，年中追加20万元，调整后预算120万元。", {"100万元", "20万元", "120万元"}),
        ("预算执行满分10分，扣1分，得9分。", {"10分", "1分", "9分"}),
        ("投入得9分，产出得48分，效益得28分，综合得分85分。", {"9分", "48分", "28分", "85分"}),
        ("核定编制20名，其中行政编制8名、事业编制12名。", {"20名", "8名", "12名"}),
        ("在职人员控制率=44/46×100%=95.65%。", {"46", "95.65%"}),
        ("内设3个股室：办公室、财务股、业务股。", {"3个"}),
        ("公务接待费支出3.15万元。\n会议全部压减，公务接待费支出3.15万元。", {"3.15万元"}),
    ],
)
def test_numbers_of_a_relation_that_holds_are_proved(
    raw: str, proved: set[str], templates: Templates
) -> None:
    assert {words for words, state in states(raw, templates).items() if state == PROVED} == proved


def test_a_number_without_a_second_source_is_unchecked(templates: Templates) -> None:
    assert states("印制宣传册1250份。", templates) == {"1250份": UNCHECKED}


def test_one_of_many_wholes_that_fits_a_rough_share_proves_nothing(templates: Templates) -> None:
    many = "".join(f"第{n}季度支出{100 + 7 * n}万元。" for n in range(1, 9))
    assert states(f"{many}宣传支出30万元，占26%。", templates)["26%"] == UNCHECKED


def test_a_rough_share_proves_itself_and_not_the_last_digits_of_its_amounts(templates: Templates) -> None:
    found = states("支出合计2286.22万元。教育支出1234.56万元，占支出合计的54%。", templates)
    assert found == {"2286.22万元": UNCHECKED, "1234.56万元": UNCHECKED, "54%": PROVED}


def test_the_other_numbers_of_a_relation_are_named(templates: Templates) -> None:
    raw = "支出合计300.00万元。教育支出210.60万元，占支出合计的70.20%。"
    (ground,) = dict(numbers_of(raw, templates))["70.20%"].by
    text = TITLE + raw
    assert ground.code == "R1" and not ground.level
    assert {text[s.start : s.end] for s in ground.spans} == {"300.00万元", "210.60万元"}


def test_the_number_that_a_finding_would_replace_is_refuted(templates: Templates) -> None:
    found = dict(numbers_of("排查隐患200处，整改190处，整改率85%。", templates))
    assert {words for words, number in found.items() if number.state == REFUTED} == {"85%"}
    assert [ground.level for ground in found["85%"].by] == ["错误"]


def test_a_word_put_right_refutes_no_number(templates: Templates) -> None:
    raw = "公务接待费由上年的30万元减少到36万元。"
    assert any(f.code == "R51" for f in audited(TITLE + raw, templates=templates).findings)
    assert REFUTED not in states(raw, templates).values()


def test_a_finding_about_words_refutes_no_number_among_them(templates: Templates) -> None:
    found = dict(numbers_of("调整后预算收入691.52万元。\n本年部门预算未进行相关事项的调整。", templates))
    assert [(g.code, g.level) for g in found["691.52万元"].by] == [("R16", "错误")]
    assert found["691.52万元"].state == UNCHECKED


def test_a_question_leaves_its_numbers_open_and_is_named(templates: Templates) -> None:
    raw = "住房保障支出10.00万元。\n办公室负责文秘。\n财务股负责账目。\n业务股负责审批。\n住房公积金支出12.00万元。"
    found = dict(numbers_of(raw, templates))
    assert {number.state for number in found.values()} == {UNCHECKED}
    assert {ground.level for number in found.values() for ground in number.by} == {"核实"}


def test_a_number_written_by_the_tables_is_proved_by_its_cells(samples: dict[int, Assessment]) -> None:
    report = samples[max(samples)]
    key = FactKey("three_public", "reception", "final")
    section = report.sheet.outline[1].id
    facts = {
        **report.sheet.facts,
        FactKey("narrative", section, "text"): "接待共⟦three_public.reception.final⟧万元。",
    }
    report = Assessment(report.sheet.templates, facts, report.sheet.year, report.system.id)
    text = narrative_of(report).text
    place = text.index("接待共") + 3
    number = next(n for n in audited(text, report).numbers if n.start == place)
    assert number.state == PROVED and (key,) in [ground.cells for ground in number.by]


def test_a_unit_typed_behind_a_field_makes_another_number_of_it(samples: dict[int, Assessment]) -> None:
    report = samples[max(samples)]
    section = report.sheet.outline[1].id
    facts = {
        **report.sheet.facts,
        FactKey("narrative", section, "text"): "接待共⟦three_public.reception.final⟧元。",
    }
    report = Assessment(report.sheet.templates, facts, report.sheet.year, report.system.id)
    text = narrative_of(report).text
    place = text.index("接待共") + 3
    assert next(n for n in audited(text, report).numbers if n.start == place).state != PROVED


def test_a_number_of_a_sentence_is_read_and_one_of_a_printed_form_is_not(templates: Templates) -> None:
    raw = f"公用经费支出58.93万元。\n{one_a_line(ANNEX1)}"
    found = list(numbers_of(raw, templates))
    assert [words for words, number in found if number.read.measure] == ["58.93万元"]
    assert len(found) > 10 and all(number.read == ReadAs() for _, number in found[1:])


def test_numbers_come_once_in_the_order_of_the_text(samples: dict[int, Assessment]) -> None:
    report = samples[max(samples)]
    starts = [number.start for number in audited(narrative_of(report).text, report).numbers]
    assert len(starts) > 20 and starts == sorted(set(starts))


def test_points_without_a_reason_are_no_wrong_number(templates: Templates) -> None:
    raw = report(tabbed)
    right, reason = "27公里\n\t10\n\t9\n", "征地推迟。下一年度先征地后招标。"
    assert right in raw and reason in raw
    found = audited(raw.replace(reason, ""), templates=templates)
    (finding,) = (f for f in found.findings if f.code == "R8c")
    assert "没有填偏差原因" in finding.message and "改造渠道长度" in raw[slice(*finding.spans[0])]
    assert REFUTED not in {number.state for number in found.numbers}
