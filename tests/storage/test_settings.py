"""Settings come back as what they were set to, and nothing else can be set."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.storage.db import Database, open_database
from desktop.storage.settings import SETTINGS, Settings, Value, rules_off_in


@pytest.mark.parametrize("key", SETTINGS)
def test_defaults_are_acceptable(db: Database, key: str) -> None:
    setting = SETTINGS[key]
    assert setting.accepts(setting.default)
    assert Settings(db).get(key) == setting.default


def test_values_outlive_the_program(db: Database) -> None:
    settings = Settings(db)
    settings.set("export_folder", "D:\\导出")
    settings.set("prefer_system_fonts", True)
    settings.set("decimals_shown", 6)
    db.close()
    again = open_database(db.path)
    settings = Settings(again)
    assert settings.text("export_folder") == "D:\\导出"
    assert settings.flag("prefer_system_fonts") is True
    assert settings.whole("decimals_shown") == 6
    settings.set("prefer_system_fonts", False)
    assert settings.get("prefer_system_fonts") is False
    again.close()


@pytest.mark.parametrize(
    ("key", "value"),
    [("decimals_shown", 9), ("decimals_shown", "2"), ("decimals_shown", True), ("prefer_system_fonts", 1)],
)
def test_wrong_values_are_refused(db: Database, key: str, value: Value) -> None:
    with pytest.raises(ValueError, match="does not accept"):
        Settings(db).set(key, value)


def test_unknown_key_is_a_bug(db: Database) -> None:
    with pytest.raises(KeyError):
        Settings(db).get("colour")


@pytest.mark.parametrize("stored", ["often", "99"])
def test_value_another_version_stored_falls_back_to_the_default(db: Database, stored: str) -> None:
    with db.atomic() as conn:
        conn.execute("INSERT INTO settings VALUES ('decimals_shown', ?)", (stored,))
    assert Settings(db).whole("decimals_shown") == 2


def test_what_is_kept_already_is_not_written_again(db: Database) -> None:
    settings = Settings(db)
    settings.set("last_report", "1/2023")
    written = db.conn.total_changes
    settings.set("last_report", "1/2023")
    assert db.conn.total_changes == written
    settings.set("last_report", "1/2024")
    assert db.conn.total_changes > written
    assert settings.text("last_report") == "1/2024"


def test_rules_that_are_off_are_read_past_the_lock_of_a_window(db: Database) -> None:
    Settings(db).set("rules_off", "R2 J17")
    assert rules_off_in(db.path) == ("R2", "J17")


def test_no_rule_is_off_where_there_are_no_data(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    assert rules_off_in(other) == () and not other.exists()
    other.write_bytes(b"no database" * 1000)
    assert rules_off_in(other) == ()
