"""The program's settings: one line each here, kept as text in the data file."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal, NamedTuple

from desktop.errors import UserError
from desktop.storage.backups.verify import opened
from desktop.storage.db import Database

Value = str | bool | int


class Setting(NamedTuple):
    """One setting. No label: the program remembers it for itself, the dialog leaves it out.

    `choices` are (value, text shown); empty means any value of the kind.
    """

    key: str
    label: str
    kind: Literal["text", "folder", "flag", "whole"]
    default: Value
    choices: tuple[tuple[Value, str], ...] = ()

    def accepts(self, value: Value) -> bool:
        wanted = {"flag": bool, "whole": int}.get(self.kind, str)
        return type(value) is wanted and (not self.choices or value in (v for v, _ in self.choices))


SETTINGS = {
    setting.key: setting
    for setting in (
        Setting("last_report", "", "text", ""),
        Setting("warned_folder", "", "text", ""),
        Setting("second_backup_done", "", "text", ""),
        Setting("rules_off", "", "text", ""),
        Setting("systems_hidden", "", "text", ""),
        Setting("window_places", "", "text", ""),
        Setting("side_panel", "", "text", "", (("", "随窗口宽窄"), ("open", "展开"), ("folded", "收起"))),
        Setting("export_folder", "导出文件夹", "folder", ""),
        Setting("second_backup_folder", "第二备份文件夹（如移动硬盘）", "folder", ""),
        Setting("prefer_system_fonts", "导出 PDF 时优先使用系统字体", "flag", False),
        Setting("audit_page", "导出 PDF 时末页附核对情况", "flag", False),
        Setting("decimals_shown", "", "whole", 2, tuple((n, f"{n} 位") for n in range(7))),
    )
}


class Settings:
    """Typed access to the stored settings; an unknown key is a KeyError, a wrong value a ValueError."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, key: str) -> Value:
        """The stored value, or the default where nothing (or nothing this version accepts) is stored."""
        setting = SETTINGS[key]
        stored = self._db.rows("SELECT value FROM settings WHERE key = ?", key)
        value = _decoded(setting, stored[0][0]) if stored else None
        return setting.default if value is None else value

    def text(self, key: str) -> str:
        return str(self.get(key))

    def flag(self, key: str) -> bool:
        return bool(self.get(key))

    def whole(self, key: str) -> int:
        return int(self.get(key))

    def set(self, key: str, value: Value) -> None:
        """Keep a value. One that is kept already is not written again: each start remembers what it opens, and
        would wait for the disk.
        """
        if not SETTINGS[key].accepts(value):
            raise ValueError(f"{key} does not accept {value!r}")
        text = str(int(value)) if isinstance(value, bool) else str(value)
        if self._db.rows("SELECT value FROM settings WHERE key = ?", key) == [(text,)]:
            return
        with self._db.atomic() as conn:
            conn.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, text))


def rules_off_in(database: Path) -> tuple[str, ...]:
    """The codes of the rules that are switched off in a data file; none where there is no sound one.

    Past the lock of a window that has it open: this one row is not what a step writes that is saved meanwhile.
    """
    try:
        with opened(database) as db:
            return tuple(Settings(db).text("rules_off").split())
    except (UserError, sqlite3.Error):
        return ()


def _decoded(setting: Setting, text: str) -> Value | None:
    value: Value = text
    if setting.kind in ("flag", "whole"):
        try:
            value = int(text)
        except ValueError:
            return None
    if setting.kind == "flag":
        value = bool(value)
    return value if setting.accepts(value) else None
