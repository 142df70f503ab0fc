"""The version resource says what desktop.__version__ says."""

from __future__ import annotations

import ast
from pathlib import Path

import desktop


def test_it_is_the_programs_version(tmp_path: Path) -> None:
    import version_info

    assert version_info.version() == desktop.__version__
    text = version_info.write(tmp_path, "ziping.exe").read_text(encoding="utf-8")
    ast.parse(text, mode="eval")
    first, second, third = desktop.__version__.split(".")
    assert f"filevers=({first}, {second}, {third}, 0)" in text
    assert "'080404B0'" in text and "[0x0804, 0x04B0]" in text
    assert f"StringStruct('ProductVersion', '{desktop.__version__}')" in text
