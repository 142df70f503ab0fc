"""Packs the frozen Linux folder as a .deb, for UOS, Kylin, Debian and Ubuntu."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import system_packages
from installer import size_of
from machine import ToolFailed
from version_info import PRODUCT, ROOT

ICONS = ROOT / "resources" / "icons"
OWN = "opt/ziping"
LAUNCHER = """\
#!/bin/sh
# Qt from PyPI has no plugin for fcitx; fcitx answers to ibus's protocol as well.
if [ "$QT_IM_MODULE" = fcitx ] || [ "$QT_IM_MODULE" = fcitx5 ]; then
    QT_IM_MODULE=ibus
    export QT_IM_MODULE
fi
exec /opt/ziping/ziping "$@"
"""
PACKAGE_TYPE = "application/x-ziping-package"
TASK_TYPE = "application/x-ziping-task"
MIME_TYPE = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{PACKAGE_TYPE}">
    <comment>整体支出绩效报告包</comment>
    <sub-class-of type="application/zip"/>
    <icon name="ziping"/>
    <glob pattern="*.zpb" weight="80"/>
  </mime-type>
  <mime-type type="{TASK_TYPE}">
    <comment>整体支出绩效任务包</comment>
    <sub-class-of type="application/zip"/>
    <icon name="ziping"/>
    <glob pattern="*.zpt" weight="80"/>
  </mime-type>
</mime-info>
"""
DESKTOP_ENTRY = f"""\
[Desktop Entry]
Type=Application
Name={PRODUCT}
Comment=部门整体支出绩效自评：填报、评分、核对、打印
Exec=/usr/bin/ziping %f
Icon=ziping
Categories=Office;
MimeType={PACKAGE_TYPE};{TASK_TYPE};application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;application/vnd.ms-excel;
StartupWMClass=ziping
Terminal=false
"""
# Not bundled by PyInstaller, because they belong to the system's graphics; as alternatives, since
# distributions split them differently.
GRAPHICS = ("libgl1", "libegl1", "fontconfig")


def newest_glibc(folder: Path) -> str:
    """The version of glibc that the bundle asks for: a system with an older one cannot start it."""
    found = {(2, 17)}
    for path in folder.rglob("*"):
        if path.is_file() and (".so" in path.name or path.suffix == ""):
            marks = re.findall(rb"GLIBC_2\.(\d{1,2})\b", path.read_bytes())
            found |= {(2, int(minor)) for minor in marks}
    return ".".join(map(str, max(found)))


def lacking_for_windows(folder: Path) -> list[str]:
    """Libraries that the plugin for X windows asks for and that were not on this machine to be taken along.

    PyInstaller only warns, and a test without a screen does not load the plugin.
    """
    libraries = system_packages.WITH_A_SCREEN.values()
    return [name for name in libraries if not (folder / "_internal" / name).is_file()]


def control(version: str, architecture: str, kilobytes: int, glibc: str) -> str:
    """The package's own description."""
    screen = [name for name in system_packages.WITH_A_SCREEN if name.startswith("libxcb-cursor")]
    depends = ", ".join([f"libc6 (>= {glibc})", *GRAPHICS])
    return (
        f"Package: ziping\nVersion: {version}\nArchitecture: {architecture}\n"
        f"Maintainer: {PRODUCT} <ziping@localhost>\nInstalled-Size: {kilobytes}\n"
        f"Depends: {depends}\nRecommends: {', '.join(screen)}\nSection: misc\nPriority: optional\n"
        f"Description: {PRODUCT}\n"
        " 部门（单位）整体支出绩效自评：填报、评分、核对并生成自评报告。数据只保存在本机。\n"
    )


def lay_out(folder: Path, tree: Path, version: str, architecture: str) -> None:
    """The files as they will lie on the system."""
    shutil.copytree(folder, tree / OWN, symlinks=True)
    files = {
        "usr/bin/ziping": LAUNCHER,
        "usr/share/applications/ziping.desktop": DESKTOP_ENTRY,
        "usr/share/mime/packages/ziping.xml": MIME_TYPE,
        "usr/share/doc/ziping/copyright": f"各组件的许可证全文见 /{OWN}/_internal/resources/licenses。\n",
        "DEBIAN/control": control(version, architecture, size_of(folder) // 1024, newest_glibc(folder)),
    }
    for name, text in files.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text, encoding="utf-8", newline="\n")
    (tree / "usr/bin/ziping").chmod(0o755)
    icons = {"256x256/apps/ziping.png": "ziping.png", "scalable/apps/ziping.svg": "ziping.svg"}
    for place, name in icons.items():
        target = tree / "usr/share/icons/hicolor" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ICONS / name, target)


def make_deb(folder: Path, work: Path, dist: Path, version: str) -> Path:
    """`ziping_0.1.0_amd64.deb` in `dist`."""
    asked = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    architecture = asked.stdout.strip()
    tree = work / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    lay_out(folder, tree, version, architecture)
    target = dist / f"ziping_{version}_{architecture}.deb"
    pack = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(target)]
    done = subprocess.run(pack, capture_output=True, text=True)
    shutil.rmtree(tree)
    if done.returncode:
        raise ToolFailed(f"dpkg-deb 失败：\n{done.stderr[-2000:]}")
    return target
