"""Headings as a list: what is written, what prints by itself, what the outline has no place for."""

from __future__ import annotations

from desktop.domain.keys import FactKey
from desktop.domain.outline import outline_edits
from desktop.ui.session import Session
from desktop.ui.tabs.narrative_section import key_of
from desktop.ui.widgets.outline_list import EMPTY, OF_ITSELF, PARENT, WRITTEN, completeness, lines_of


def test_states_tell_what_is_still_to_be_written(session: Session) -> None:
    gone = ["general_budget", "duties", "performance"]
    session.write("清空", [(key_of(row), None) for row in gone])
    states = {line.id: line.state for line in lines_of(session.assessment)}
    wanted = {"general_budget": PARENT, "duties": OF_ITSELF, "performance": EMPTY, "problems": WRITTEN}
    assert {row: states[row] for row in wanted} == wanted


def test_completeness_counts_what_is_printed(session: Session) -> None:
    lines = lines_of(session.assessment)
    assert completeness(lines) == f"已写 {len(lines)} / {len(lines)} 节"
    session.write("不印", outline_edits.hide(session.sheet, "other", True))
    session.write("清空", [(key_of("duties"), None), (key_of("rest"), "剩下的")])
    some = len(lines) - 1
    assert completeness(lines_of(session.assessment)) == f"已写 {some - 1} / {some} 节，另1节自动印出"


def test_texts_without_a_heading_come_last(session: Session) -> None:
    session.write("导入", [(key_of("rest"), "剩下的")])
    *others, last = lines_of(session.assessment)
    assert last.stray and last.id == "rest" and last.title
    assert not any(line.stray for line in others)
    session.write("不印", [(FactKey("headings", "other", "hidden"), "是")])
    hidden = next(line for line in lines_of(session.assessment) if line.id == "other")
    assert hidden.hidden and not hidden.stray and not hidden.number
