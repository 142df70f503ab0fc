"""R22 and R23 on the report's own text, and that every passage of the sample unit passes the audit."""

from __future__ import annotations

import pytest

from desktop.audit.auditing import audit_text
from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.narrative import Narrative, narrative_of
from desktop.domain.assessment import Assessment
from desktop.domain.fields.fields import offered
from desktop.domain.keys import FactKey

TOTAL, RETIRED, CLOSING = (
    "three_public.total.final",
    "others.retired.this_year",
    "carryover.closing.this_year",
)


def written(sample: Assessment, **texts: str) -> Assessment:
    """The sample with nothing written but these sections."""
    sheet = sample.sheet
    facts = {key: text for key, text in sheet.facts.items() if key.table != "narrative"}
    facts |= {FactKey("narrative", section, "text"): text for section, text in texts.items()}
    return Assessment(sheet.templates, facts, sheet.year, sample.system.id)


def findings_on(assessment: Assessment, *codes: str) -> tuple[Narrative, list[Finding]]:
    narrative = narrative_of(assessment)
    return narrative, [f for f in audit_text(narrative.text, assessment) if f.code in codes]


def test_an_overwritten_number_that_is_no_longer_true_is_wrong(samples: dict[int, Assessment]) -> None:
    text = f"⟦year⟧年退休⟦{RETIRED}=34⟧人，结转⟦{CLOSING}=25.8⟧万元，等次⟦grade=良⟧。"
    narrative, (number, word) = findings_on(written(samples[2023], basic_spending=text), "R22")
    assert (number.level, number.expected, word.level, word.expected) == (ERROR, "43", CHECK, "优")
    assert [narrative.text[slice(*f.spans[0])] for f in (number, word)] == ["34", "良"]
    assert "“退休人员·2023年末”现在是43，文中改写为34" in number.message


def test_a_cell_that_is_empty_is_named_where_the_text_uses_it(samples: dict[int, Assessment]) -> None:
    sample = written(samples[2023], fund_budget="收入⟦buildings.this.x⟧和⟦annex2_funds.fund.note⟧。")
    narrative, (finding,) = findings_on(sample, "R23")
    assert narrative.text[slice(*finding.spans[0])] == "〔未填：政府性基金拨款·调整或偏差原因〕"
    assert finding.level == ERROR and "政府性基金拨款·调整或偏差原因还没有填写" in finding.message


def test_another_text_than_the_reports_own_is_not_searched_for_fields(samples: dict[int, Assessment]) -> None:
    sample = written(samples[2023], basic_spending=f"决算数⟦{TOTAL}=7.55⟧万元。")
    assert [f for f in audit_text("决算数7.55万元。", sample) if f.code == "R22"] == []


def test_marks_are_read_as_what_they_show(samples: dict[int, Assessment]) -> None:
    narrative = narrative_of(written(samples[2023], basic_spending=f"决算数⟦{TOTAL}⟧万元。"))
    (place,) = narrative.places
    assert narrative.text[place.start : place.end] == "决算数6.88万元。"


@pytest.mark.parametrize("year", [2022, 2023])
@pytest.mark.parametrize("outline", ["ten-part", "ten-part-scale", "blocks", "six-part", "addressed"])
def test_nothing_is_wrong_with_what_the_program_writes(
    samples: dict[int, Assessment], year: int, outline: str
) -> None:
    """Every passage that the data allow, each once, audited beside last year's report."""
    sample = samples[year]
    sections = sample.sheet.templates.outlines[outline].sections
    texts, used = {section.id: "内容见下。" for section in sections}, set[str]()
    for section in sections:
        here = [(passage, text) for passage, text in offered(sample, section) if passage.id not in used]
        used |= {passage.id for passage, _ in here}
        texts[section.id] = "\n".join(passage.text for passage, text in here if text) or texts[section.id]
    texts[sections[-1].id] += "\n政府采购支出低于预算，原因是成交价下降。"  # no cell holds this reason
    facts = written(sample, **texts).sheet.facts | {FactKey("paper", "this", "outline"): outline}
    report = Assessment(sample.sheet.templates, facts, year, sample.system.id)
    text = narrative_of(report).text
    assert "未填" not in text and "⟦" not in text
    findings = audit_text(text, report, previous=samples.get(year - 1))
    findings_left = [(f.code, f.message) for f in findings if f.message != "这一部分只有标题，没有内容"]
    assert findings_left == []
    if outline == "ten-part":
        assert len(used) >= 30


def test_what_follows_from_an_overwritten_number_is_left_out_until_that_is_mended(
    samples: dict[int, Assessment],
) -> None:
    """One wrong number makes its sum, its share and the comparison with the table wrong: told is the number."""
    sample = samples[2023]
    key = FactKey("narrative", "basic_spending", "text")
    field = "⟦annex2_funds.personnel.executed⟧"
    wrong = sample.sheet.facts[key].replace(field, "⟦annex2_funds.personnel.executed=515.72⟧", 1)
    facts = sample.sheet.facts | {key: wrong}
    report = Assessment(sample.sheet.templates, facts, 2023, sample.system.id)
    narrative = narrative_of(report)
    (finding,) = [f for f in audit_text(narrative.text, report) if f.level != HINT]
    assert (finding.code, finding.expected) == ("R22", "815.72")
    without = audit_text(narrative.text, report, without=["R22"])
    assert {"R1", "R2", "R6"} <= {f.code for f in without}


def test_what_is_wrong_besides_an_overwritten_number_is_told_with_it(samples: dict[int, Assessment]) -> None:
    text = f"结转⟦{CLOSING}=25.97⟧万元。全年预算数1661.32万元，全年执行数1635.53万元，预算执行率89.54%。"
    _, findings = findings_on(written(samples[2023], general_budget=text), "R22", "R1r")
    assert [f.code for f in findings] == ["R22", "R1r"]


def test_words_that_another_rule_has_wrong_too_are_told_once(samples: dict[int, Assessment]) -> None:
    text = "全年预算数1661.32万元，全年执行数1635.53万元，预算执行率⟦annex2_funds.total.rate=89.54%⟧。"
    _, findings = findings_on(written(samples[2023], general_budget=text), "R22", "R1r")
    assert [f.code for f in findings] == ["R22"]
