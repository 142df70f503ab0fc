"""The description of a data file counts everything and quotes nothing."""

from __future__ import annotations

from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.storage.data_checks.portrait import portrait
from desktop.storage.db import Database
from desktop.storage.settings import Settings
from desktop.storage.store import Store


def test_shape_counts_and_settings_without_a_word_of_the_user(
    db: Database, store: Store, report: ReportId
) -> None:
    Settings(db).set("export_folder", "/home/王会计/甲县示例局")
    Settings(db).set("audit_page", True)
    key = FactKey("narrative", "overview", "text")
    store.apply(edit_from(report, "改写全局情况", store.facts(report), [(key, "保密的一句话")]))
    said = portrait(db)
    for line in ("reports: 1", "facts: 2", "cells narrative: 1", "export_folder: set", "audit_page: True"):
        assert line in said.splitlines(), line
    assert "CREATE TABLE facts" in said
    for secret in ("王会计", "甲县", "保密", "改写"):
        assert secret not in said
