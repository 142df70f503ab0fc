"""Whether the data folder lies where other machines or a sync client reach it, and the words to warn with."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePath, PureWindowsPath

SYNC_FOLDERS = {
    r"onedrive( - .*)?": "OneDrive",
    r"nutstore( files)?|坚果云|我的坚果云": "坚果云",
    r"baidusyncdisk|baidunetdiskworkspace|百度网盘.*": "百度网盘",
    r"wps云盘|wpsdrive|wps cloud files": "WPS云盘",
    r"weiyun|微云.*|腾讯微云": "腾讯微云",
    r"阿里云盘.*|alidrive": "阿里云盘",
    r"天翼云盘.*|ecloud": "天翼云盘",
    r"dropbox": "Dropbox",
    r"google drive|googledrive": "Google Drive",
    r"iclouddrive|icloud drive": "iCloud",
}
"""What the clients call their folders by default -> the name their users know."""
SYNC_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
NETWORK_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.davfs", "davfs", "9p", "afs"}
_DRIVE_REMOTE = 4

WHY = (
    "同步软件或其他电脑可能在写入的同时占用、改动数据文件，造成冲突甚至损坏。"
    "建议把数据放在本机硬盘的普通文件夹里，需要交换时使用导出的文件。"
)


def _windows_drive(root: str) -> bool:
    """Whether a drive's letter stands for a folder of another machine."""
    if sys.platform != "win32":
        return False
    return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE)


def _mounts() -> list[str]:
    table = Path("/proc/self/mounts")
    return table.read_text(encoding="utf-8", errors="replace").splitlines() if table.is_file() else []


def warning(
    folder: PurePath,
    *,
    environ: Mapping[str, str] | None = None,
    is_remote: Callable[[str], bool] = _windows_drive,
    mounts: Callable[[], Iterable[str]] = _mounts,
) -> str:
    """One sentence that names the danger, or "" where the folder is of this machine alone."""
    sync = _sync_client(folder, os.environ if environ is None else environ)
    if sync:
        return f"数据文件夹在同步盘（{sync}）里：{folder}。"
    if isinstance(folder, PureWindowsPath):
        far = _is_unc(folder) or is_remote(folder.anchor)
    else:
        far = _system_of(folder, mounts()) in NETWORK_SYSTEMS
    return f"数据文件夹在网络位置上：{folder}。" if far else ""


def _sync_client(folder: PurePath, environ: Mapping[str, str]) -> str:
    for variable in SYNC_VARIABLES:
        root = environ.get(variable)
        if root and folder.is_relative_to(type(folder)(root)):
            return "OneDrive"
    for part in folder.parts:
        for pattern, name in SYNC_FOLDERS.items():
            if re.fullmatch(pattern, part.strip(), re.IGNORECASE):
                return name
    return ""


def _is_unc(folder: PureWindowsPath) -> bool:
    r"""`\\server\share` and `\\?\UNC\server\share`, but not `\\?\C:\`."""
    drive = folder.drive
    return drive.startswith("\\\\") and not re.match(r"\\\\[?.]\\[A-Za-z]:", drive)


def _system_of(folder: PurePath, mounts: Iterable[str]) -> str:
    """The kind of file system a folder of Linux lies on: the longest mount point above it wins."""
    best, kind = -1, ""
    for line in mounts:
        fields = line.split()
        if len(fields) < 3:
            continue
        point = PurePath(fields[1].replace("\\040", " "))
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind
