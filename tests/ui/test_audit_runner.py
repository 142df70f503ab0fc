"""The audit behind the window: in a worker, the newest wins, and what it finds is listed once."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop.audit.finding import CHECK, ERROR, HINT, REFERENCE, Finding, Span
from desktop.audit.narrative import Narrative, Place
from desktop.domain.keys import FactKey
from desktop.ui.audit_runner import Checking, Words, counts_in_sections, entries_of, marks_in, open_counts
from desktop.ui.session import Session
from desktop.work_items import AuditJob, Examined
from tests.ui.auditing import BUDGET, TOTAL, audit, break_rate, budget_text, entry, overwrite_rate

NARRATIVE = Narrative("标题\n一、情况\n执行率80%。\n", (Place("unit", 8, 15),))
STAFF = FactKey("staff", "total", "in_post")
CELL, OTHER = FactKey("base", "total", "final"), FactKey("base", "total", "budget")


class _Job:
    """Stands for a job: gives one finding of a name, from whatever thread."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.in_thread: QThread | None = None

    def examine(self) -> Examined:
        self.in_thread = QThread.currentThread()
        return Examined(NARRATIVE, [Finding(self.name, ERROR, "")], [])


def test_a_newer_job_makes_an_older_answer_void(qtbot: QtBot) -> None:
    checking = Checking()
    told: list[list[str]] = []
    threads: list[QThread] = []
    checking.audited.connect(lambda: told.append([f.code for f in checking.findings]))
    checking.audited.connect(lambda: threads.append(QThread.currentThread()))
    jobs = [_Job(name) for name in "甲乙丙"]
    for job in jobs:
        checking.start(cast(AuditJob, job))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [["丙"]]
    assert jobs[1].in_thread is None
    assert jobs[2].in_thread is not threads[0] is QThread.currentThread()


def test_what_was_under_way_for_another_report_is_forgotten(qtbot: QtBot) -> None:
    checking = Checking()
    checking.start(cast(AuditJob, _Job("甲")))
    checking.forget()
    checking.wait()
    qtbot.wait(20)
    assert checking.findings == []


def test_a_problem_that_a_finding_tells_is_not_told_twice(session: Session) -> None:
    findings = [Finding("J4", ERROR, "合计不对", cells=(CELL, OTHER), expected="1")]
    problems = [
        Finding("C4", ERROR, "按公式应为1", cells=(CELL,), expected="1"),
        Finding("C1", ERROR, "不是数字", cells=(OTHER,)),
    ]
    entries = entries_of(findings, NARRATIVE, problems, session.sheet)
    assert [(e.code, e.target, e.level) for e in entries] == [("J4", CELL, ERROR), ("C1", OTHER, ERROR)]


def test_a_cell_is_marked_and_listed_before_the_audit_has_said_anything(session: Session) -> None:
    session.set(TOTAL, "9.5")
    session.settle()
    assert not session.checking.done
    (found,) = session.entries
    assert (found.code, found.target, session.problem_at(TOTAL)) == ("C4", TOTAL, found.finding)
    session.place.settings.set("rules_off", "C4")
    session.settle()
    assert session.entries == [] and session.problem_at(TOTAL) is None


def test_a_total_typed_over_its_formula_is_computed_again(session: Session) -> None:
    session.set(STAFF, "48")
    session.settle()
    assert session.mend(entry(session, "C4"))
    assert STAFF not in session.facts


def test_words_are_gone_to_before_cells_and_marked_in_their_section(session: Session) -> None:
    both = Finding("R6", HINT, "不一致", (Span(8, 14),), (CELL,))
    heading = Finding("R14", CHECK, "名称不一", (Span(0, 2),))
    entries = entries_of([both, heading], NARRATIVE, [], session.sheet)
    assert [e.target for e in entries] == [Words("unit", 0, 0), Words("unit", 0, 6)]
    assert list(marks_in("unit", entries, NARRATIVE)) == [(0, 6, HINT, "不一致")]
    assert counts_in_sections(entries) == {"unit": (2, CHECK)}


def test_only_the_first_words_of_a_finding_bear_its_level(session: Session) -> None:
    finding = Finding("R1", ERROR, "应为98%", (Span(8, 9), Span(9, 10), Span(10, 11)))
    entries = entries_of([finding], NARRATIVE, [], session.sheet)
    levels = [level for _, _, level, _ in marks_in("unit", entries, NARRATIVE)]
    assert levels == [ERROR, REFERENCE, REFERENCE]


def test_the_sample_has_nothing_to_complain_about(qtbot: QtBot, session: Session) -> None:
    audit(qtbot, session)
    assert [e for e in session.entries if e.level != HINT] == []
    assert session.narrative.text


def test_a_wrong_rate_of_the_text_is_found_after_a_pause(qtbot: QtBot, session: Session) -> None:
    overwrite_rate(session)
    qtbot.waitUntil(lambda: any(f.code == "R22" for f in session.findings))
    found = entry(session, "R22")
    assert isinstance(found.target, Words)
    assert budget_text(session)[found.target.start : found.target.end] == "89.54%"


