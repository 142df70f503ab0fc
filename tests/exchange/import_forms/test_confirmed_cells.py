"""Of bare text only what a sum, a rate, points or a second mention confirms is ticked; the rest says why not."""

from __future__ import annotations

import pytest

from desktop.domain.facts import FactSheet
from desktop.exchange.import_plan import PlanItem
from desktop.exchange.import_report.report_import import plan_document
from tests.exchange.made_reports import BROKEN, TEMPLATES, lines_of, with_forms

SUM, WORDS = "没有表格线，也没有合计、比率等印证，请核对", "没有表格线，是按文字认出来的，请核对"


def items(*changes: tuple[str, str]) -> dict[str, PlanItem]:
    """The offered cells of the forms, by table, row and column."""
    text = with_forms(BROKEN)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    plan = plan_document(lines_of(text), FactSheet(TEMPLATES, {}, 2023))
    return {" ".join(item.key): item for item in plan.items}


@pytest.mark.parametrize(
    ("cells", "old", "new"),
    [
        (("three_public vehicle_running final",), "6\n5.61\n2、", "6\n5.71\n2、"),
        (("staff total authorised",), "62\n59\n95.16%", "63\n59\n95.16%"),
        (("buildings item:1 actual_area", "buildings item:1 label"), "790\n98.75%", "760\n98.75%"),
        (("annex2_indicators quantity:1 target", "annex2_indicators quantity:1 unit"), "≥12座", "≥14座"),
    ],
    ids=["sum", "rate", "rate of a building", "points"],
)
def test_a_cell_is_ticked_where_it_fits_what_is_printed_beside_it(
    cells: tuple[str, ...], old: str, new: str
) -> None:
    right, wrong = items(), items((old, new), ("编制62人", "编制若干人"))
    for cell in cells:
        assert right[cell].ticked and not right[cell].problem
    assert not wrong[cells[0]].ticked and wrong[cells[0]].problem in (SUM, WORDS)


def test_what_nothing_confirms_is_offered_with_the_reason() -> None:
    offered = items()
    told = {cell: offered[cell].problem for cell in offered if not offered[cell].ticked}
    assert told["base office final"] == SUM
    assert told["annex2_goals this expected"] == told["annex2_indicators sustainable:1 actual"] == WORDS


def test_a_sum_that_does_not_fit_says_what_the_numbers_make() -> None:
    total = items(("三公经费\n9.4\n9\n8.12", "三公经费\n9.4\n9\n8.21"))["three_public total final"]
    assert not total.ticked and total.problem == "按读到的数算为8.12，请核对"


def test_a_name_is_confirmed_by_its_second_mention() -> None:
    assert items()["unit this preparer"].ticked
    text = with_forms(BROKEN).replace("王秀兰", "王秀英", 1).replace("王秀兰", "")
    plan = plan_document(lines_of(text), FactSheet(TEMPLATES, {}, 2023))
    assert not next(item for item in plan.items if item.key.column == "preparer").ticked


def test_weights_that_are_not_ticked_are_still_summed_for_the_total() -> None:
    text = with_forms(BROKEN).replace("(50 分)", "").replace("（30分）", "").replace("（10分）", "")
    plan = plan_document(lines_of(text), FactSheet(TEMPLATES, {}, 2023))
    assert not [p.message for p in plan.problems if "分值合计" in p.message]
