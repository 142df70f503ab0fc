"""One command for a release: python3 build/build.py [linux|windows] [--no-trial]

Here on Windows it freezes, tests, packs and tries the Windows program; on Linux it does the same for the
.deb, and for Windows in a Wine that it prepares by itself (~/.cache/ziping-wine). Results are in dist/.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

import deb
import freeze
import installer
import trial
import version_info
from dev import PYTHON, prepare
from machine import Done, Here, ToolFailed, say
from screen import DISPLAY, screen
from wine import WORK, Wine, discard
from wine import prepare as prepare_wine

ROOT = version_info.ROOT
DIST = ROOT / "dist"
SCRATCH = DIST / "work"
ON_WINDOWS = sys.platform == "win32"
OLDER = "0.0.9"
"""The version of the build that the trial upgrades from."""


def clean(targets: list[str]) -> None:
    """What an earlier run of the same targets left."""
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    patterns = {"windows": ["ziping-*.exe", "ziping-*.zip"], "linux": ["ziping_*.deb"]}
    for target in targets:
        for pattern in patterns[target]:
            for path in DIST.glob(pattern):
                path.unlink()


def freeze_natively() -> Path:
    """Freeze for this system and start the result."""
    say("正在打包（PyInstaller）……")
    folder = freeze.freeze_here(SCRATCH / "frozen", SCRATCH / "pyinstaller", str(PYTHON))
    freeze.smoke_test_here(folder)
    say(f"打包后的程序通过自检，{installer.size_of(folder) / 1e6:.1f} MB。")
    return folder


def pack_windows(folder: Path, version: str) -> tuple[Path, Path]:
    """Installer and portable zip."""
    say("正在生成安装程序和便携版……")
    setup = installer.make_installer(folder, DIST / f"ziping-setup-{version}.exe", version)
    return setup, installer.make_portable(folder, DIST / f"ziping-portable-{version}.zip")


def older_setup(folder: Path, target: Path) -> Path:
    """An installer that says it is older and holds a file the new one lacks, of a folder packed before."""
    (folder / "_internal" / "resources" / trial.STALE).write_text("旧", encoding="utf-8")
    return installer.make_installer(folder, target, OLDER)


# -- the targets -----------------------------------------------------------------------------------------


def linux(version: str, try_it: bool) -> list[str]:
    folder = freeze_natively()
    lacking = deb.lacking_for_windows(folder)
    if lacking:
        raise ToolFailed(f"打包后缺少显示窗口要用的库：{'、'.join(lacking)}")
    package = deb.make_deb(folder, SCRATCH, DIST, version)
    figures = [f"{package.name}　{package.stat().st_size / 1e6:.1f} MB"]
    return figures + (try_deb(package) if try_it else [])


def try_deb(package: Path) -> list[str]:
    """Install it in the Debian folder made for Wine, start it there as an ordinary user, remove it."""
    say("正在试装 .deb ……")
    wine = prepare_wine()
    shutil.copy(package, wine.outside(f"{WORK}/{package.name}"))
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "install", "-y"]
    wine.must("依赖", *apt, "--no-install-recommends", *deb.GRAPHICS, "libxcb-cursor0", user=0)
    installed = wine.must("dpkg -i", "dpkg", "-i", f"{WORK}/{package.name}", user=0)
    try:
        wine.must("启动", "env", "QT_QPA_PLATFORM=offscreen", "ziping", "--smoke-test")
        with screen(wine) as shown:
            on_screen = Wine(wine.root, display=DISPLAY)
            process = on_screen.enter("ziping", "--sample", "--data-dir", f"{WORK}/deb-data")
            seconds = shown.wait_painted()
            shown.picture(DIST / "pictures" / "deb.png")
            process.terminate()
            process.wait(20)
    finally:
        wine.run("dpkg", "-r", "ziping", user=0)
        shutil.rmtree(wine.outside(f"{WORK}/deb-data"), ignore_errors=True)
    return [f"dpkg -i {installed.seconds:.1f} 秒，自检通过，{seconds:.1f} 秒后画出窗口，已卸载"]


def windows_here(version: str, try_it: bool) -> list[str]:
    """On Windows itself."""
    folder = freeze_natively()
    freeze.check_programs(folder)
    setup, portable = pack_windows(folder, version)
    if not try_it:
        return [f"{setup.name}　{setup.stat().st_size / 1e6:.1f} MB"]
    machine = Here()
    workbook = sample_workbook(machine.windows(folder / "ziping-cli.exe", "demo", "--out", SCRATCH / "demo"))
    older = older_setup(folder, SCRATCH / "older-setup.exe")
    package = trial.Package(setup, older, portable, version, OLDER, workbook)
    return trial.run(machine, package, SCRATCH / "trial")


def windows_in_wine(version: str, try_it: bool) -> list[str]:
    wine = prepare_wine()
    try:
        folder = freeze.freeze_in_wine(wine, freeze.copy_sources(wine, "source"))
        setup, portable = pack_windows(folder, version)
        if not try_it:
            return [f"{setup.name}　{setup.stat().st_size / 1e6:.1f} MB"]
        return try_in_wine(wine, folder, setup, portable, version)
    finally:
        wine.stop()


def try_in_wine(template: Wine, folder: Path, setup: Path, portable: Path, version: str) -> list[str]:
    """In a Windows made for it, which is thrown away."""
    from trial_window import WindowTrial, new_windows

    out = template.outside(f"{WORK}/trial")
    shutil.rmtree(out, ignore_errors=True)
    trial.make_folder(out)
    say("正在生成一个旧版本，供升级试验……")
    older = older_setup(folder, out / "older-setup.exe")
    seen = Path(shutil.copy(setup, out))
    demo, cli = out / "demo", template.told(folder / "ziping-cli.exe")
    workbook = sample_workbook(template.windows(cli, "demo", "--out", template.told(demo)), demo)
    say("正在试装……")
    with screen(template) as shown:
        windows = new_windows(template, DISPLAY)
        try:
            package = trial.Package(seen, older, portable, version, OLDER, workbook)
            shots = WindowTrial(windows, shown, DIST / "pictures")
            return trial.run(windows, package, windows.profile / "Documents", shots)
        finally:
            discard(windows)


def sample_workbook(done: Done, folder: Path = SCRATCH / "demo") -> Path:
    """The workbook among what the frozen program's demo wrote."""
    freeze.must(done, "用示例单位走一遍")
    return next(folder.glob("*.xlsx"))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="build/build.py", description="打包、试装，结果在 dist/")
    parser.add_argument("targets", nargs="*", choices=["linux", "windows", []], help="默认：本机能做的全部")
    parser.add_argument("--no-trial", action="store_true", help="不试装")
    options = parser.parse_args(arguments)
    targets = options.targets or (["windows"] if ON_WINDOWS else ["linux", "windows"])
    makers = {"linux": linux, "windows": windows_here if ON_WINDOWS else windows_in_wine}
    if not prepare(for_screens="linux" in targets):
        return 1
    version = version_info.version()
    try:
        clean(targets)
        figures = [line for name in targets for line in makers[name](version, not options.no_trial)]
        sums = installer.write_checksums(DIST)
    except (ToolFailed, subprocess.SubprocessError) as error:
        say(f"没有完成：{error}")
        return 1
    finally:
        shutil.rmtree(SCRATCH, ignore_errors=True)
    print("\n".join([f"{version_info.PRODUCT} {version}", *figures, "", sums.read_text(encoding="utf-8")]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
