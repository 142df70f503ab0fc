"""The words of a call: what is miswritten is said in one sentence, and help is in Chinese."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from desktop import cli
from desktop.call_words import parse
from desktop.errors import UserError


@pytest.mark.parametrize(
    "words", [["score"], ["export", "--unit", "甲局"], ["import"], ["score", "--nonsense"]]
)
def test_wrong_use_is_one_chinese_sentence(words: list[str]) -> None:
    with pytest.raises(UserError, match="命令的写法不对") as caught:
        parse(words)
    assert "python -m desktop" in caught.value.hint


def test_mistyped_command_is_refused_and_a_file_opens_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="“scroe”不是命令，也没有这个文件"):
        parse(["scroe", "--unit", "甲局"])
    file = tmp_path / "报告.zpb"
    file.touch()
    assert parse([str(file)]).file == str(file)
    monkeypatch.setattr(
        "sys.stderr", None
    )  # a windowed program: only its window can say that the file is gone
    assert parse(["gone.zpb"]).command == "window"


def test_commands_are_called_as_in_the_packed_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    for platform, called in (("win32", "ziping-cli.exe"), ("linux", "ziping")):
        monkeypatch.setattr(sys, "platform", platform)
        with pytest.raises(UserError) as caught:
            parse(["score"])
        assert f"请用 {called} score --help" in caught.value.hint


@pytest.mark.parametrize("command", ["import", "score", "audit", "export", "rescue", "demo", "window"])
def test_help_is_in_chinese_and_says_something_of_every_word(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0 and said.startswith("用法：python -m desktop")
    latin = set(re.findall(r"usage|options|arguments|show|[A-Z]{3,}", said))
    assert latin <= {"PDF", "JSON", "WPS"}
    # A word without help stands alone on its line, and nothing is indented below it.
    assert not re.search(r"^  \S+( \S+)*\n(?! {8})", said.partition("选项:")[2], re.MULTILINE)
