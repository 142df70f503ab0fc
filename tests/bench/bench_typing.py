"""From a key in a section of 100,000 characters with 1,000 fields to the painted text, saving included."""

from __future__ import annotations

import statistics
import time

from desktop.domain.keys import FactKey
from tests.bench.bench_keystroke import with_window
from tests.bench.table import Row

KEYS = 60
PROMISED_MS = 50.0
PROMISED_SAVE_MS = 500.0
FIELD = "⟦three_public.total.final⟧"
LINE = f"{'乡村' * 49}{FIELD}"
SECTION = FactKey("narrative", "problems", "text")


def rows() -> list[Row]:
    found = []
    # Qt lays a paragraph out anew with every key: in a single one of this length it takes its time alone.
    for name, mark, most in (("1,000段", "\n", 1), ("一段到底", "", 3)):
        half, save = typed(mark.join([LINE] * 1000))
        found.append(Row(f"10万字一节（{name}）中按键到画出，p50", half, "ms", PROMISED_MS, most))
        found.append(Row(f"10万字一节（{name}）保存", save, "ms", PROMISED_SAVE_MS, 1))
    return found


def typed(text: str) -> tuple[float, float]:
    """Milliseconds of a key in the middle of the text, and of saving it afterwards."""
    with with_window(60) as (session, app):
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        from desktop.ui.text_editor.field_text import FieldText

        session.write("填写", [(FactKey("three_public", "total", "final"), "6.88"), (SECTION, text)])
        session.jump.emit(SECTION)
        app.processEvents()
        editor = next(w for w in QApplication.allWidgets() if isinstance(w, FieldText))
        cursor = editor.textCursor()
        cursor.setPosition(len(editor.toPlainText()) // 2)
        editor.setTextCursor(cursor)
        taken = []
        for _ in range(KEYS):
            start = time.perf_counter()
            QTest.keyClick(editor, Qt.Key.Key_X)
            editor.repaint()
            taken.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        editor.save()
        return statistics.median(taken), (time.perf_counter() - start) * 1000
