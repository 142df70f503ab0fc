"""Folders that others reach into are known by their path, their drive or their mount."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from desktop.system import shared_folders


def of_windows(folder: str, remote: str = "", **environ: str) -> str:
    return shared_folders.warning(
        PureWindowsPath(folder), environ=environ, is_remote=lambda root: root == remote
    )


@pytest.mark.parametrize(
    ("folder", "client"),
    [
        (r"C:\Users\张 三\OneDrive\自评\data", "OneDrive"),
        (r"C:\Users\张 三\OneDrive - 清河县\data", "OneDrive"),
        (r"D:\Nutstore\data", "坚果云"),
        (r"D:\我的坚果云\自评", "坚果云"),
        (r"D:\BaiduSyncdisk\data", "百度网盘"),
        (r"D:\百度网盘同步空间\data", "百度网盘"),
        (r"D:\WPS云盘\data", "WPS云盘"),
    ],
)
def test_folders_of_sync_clients(folder: str, client: str) -> None:
    assert f"（{client}）" in of_windows(folder)


def test_onedrive_may_lie_anywhere() -> None:
    assert "OneDrive" in of_windows(r"E:\云\data", OneDriveCommercial=r"E:\云")


@pytest.mark.parametrize("folder", [r"\\server\共享\data", r"\\?\UNC\server\share\data"])
def test_network_shares(folder: str) -> None:
    assert "网络位置" in of_windows(folder)


def test_drives_of_other_machines() -> None:
    assert "网络位置" in of_windows(r"Z:\data", remote="Z:\\")


@pytest.mark.parametrize(
    "folder", [r"C:\Users\张三\AppData\Local\整体支出绩效自评助手", r"\\?\C:\data", r"D:\我的云盘资料\data"]
)
def test_folders_of_this_machine(folder: str) -> None:
    assert of_windows(folder, remote="Z:\\", OneDrive=r"C:\Users\张三\OneDrive") == ""


MOUNTS = [
    "/dev/sda1 / ext4 rw 0 0",
    "nas:/home /home nfs4 rw 0 0",
    "/dev/sdb1 /home/own\\040disk ext4 rw 0 0",
]


@pytest.mark.parametrize(
    ("folder", "far"), [("/home/li/data", True), ("/home/own disk/data", False), ("/srv/data", False)]
)
def test_mounts_of_linux(folder: str, far: bool) -> None:
    found = shared_folders.warning(PurePosixPath(folder), environ={}, mounts=lambda: MOUNTS)
    assert bool(found) is far


def test_this_machine_can_be_asked() -> None:
    assert shared_folders.warning(PurePosixPath("/"), environ={}) == ""
