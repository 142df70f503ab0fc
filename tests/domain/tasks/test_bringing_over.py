"""A report brought over to other forms: one list of changes, and every filled cell that has no place there."""

from __future__ import annotations

from desktop.domain.all_templates import Templates
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FORMS, FactKey
from desktop.domain.outline.outline import CHOSEN
from desktop.domain.tasks.bringing_over import bring_over
from desktop.domain.tasks.parsing import parse_task
from desktop.resource_files.sample import sample_reports
from tests.county_task import TASK
from tests.domain.tasks.conftest import Contents
from tests.places import RESOURCES

SAMPLE = max(sample_reports(RESOURCES), key=lambda report: report.year)
POINTS = FactKey("answers@form-2023", "execution_rate", "points")


def test_from_the_usual_forms_all_fits(known: Templates) -> None:
    plan = bring_over(known, {**SAMPLE.facts, POINTS: "9"}, 2023, TASK.id)
    assert plan.misfits == ()
    assert (FORMS, TASK.id) in plan.changes and (CHOSEN, TASK.id) in plan.changes
    assert (POINTS, None) in plan.changes and (
        POINTS._replace(table=f"answers@{TASK.id}"),
        "9",
    ) in plan.changes
    assert any("“产出指标”应为40分" in note for note in plan.notes)
    assert any("没有标题" in note and "项目支出情况" in note for note in plan.notes)


def test_an_outline_of_ones_own_choice_stays(known: Templates) -> None:
    plan = bring_over(known, {**SAMPLE.facts, CHOSEN: "six-part"}, 2023, TASK.id)
    assert CHOSEN not in dict(plan.changes)


def test_back_to_the_usual_forms_the_usual_outline_comes_back(known: Templates) -> None:
    facts = {**SAMPLE.facts, FORMS: TASK.id, CHOSEN: TASK.id}
    plan = bring_over(known, facts, 2023, "annexes-2023")
    assert dict(plan.changes)[CHOSEN] is None and not any("没有标题" in note for note in plan.notes)


def test_what_has_no_place_is_listed_and_kept(known: Templates, contents: Contents) -> None:
    rent = FactKey("rents", "shops", "this_year")
    facts = {**SAMPLE.facts, FORMS: TASK.id, CHOSEN: TASK.id, rent: "12.5"}
    del contents["tables/rents.toml"]["row"][0]
    contents["tables/rents.toml"]["row"][-1]["formula"] = "sum(other.*)"
    contents["checks.toml"]["check"] = []
    second = parse_task(TASK._replace(issue=2), contents, known)
    both = known.with_edition(second.edition, second.own_system, second.outline)
    plan = bring_over(both, facts, 2023, second.edition.id)
    (misfit,) = plan.misfits
    assert (misfit.key, misfit.where, misfit.text) == (rent, "资产出租收入", "12.50")
    assert misfit.label == "门面出租 · 2023年"
    assert rent not in dict(plan.changes) and (CHOSEN, second.edition.id) in plan.changes


def test_a_report_prints_and_scores_by_its_edition(known: Templates) -> None:
    plan = bring_over(known, SAMPLE.facts, 2023, TASK.id)
    facts = {k: v for k, v in (SAMPLE.facts | dict(plan.changes)).items() if v is not None}
    sheet = FactSheet(known, facts, 2023)
    assert sheet.templates.edition.id == TASK.id and sheet.templates.form_system().blocks[0].weight == 20
