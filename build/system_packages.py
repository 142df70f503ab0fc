"""Which libraries of the system Qt needs on Linux, which of them are missing, and how to get them."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping

# Debian and Ubuntu name -> the shared library it brings; from `ldd` on PySide6 6.11's QtGui.
ALWAYS = {
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libx11-6": "libX11.so.6",
    "libfreetype6": "libfreetype.so.6",
}
# Needed besides for a real window; from `ldd` on the plugin platforms/libqxcb.so.
WITH_A_SCREEN = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-sync1": "libxcb-sync.so.1",
    "libxcb-util1": "libxcb-util.so.1",
    "libxcb-xfixes0": "libxcb-xfixes.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libx11-xcb1": "libX11-xcb.so.1",
}
# Programs: PyInstaller reads libraries with objdump.
PROGRAMS = {"binutils": "objdump"}


def has_screen(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window can be shown to somebody."""
    if environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in ("offscreen", "minimal"):
        return False
    return platform in ("win32", "darwin") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def loadable(library: str) -> bool:
    """Whether the dynamic linker finds it: right on every distribution, wherever libraries are kept."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(
    screen: bool,
    need_venv: bool,
    found: Callable[[str], bool] = loadable,
    platform: str = sys.platform,
    on_path: Callable[[str], object] = shutil.which,
) -> list[str]:
    """The Debian names of what is not there; empty on Windows and macOS, whose wheels bring everything.

    Debian splits `venv` off Python: `need_venv` asks for that too.
    """
    if not platform.startswith("linux"):
        return []
    wanted = {**ALWAYS, **(WITH_A_SCREEN if screen else {})}
    missing = [package for package, library in wanted.items() if not found(library)]
    missing += [package for package, program in PROGRAMS.items() if not on_path(program)]
    if need_venv and importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return missing


def install_command(packages: list[str]) -> str:
    """What to type, as one line."""
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def administrator() -> list[str] | None:
    """The words to put before a command to run it as administrator without being asked; None where not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and _runs(["sudo", "-n", "true"], errors=subprocess.DEVNULL):
        return ["sudo", "-n"]
    return None


def provide(packages: list[str]) -> bool:
    """Install them where that is possible without asking, else say in one line what to type."""
    if not packages:
        return True
    first = administrator() if shutil.which("apt-get") else None
    if first is not None:
        print(f"正在安装系统库：{' '.join(packages)}", flush=True)
        if _apt_install(first, packages):
            return True
    if shutil.which("apt-get"):
        print(f"缺少系统库。请先运行：\n  {install_command(packages)}", file=sys.stderr)
    else:
        print(f"缺少系统库，请用本系统的工具安装（Debian 包名）：{' '.join(packages)}", file=sys.stderr)
    return False


def _apt_install(first: list[str], packages: list[str]) -> bool:
    # `env` because sudo clears the environment. A list that cannot be refreshed may still be good enough.
    apt = [*first, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    _runs([*apt, "update"])
    return _runs([*apt, "install", "-y", "--no-install-recommends", *packages])


def _runs(command: list[str], errors: int | None = None) -> bool:
    """Without input or output; `errors` is where its complaints go, by default to our own stderr."""
    quiet = subprocess.DEVNULL
    return subprocess.run(command, stdin=quiet, stdout=quiet, stderr=errors, check=False).returncode == 0
