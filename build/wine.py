"""Wine in a Debian folder of its own: made once in a cache outside the project, entered by chroot.

Debian 12's Wine 8 lacks what Qt 6 asks for, so the folder holds Debian 13's Wine 10, for 64 and 32 bits. The
mounts live in a private namespace of each call and are gone with it; nothing on this machine changes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from machine import Done, ToolFailed, collect, say

CACHE = Path(os.environ.get("ZIPING_WINE") or Path.home() / ".cache" / "ziping-wine")
RELEASE = "trixie"
MIRROR = os.environ.get("ZIPING_DEBIAN", "http://deb.debian.org/debian")
PACKAGES = ("wine64", "wine", "wine32:i386", "xvfb", "imagemagick", "fonts-wqy-zenhei", "locales")
USER, UID, HOME = "张 三", 1000, "/home/zhang"
"""Who Windows thinks the user is: Chinese and with a space, as it may well be."""
WORK = "/work"
"""Where, inside, the sources and what is built lie; Windows sees it as Z:\\work."""
# No Gecko or Mono is asked for, and no Linux menu entries are made of shortcuts.
QUIET = {
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=",
    "LANG": "zh_CN.UTF-8",
}
ENTER = (
    'for part in proc dev; do mountpoint -q "$0/$part" || mount --bind "/$part" "$0/$part"; done; '
    'exec chroot "$@"'
)


@dataclass(frozen=True, slots=True)
class Wine:
    """One Windows: a prefix in the Debian folder. `root` is that folder as seen from here."""

    root: Path
    prefix: str = "windows"
    display: str = ""
    environ: Mapping[str, str] = field(default_factory=dict)

    @property
    def drive_c(self) -> Path:
        return self.root / HOME.lstrip("/") / self.prefix / "drive_c"

    @property
    def profile(self) -> Path:
        """The user's folder in this Windows."""
        return self.drive_c / "users" / USER

    @property
    def local(self) -> Path:
        return self.profile / "AppData" / "Local"

    @property
    def roaming(self) -> Path:
        return self.profile / "AppData" / "Roaming"

    @property
    def desktop(self) -> Path:
        return self.profile / "Desktop"

    def told(self, path: Path) -> str:
        """How Windows names a path that is seen from here."""
        if path.is_relative_to(self.drive_c):
            return "C:\\" + str(path.relative_to(self.drive_c)).replace("/", "\\")
        return "Z:\\" + str(path.relative_to(self.root)).replace("/", "\\")

    def inside(self, path: Path) -> str:
        """How the Debian folder names a path that is seen from here."""
        return str(PurePosixPath("/") / path.relative_to(self.root))

    def outside(self, inside: str) -> Path:
        """A path of the Debian folder as seen from here."""
        return self.root / inside.lstrip("/")

    def _variables(self) -> dict[str, str]:
        found = {"HOME": HOME, "USER": USER, "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", **QUIET}
        found["WINEPREFIX"] = f"{HOME}/{self.prefix}"
        if self.display:
            found["DISPLAY"] = self.display
        return {**found, **self.environ}

    def start(self, *command: str | Path) -> subprocess.Popen[str]:
        """Start a Windows program."""
        return self.enter("wine", *command)

    def enter(self, *command: str | Path, user: int = UID) -> subprocess.Popen[str]:
        """Start a Linux command inside; its output comes through a pipe (Wine's Python dies without one)."""
        variables = [f"{name}={value}" for name, value in self._variables().items()]
        where = [f"--userspec={user}:{user}", str(self.root), "env", "-i", *variables]
        words = ["unshare", "--mount", "sh", "-c", ENTER, str(self.root), *where, *map(str, command)]
        return subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )

    def run(self, *command: str | Path, user: int = UID, timeout: float = 600) -> Done:
        """Run a Linux command inside to its end."""
        begun = time.monotonic()
        process = self.enter(*command, user=user)
        output = collect(process, timeout)
        return Done(process.returncode, output, time.monotonic() - begun)

    def windows(self, *command: str | Path, timeout: float = 600) -> Done:
        """Run a Windows program to its end."""
        return self.run("wine", *command, timeout=timeout)

    def must(self, what: str, *command: str | Path, user: int = UID, timeout: float = 1200) -> Done:
        """Run a Linux command that has to succeed."""
        done = self.run(*command, user=user, timeout=timeout)
        if done.code:
            raise ToolFailed(f"{what}失败（退出码 {done.code}）：\n{done.output[-3000:]}")
        return done

    def stop(self) -> None:
        """End everything that runs in this Windows, and only that."""
        self.run("wineserver", "-k", timeout=30)


