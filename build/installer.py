"""Makes the installer with NSIS, the portable zip and the file of checksums."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pe_checksum
from machine import ToolFailed
from version_info import ROOT, four_numbers

SCRIPT = ROOT / "build" / "installer.nsi"
ICON = ROOT / "resources" / "icons" / "ziping.ico"
SIDE_PICTURE = ROOT / "build" / "installer.bmp"
PORTABLE_MARK = "portable.txt"
PORTABLE_WORDS = (
    "有这个文件，数据就保存在旁边的 data 文件夹里，跟着程序走（例如放在U盘上）。\r\n"
    "删除它，数据改存在本机的用户文件夹里。\r\n"
)
DOUBLE_CLICK = "先全部解压，再双击 ziping.exe。\r\n不能在压缩包里直接打开。\r\n"


def size_of(folder: Path) -> int:
    """Bytes of all files below; a link is no file."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def makensis() -> str:
    """The compiler's name; ToolFailed says how to get it."""
    places = [shutil.which("makensis"), r"C:\Program Files (x86)\NSIS\makensis.exe"]
    for place in places:
        if place and Path(place).is_file():
            return place
    raise ToolFailed("缺少 NSIS（makensis）：Debian 请 apt-get install nsis，Windows 请安装 NSIS 3。")


def make_installer(folder: Path, output: Path, version: str) -> Path:
    """One .exe that installs the frozen folder, with a valid checksum."""
    output.parent.mkdir(parents=True, exist_ok=True)
    values = {
        "VERSION": version,
        "VERSION4": ".".join(map(str, four_numbers(version))),
        "SOURCE": folder,
        "OUTPUT": output,
        "ICON": ICON,
        "SIDE_PICTURE": SIDE_PICTURE,
        "SIZE_KB": size_of(folder) // 1024,
    }
    mark = "/" if sys.platform == "win32" else "-"
    defines = [f"{mark}D{name}={value}" for name, value in values.items()]
    command = [makensis(), f"{mark}V2", f"{mark}INPUTCHARSET", "UTF8", *defines, str(SCRIPT)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if done.returncode or "warning" in done.stdout.lower():
        raise ToolFailed(f"makensis 失败：\n{done.stdout[-3000:]}{done.stderr[-1000:]}")
    pe_checksum.fix(output)
    return output


def make_portable(folder: Path, output: Path) -> Path:
    """The same folder as a zip, with the mark that keeps the data beside the program."""
    top = "整体支出绩效自评助手"
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packed.write(path, f"{top}/{path.relative_to(folder).as_posix()}")
        packed.writestr(f"{top}/{PORTABLE_MARK}", PORTABLE_WORDS.encode("utf-8-sig"))
        packed.writestr(f"{top}/使用说明.txt", DOUBLE_CLICK.encode("utf-8-sig"))
    return output


def write_checksums(dist: Path) -> Path:
    """`SHA256SUMS.txt` over the files of the folder, in the form of `sha256sum -c`."""
    target = dist / "SHA256SUMS.txt"
    files = sorted(p for p in dist.iterdir() if p.is_file() and p != target)
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return target
