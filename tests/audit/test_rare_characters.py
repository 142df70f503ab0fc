"""R25 on the report's own text and cells: where a character stands that no font has."""

from __future__ import annotations

from desktop.audit.narrative import narrative_of
from desktop.audit.rare_characters import rare_in, without_font
from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey


def test_a_character_is_told_with_the_words_and_the_cells_where_it_stands(
    samples: dict[int, Assessment],
) -> None:
    sample = samples[2023]
    section, cell = FactKey("narrative", "problems", "text"), FactKey("unit", "this", "duties")
    facts = sample.sheet.facts | {section: "办结𠮷字号案件𠮷。", cell: "管理𠮷县。"}
    report = Assessment(sample.sheet.templates, facts, 2023, sample.system.id)
    narrative = narrative_of(report)
    assert "𠮷" in rare_in(narrative, report.sheet) and "案" not in rare_in(narrative, report.sheet)
    (finding,) = without_font("𠮷", narrative, report.sheet)
    assert [narrative.text[slice(*span)] for span in finding.spans] == ["𠮷", "𠮷"]
    assert finding.cells == (cell,) and "“𠮷”在所用字体里没有" in finding.message
    (strange,) = without_font("\ud800", narrative, report.sheet)
    assert "编码U+D800" in strange.message


def test_characters_in_cells_not_printed_are_not_looked_for(samples: dict[int, Assessment]) -> None:
    sample = samples[2023]
    hidden = {
        FactKey("narrative", "own:9", "text"): "𠮷",
        FactKey("explanations", "R1-x", "text"): "𠮷",
    }
    report = Assessment(sample.sheet.templates, sample.sheet.facts | hidden, 2023, sample.system.id)
    assert "𠮷" not in rare_in(narrative_of(report), report.sheet)