# -- making it -------------------------------------------------------------------------------------------


def prepare(cache: Path = CACHE) -> Wine:
    """The Debian folder with Wine and a Windows prefix to copy from; what is there already is kept."""
    missing = [
        tool for tool in ("debootstrap", "makensis", "unshare", "chroot") if shutil.which(tool) is None
    ]
    if missing:
        raise ToolFailed(
            f"缺少 {'、'.join(missing)}。请先运行：apt-get install -y debootstrap nsis util-linux"
        )
    if os.geteuid():
        raise ToolFailed("建立 Wine 的文件夹需要管理员权限：请用 sudo 运行。")
    root = cache / "root"
    wine = Wine(root, "template")
    if not root.is_dir():
        _make_debian(root)
    _install_packages(wine)
    _make_user(wine)
    if not (wine.drive_c / "windows" / "explorer.exe").is_file():
        _make_prefix(wine)
    return wine


def _make_debian(root: Path) -> None:
    """Under another name first: one broken off half-way must not be taken for whole the next time."""
    say(f"正在建立 Debian {RELEASE} 文件夹 {root} ……")
    begun = root.with_name("root.unfinished")
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir(parents=True)
    done = subprocess.run(
        ["debootstrap", "--variant=minbase", RELEASE, str(begun), MIRROR], capture_output=True, text=True
    )
    if done.returncode:
        raise ToolFailed(f"debootstrap 失败：\n{done.stdout[-2000:]}")
    begun.rename(root)


def _install_packages(wine: Wine) -> None:
    stamp = wine.root / "var" / "ziping-packages"
    wanted = " ".join(PACKAGES)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    say(f"正在安装 {wanted} ……")
    apt = "DEBIAN_FRONTEND=noninteractive apt-get -qq"
    script = (
        f"dpkg --add-architecture i386 && {apt} update && "
        f"{apt} install -y --no-install-recommends {wanted} && apt-get clean && "
        "localedef -i zh_CN -f UTF-8 zh_CN.UTF-8"
    )
    wine.must("安装 Wine", "sh", "-c", script, user=0)
    stamp.write_text(wanted, encoding="utf-8")


def _make_user(wine: Wine) -> None:
    """Written by hand: no tool would take such a name, and Windows has it from here."""
    passwd = wine.root / "etc" / "passwd"
    text = passwd.read_text(encoding="utf-8")
    if USER not in text:
        passwd.write_text(f"{text}{USER}:x:{UID}:{UID}::{HOME}:/bin/sh\n", encoding="utf-8")
    for folder in (HOME, WORK):
        path = wine.outside(folder)
        path.mkdir(exist_ok=True)
        os.chown(path, UID, UID)


def _make_prefix(wine: Wine) -> None:
    say("正在初始化 Windows 10 环境 ……")
    wine.must("wineboot", "wineboot", "-i")
    set_windows(wine, "win10")
    wine.run("wineserver", "-w", timeout=60)
    if not wine.profile.is_dir():
        raise ToolFailed(f"Wine 没有建立用户文件夹 {wine.profile}。")


def set_windows(wine: Wine, version: str) -> None:
    """Which Windows it says it is: win10, win81 ..."""
    key = r"HKCU\Software\Wine"
    wine.must("设置 Windows 版本", "wine", "reg", "add", key, "/v", "Version", "/d", version, "/f")


def fresh(template: Wine, name: str, display: str = "") -> Wine:
    """A new Windows that nothing has been installed in."""
    new = Wine(template.root, name, display)
    discard(new)
    folders = [template.inside(template.drive_c.parent), template.inside(new.drive_c.parent)]
    template.must("复制 Windows 环境", "cp", "-a", *folders)
    return new


def discard(wine: Wine) -> None:
    """Stop a Windows, if there is one, and remove it."""
    if wine.drive_c.parent.exists():
        wine.stop()
        shutil.rmtree(wine.drive_c.parent, ignore_errors=True)