def test_mending_is_one_step_that_undo_takes_back(qtbot: QtBot, session: Session) -> None:
    before = session.sheet.text(BUDGET)
    assert session.mend(break_rate(qtbot, session))
    assert session.sheet.text(BUDGET) == before
    session.undo()
    assert "89.54%" in session.sheet.text(BUDGET)


def test_an_overwritten_field_is_live_again_when_it_is_mended(qtbot: QtBot, session: Session) -> None:
    session.set(BUDGET, "年末结转⟦carryover.closing.this_year=25.97⟧万元。")
    audit(qtbot, session)
    found = entry(session, "R22")
    assert (found.level, found.expected) == (ERROR, "25.79")
    assert session.mend(found)
    assert session.sheet.text(BUDGET) == "年末结转⟦carryover.closing.this_year⟧万元。"


def test_a_list_overwritten_is_live_again_when_it_is_mended(qtbot: QtBot, session: Session) -> None:
    session.set(BUDGET, "按功能分类：⟦list function_class=行政运行999.00万元⟧。")
    audit(qtbot, session)
    assert session.mend(entry(session, "R22"))
    assert session.sheet.text(BUDGET) == "按功能分类：⟦list function_class⟧。"


def test_a_text_that_has_changed_since_is_not_mended(qtbot: QtBot, session: Session) -> None:
    found = break_rate(qtbot, session)
    session.set(BUDGET, "另写一段。")
    assert not session.mend(found)
    assert session.sheet.text(BUDGET) == "另写一段。"


def test_a_total_filled_in_wrongly_is_computed_again(qtbot: QtBot, session: Session) -> None:
    right = session.sheet.number(TOTAL)
    session.set(TOTAL, "9.5")
    audit(qtbot, session)
    assert session.mend(entry(session, "J3"))
    assert session.sheet.number(TOTAL) == right
    assert TOTAL not in session.facts


def test_a_cell_of_a_finding_is_a_problem(qtbot: QtBot, session: Session) -> None:
    session.set(TOTAL, "9.5")
    audit(qtbot, session)
    problem = session.problem_at(TOTAL)
    assert problem is not None and (problem.code, problem.level) == ("J3", ERROR)
    assert session.problem_at(FactKey("three_public", "reception", "final")) is not None


def test_an_explained_finding_is_no_longer_open(qtbot: QtBot, session: Session) -> None:
    session.set(TOTAL, "9.5")
    audit(qtbot, session)
    found = entry(session, "J14")
    before = open_counts(session.entries)[CHECK]
    assert session.explain(found, "接待任务增加，已报批。")
    audit(qtbot, session)
    explained = entry(session, "J14")
    assert (explained.state, explained.explanation) == ("已说明", "接待任务增加，已报批。")
    assert open_counts(session.entries)[CHECK] == before - 1
    session.explain(explained, "")
    audit(qtbot, session)
    assert not entry(session, "J14").explanation


def test_what_is_wrong_cannot_be_explained_away(qtbot: QtBot, session: Session) -> None:
    assert not session.explain(break_rate(qtbot, session), "就是这样。")


def test_a_character_that_no_font_has_is_listed_with_its_place(qtbot: QtBot, session: Session) -> None:
    session.set(BUDGET, "办结𠮷字号案件。")
    audit(qtbot, session)
    found = entry(session, "R25")
    assert (found.level, found.target) == (CHECK, Words("general_budget", 2, 3))
    session.place.settings.set("rules_off", "R25")
    audit(qtbot, session)
    assert "R25" not in {e.code for e in session.entries}


def test_another_report_begins_without_the_findings_of_the_last(qtbot: QtBot, session: Session) -> None:
    break_rate(qtbot, session)
    session.close_report()
    assert session.entries == []
    assert session.problem_at(TOTAL) is None


def test_nothing_wrong_is_said_only_when_the_audit_has_said_so(qtbot: QtBot, session: Session) -> None:
    assert session.found_in_words() == "正在核对…"
    audit(qtbot, session)
    assert session.found_in_words() == "没有发现问题"
    session.set(TOTAL, "三")
    session.settle()
    assert session.found_in_words() == "错误 1　核实 0　提示 0"


def test_the_whole_list_has_what_stands_at_cells_and_each_cause_once(session: Session) -> None:
    session.set(TOTAL, "9.5")
    session.set(STAFF, "48")
    assert session.report is not None
    job = session.place.audit_job(session.report)
    codes = [finding.code for finding in job.run().findings if finding.level == ERROR]
    assert "C4" not in [finding.code for finding in job.examine().findings]
    assert (codes.count("C4"), codes.count("J3")) == (1, 1)
    off = job._replace(without=("C4", "J3")).run().findings
    assert not {"C4", "J3"} & {finding.code for finding in off}


def test_rules_that_a_system_switches_off_are_left_out(session: Session) -> None:
    session.set(TOTAL, "9.5")
    assert session.report is not None
    job = session.place.audit_job(session.report)
    assert "J3" in {finding.code for finding in job.run().findings}
    system = job.assessment.system
    job.assessment.system = system._replace(settings={**system.settings, "without": ["J3"]})
    assert "J3" not in {finding.code for finding in job.run().findings}
