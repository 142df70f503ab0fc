"""installer.spec makes a program that starts: frozen for the system the tests run on, and tried."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

import pytest


@pytest.mark.skipif(
    sys.platform.startswith("linux") and not sysconfig.get_config_var("Py_ENABLE_SHARED"),
    reason="PyInstaller needs a Python built with --enable-shared",
)
def test_the_frozen_program_passes_its_own_test(tmp_path: Path) -> None:
    """It opens every tab, scores and writes every export; nothing of the sources is in its reach."""
    import freeze
    import installer

    folder = freeze.freeze_here(tmp_path / "dist", tmp_path / "work")
    assert "优" in freeze.smoke_test_here(folder)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    assert "_internal/resources/licenses/NOTICE.txt" in there
    assert any(name.endswith("translations/qtbase_zh_CN.qm") for name in there)
    assert not [name for name in there if "Qml" in name or "QtPdfW" in name or "numpy" in name]
    assert any("QtPdf" in name for name in there)
    assert {"_internal/resources/prepared.json", "_internal/resources/ontology.toml"} <= there
    assert "_internal/shiboken6/files.dir/shibokensupport/signature/loader.pyc" in there
    assert installer.size_of(folder) < 220e6
