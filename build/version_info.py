"""The version resource of the Windows programs, from `desktop.__version__`; run alone, it prints it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = "整体支出绩效自评助手"
LANGUAGE = "080404B0"
"""Simplified Chinese, Unicode: the block of strings Explorer shows."""


def version(package: Path = ROOT / "desktop" / "__init__.py") -> str:
    """`0.1.0`, read and not imported: the build's Python need not have the program's dependencies."""
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', package.read_text(encoding="utf-8"), re.M)
    if found is None:
        raise ValueError(f"no version in {package}")
    return found[1]


def four_numbers(text: str) -> tuple[int, int, int, int]:
    """Windows counts in four 16-bit numbers."""
    first, second, third = (int(part) for part in text.split("."))
    return first, second, third, 0


def version_info(text: str, file_name: str) -> str:
    """The resource in PyInstaller's notation, which its `version=` reads."""
    numbers = four_numbers(text)
    dotted = ".".join(map(str, numbers))
    strings = {
        "CompanyName": PRODUCT,
        "FileDescription": PRODUCT,
        "FileVersion": dotted,
        "InternalName": file_name,
        "LegalCopyright": "随附的开放源代码组件各按其许可证，见 resources\\licenses",
        "OriginalFilename": file_name,
        "ProductName": PRODUCT,
        "ProductVersion": text,
    }
    structs = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in strings.items())
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004,\n"
        "    fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        f"  kids=[StringFileInfo([StringTable({LANGUAGE!r}, [{structs}])]),\n"
        "    VarFileInfo([VarStruct('Translation', [0x0804, 0x04B0])])])\n"
    )


def write(folder: Path, file_name: str) -> Path:
    """The file for one program of that name."""
    target = folder / f"{Path(file_name).stem}.version.txt"
    target.write_text(version_info(version(), file_name), encoding="utf-8")
    return target


if __name__ == "__main__":
    sys.stdout.write(version_info(version(), "ziping.exe"))
