"""Units and reports: names, listing, the bin, and the report opened last."""

from __future__ import annotations

import sqlite3

import pytest

from desktop.domain.edits import Change, Edit, edit_from
from desktop.domain.keys import UNIT_NAME, FactKey, ReportId
from desktop.errors import UserError
from desktop.resource_files.sample import sample_reports
from desktop.storage.catalog import Catalog, Report, name_unit
from desktop.storage.db import Database
from desktop.storage.store import Store
from tests.places import RESOURCES

CELL = FactKey("annex1", "staff", "actual")


def test_units_keep_the_order_they_were_added_in(catalog: Catalog) -> None:
    names = ['甲局/办公室\\二级:*?"<>|', "乙局", "丙局"]
    added = [catalog.add_unit(name) for name in names]
    assert catalog.units() == added
    assert [unit.name for unit in added] == names


def test_name_is_put_on_one_line(catalog: Catalog) -> None:
    assert catalog.add_unit("  甲局\n 机关 ").name == "甲局 机关"


@pytest.mark.parametrize("name", ["", " \t\n", "局" * 101])
def test_impossible_names(catalog: Catalog, name: str) -> None:
    with pytest.raises(UserError):
        catalog.add_unit(name)
    assert catalog.units() == []


def rename(db: Database, unit: int, name: str) -> None:
    with db.atomic() as conn:
        name_unit(conn, unit, name)


def test_name_of_another_unit_is_taken(catalog: Catalog, db: Database) -> None:
    first, second = catalog.add_unit("甲局"), catalog.add_unit("乙局")
    with pytest.raises(UserError, match="甲局"):
        catalog.add_unit("甲局")
    with pytest.raises(UserError, match="甲局"):
        rename(db, second.id, "甲局")
    rename(db, first.id, "甲局")
    rename(db, first.id, "丙局")
    assert [unit.name for unit in catalog.units()] == ["丙局", "乙局"]


def test_renaming_a_unit_that_is_not_there_is_a_bug(db: Database) -> None:
    with pytest.raises(ValueError, match="no such unit"):
        rename(db, 7, "甲局")


@pytest.mark.parametrize("year", [-5, 0, 3, 1999, 2101, 20233])
def test_report_of_an_impossible_year_is_refused(catalog: Catalog, year: int) -> None:
    unit = catalog.add_unit("甲局")
    with pytest.raises(UserError, match="2000到2100"):
        catalog.add_report(ReportId(unit.id, year), "form-2023")
    assert catalog.reports() == []


def test_reports_are_listed_by_unit_latest_year_first(catalog: Catalog) -> None:
    one, two = catalog.add_unit("甲局"), catalog.add_unit("乙局")
    for unit, year in ((two, 2023), (one, 2023), (one, 2024)):
        catalog.add_report(ReportId(unit.id, year), "hunan-2023")
    listed = [(r.unit_name, r.id.year) for r in catalog.reports()]
    assert listed == [("甲局", 2024), ("甲局", 2023), ("乙局", 2023)]
    assert catalog.find(" 乙局 ", 2023) == Report(ReportId(two.id, 2023), "乙局", "hunan-2023")
    assert catalog.find("乙局", 2024) is None


def test_report_begins_with_its_facts_and_the_units_name(catalog: Catalog, db: Database) -> None:
    unit = catalog.add_unit("甲局")
    facts = {CELL: "12", FactKey("a", "b", "c"): ""}
    report = catalog.add_report(ReportId(unit.id, 2024), "hunan-2023", facts)
    store = Store(db)
    assert store.facts(report.id) == {CELL: "12", UNIT_NAME: "甲局"}
    assert store.undo_label(report.id) is None


def test_name_among_the_first_facts_stands(catalog: Catalog, db: Database) -> None:
    unit = catalog.add_unit("甲局")
    report = catalog.add_report(ReportId(unit.id, 2024), "hunan-2023", {UNIT_NAME: "甲局（本级）"})
    assert Store(db).facts(report.id) == {UNIT_NAME: "甲局（本级）"}


