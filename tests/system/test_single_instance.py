"""A second start gives its file to the first; what a killed program left behind stops nobody."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from desktop.errors import UserError
from desktop.system import single_instance
from desktop.system.single_instance import SingleInstance

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.system.single_instance import SingleInstance
app = QCoreApplication([])
sys.exit(0 if SingleInstance(Path(sys.argv[1])).pass_on(sys.argv[2]) else 7)
"""


def test_alone_there_is_nobody_to_pass_on_to(qtbot: QtBot, tmp_data_dir: Path) -> None:
    assert not SingleInstance(tmp_data_dir).pass_on("")


@pytest.mark.parametrize("file", ["", "附件2 表.xlsx"])
def test_the_first_is_asked_for_the_file(qtbot: QtBot, tmp_data_dir: Path, file: str) -> None:
    first = SingleInstance(tmp_data_dir)
    first.listen()
    second = subprocess.Popen([sys.executable, "-c", SECOND, str(tmp_data_dir), file])
    try:
        with qtbot.waitSignal(first.asked) as asked:
            pass
        qtbot.waitUntil(lambda: second.poll() is not None)
        assert second.returncode == 0
        assert asked.args == [str(Path(file).absolute()) if file else ""]
    finally:
        second.kill()
        second.wait()
        first.close()


def test_one_that_does_not_answer_is_told(
    qtbot: QtBot, tmp_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "ANSWER_MS", 50)
    first = SingleInstance(tmp_data_dir)
    first.listen()  # and no event loop runs
    with pytest.raises(UserError, match="没有回应"):
        SingleInstance(tmp_data_dir).pass_on("")
    first.close()


def test_what_a_killed_program_left_is_cleared(qtbot: QtBot, tmp_data_dir: Path) -> None:
    code = SECOND.replace(
        "sys.exit(0 if SingleInstance(Path(sys.argv[1])).pass_on(sys.argv[2]) else 7)",
        "import os; one = SingleInstance(Path(sys.argv[1])); one.listen(); os._exit(0)",
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_data_dir), ""], check=True)
    first = SingleInstance(tmp_data_dir)
    assert not first.pass_on("")
    first.listen()
    assert first._server.isListening()
    first.close()


def test_who_asks_keeps_nobody(qtbot: QtBot, tmp_data_dir: Path) -> None:
    """Kept by a connection, the first would die within that one's end, and end it a second time: a crash."""
    asking = QLocalSocket()

    def asked() -> weakref.ref[SingleInstance]:
        first = SingleInstance(tmp_data_dir)
        first.listen()
        asking.connectToServer(single_instance.server_name(tmp_data_dir))
        qtbot.waitUntil(lambda: first.findChild(QLocalSocket) is not None)
        return weakref.ref(first)

    ghost = asked()
    gc.collect()
    assert ghost() is None


def test_another_folder_is_another_program(tmp_path: Path) -> None:
    names = {single_instance.server_name(tmp_path / name) for name in ("a", "b")}
    assert len(names) == 2
