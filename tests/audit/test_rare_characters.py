"""R25 on the report's own text and cells: where a character stands that no font has."""

from __future__ import annotations

from desktop.audit.auditing import audited
from desktop.audit.finding import Finding
from desktop.audit.narrative import narrative_of
from desktop.audit.rare_characters import named
from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey


def found_in(report: Assessment) -> tuple[str, list[Finding]]:
    """What the fonts were asked, and what is told where they have none of 𠮷."""
    asked: list[str] = []

    def unprintable(characters: str) -> list[str]:
        asked.append(characters)
        return ["𠮷"] if "𠮷" in characters else []

    findings = audited(narrative_of(report).text, report, unprintable=unprintable).findings
    return "".join(asked), [finding for finding in findings if finding.code == "R25"]


def test_a_character_is_told_with_the_words_and_the_cells_where_it_stands(
    samples: dict[int, Assessment],
) -> None:
    sample = samples[2023]
    section, cell = FactKey("narrative", "problems", "text"), FactKey("unit", "this", "duties")
    facts = sample.sheet.facts | {section: "办结𠮷字号案件𠮷。", cell: "管理𠮷县。"}
    report = Assessment(sample.sheet.templates, facts, 2023, sample.system.id)
    asked, (finding,) = found_in(report)
    assert "𠮷" in asked and "案" not in asked
    text = narrative_of(report).text
    assert [text[slice(*span)] for span in finding.spans] == ["𠮷", "𠮷"]
    assert finding.cells == (cell,) and "“𠮷”在所用字体里没有" in finding.message
    assert audited(text, report, without=["R25"], unprintable=list).findings == []


def test_a_character_that_no_screen_shows_is_named_by_its_code() -> None:
    assert (named("\ud800"), named("𠮷")) == ("编码U+D800", "“𠮷”")


def test_characters_in_cells_not_printed_are_not_looked_for(samples: dict[int, Assessment]) -> None:
    sample = samples[2023]
    hidden = {
        FactKey("narrative", "own:9", "text"): "𠮷",
        FactKey("explanations", "R1-x", "text"): "𠮷",
    }
    report = Assessment(sample.sheet.templates, sample.sheet.facts | hidden, 2023, sample.system.id)
    asked, findings = found_in(report)
    assert "𠮷" not in asked and findings == []