def test_one_report_per_unit_and_year(catalog: Catalog, report: ReportId) -> None:
    with pytest.raises(UserError, match="2024"):
        catalog.add_report(report, "hunan-2023")


def test_report_of_a_unit_that_is_not_there_is_a_bug(catalog: Catalog) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        catalog.add_report(ReportId(9, 2024), "hunan-2023")
    assert catalog.reports() == []


def test_set_system(catalog: Catalog, report: ReportId) -> None:
    catalog.set_system(report, "hunan-2025")
    assert catalog.reports()[0].system == "hunan-2025"
    with pytest.raises(ValueError, match="no such report"):
        catalog.set_system(ReportId(report.unit, 1999), "hunan-2025")


def test_bin_gives_back_facts_and_undo_steps(catalog: Catalog, store: Store, report: ReportId) -> None:
    store.apply(edit_from(report, "填写", {}, [(CELL, "12")]))
    facts = store.facts(report)
    number = catalog.delete_report(report)
    assert catalog.reports() == []
    with pytest.raises(ValueError, match="no such report"):
        store.facts(report)
    (binned,) = catalog.deleted_reports()
    assert (binned.number, binned.report.id, binned.report.unit_name) == (number, report, "甲县示例局")
    assert catalog.restore_report(number) == report
    assert store.facts(report) == facts
    assert store.undo_label(report) == "填写"
    assert catalog.deleted_reports() == []


def test_bin_does_not_push_out_a_newer_report(catalog: Catalog, store: Store, report: ReportId) -> None:
    number = catalog.delete_report(report)
    catalog.add_report(report, "hunan-2025", {CELL: "99"})
    with pytest.raises(UserError, match="2024"):
        catalog.restore_report(number)
    assert store.facts(report)[CELL] == "99"
    catalog.delete_report(report)
    catalog.restore_report(number)
    assert CELL not in store.facts(report)


def test_restoring_what_is_not_in_the_bin_is_a_bug(catalog: Catalog, report: ReportId) -> None:
    with pytest.raises(UserError, match="不在回收处"):
        catalog.restore_report(1)


def test_last_opened(catalog: Catalog, report: ReportId) -> None:
    assert catalog.last_opened() is None
    catalog.remember_opened(report)
    assert catalog.last_opened() == report
    catalog.delete_report(report)
    assert catalog.last_opened() is None


def test_name_edited_in_the_report_renames_the_unit(catalog: Catalog, store: Store, report: ReportId) -> None:
    store.apply(edit_from(report, "单位名称", store.facts(report), [(UNIT_NAME, "新局")]))
    assert catalog.units()[0].name == "新局"
    store.undo(report)
    assert catalog.units()[0].name == "甲县示例局"
    store.redo(report)
    assert catalog.find("新局", 2024) is not None


@pytest.mark.parametrize("name", ["乙局", "局" * 101, " "])
def test_name_a_unit_cannot_have_changes_nothing(
    catalog: Catalog, store: Store, report: ReportId, name: str
) -> None:
    catalog.add_unit("乙局")
    facts = store.facts(report)
    with pytest.raises(UserError):
        store.apply(edit_from(report, "导入", facts, [(CELL, "1"), (UNIT_NAME, name)]))
    assert store.facts(report) == facts
    assert store.journal(report) == []


def test_emptied_name_leaves_the_picker_alone(catalog: Catalog, store: Store, report: ReportId) -> None:
    store.apply(Edit(report, "清空", (Change(UNIT_NAME, "甲县示例局", None),)))
    assert catalog.units()[0].name == "甲县示例局"


def test_the_sample_unit_is_taken_with_both_its_years(catalog: Catalog) -> None:
    for sample in sample_reports(RESOURCES):
        found = catalog.find(sample.unit_name, sample.year - 1)
        unit = found.id.unit if found else catalog.add_unit(sample.unit_name).id
        added = catalog.add_report(ReportId(unit, sample.year), sample.system, sample.facts)
        assert added.system == sample.system
