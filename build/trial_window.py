"""The part of the trial that needs a screen, under Wine: windows seen, refusals met, the start measured."""

from __future__ import annotations

import statistics
import subprocess
import time
from pathlib import Path

import freeze
from machine import ToolFailed, collect
from screen import Screen
from trial import CLASSES, FORMATS, PACKAGE_CLASS, RUNNING, TOO_OLD, Trial, make_folder
from version_info import ROOT
from wine import WORK, Wine, discard, fresh, set_windows

ROUNDS = 7
"""Starts of each program that the ratio's medians are over."""
SLOWEST = 2.0
"""Times a bare window's start that ours may take."""


def bare_window(wine: Wine) -> Path:
    """An empty PySide6 window frozen in the same way, as the measure."""
    source = wine.outside(f"{WORK}/bare")
    program = source / "dist" / "bare" / "bare.exe"
    script = (ROOT / "build" / "bare_window.py").read_text(encoding="utf-8")
    if program.is_file() and (source / "bare.py").read_text(encoding="utf-8") == script:
        return program
    source.mkdir(parents=True, exist_ok=True)
    (source / "bare.py").write_text(script, encoding="utf-8")
    freeze.freeze_in_wine(wine, source, ("--onedir", "--windowed", "bare.py"))
    return program


def close(wine: Wine, program: Path, process: subprocess.Popen[str], by_force: bool = False) -> None:
    """As the user does at the window's corner."""
    force = ["/f"] if by_force else []
    wine.windows("taskkill", *force, "/im", program.name)
    collect(process, 30)


def is_running_with(program: str, file: str) -> bool:
    """Whether a Windows program runs that was started with the file; Wine's are Linux processes, too."""
    for found in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = found.read_bytes().decode("utf-8", "replace").split("\0")
        except OSError:  # ended meanwhile
            continue
        if words[0].endswith(program) and file in words[1:]:
            return True
    return False


def seconds_to_window(wine: Wine, screen: Screen, program: Path) -> float:
    """From the start of the program until the screen shows more than an empty frame."""
    screen.wait_empty()
    process = wine.start(wine.told(program))
    seconds = screen.wait_painted()
    time.sleep(0.5)
    close(wine, program, process, by_force=True)
    return seconds


class WindowTrial:
    """Called in the middle of a `Trial`, with the program installed and filled."""

    def __init__(self, wine: Wine, screen: Screen, pictures: Path) -> None:
        self.wine, self.screen, self.pictures = wine, screen, pictures

    def __call__(self, trial: Trial) -> None:
        self._tabs(trial)
        self._double_click(trial)
        self._second_start(trial)
        self._start_time(trial)
        self._old_windows(trial)

    def _tabs(self, trial: Trial) -> None:
        """Drawn by Windows' own platform plugin, not offscreen."""
        made = self.wine.profile / "图片"
        make_folder(made)
        on_screen = Wine(self.wine.root, self.wine.prefix, self.wine.display, {"QT_QPA_PLATFORM": "windows"})
        program = self.wine.told(trial.program)
        freeze.must(on_screen.windows(program, "demo", "--out", self.wine.told(made)), "各页截图")
        pictures = sorted(made.glob("*.png"))
        if not pictures:  # the demo itself fails for want of one
            raise ToolFailed("没有截图。")
        self.pictures.mkdir(parents=True, exist_ok=True)
        for picture in pictures:
            (self.pictures / picture.name).write_bytes(picture.read_bytes())
        trial.note(f"各页截图　{len(pictures)} 张，在 {self.pictures}")

    def _double_click(self, trial: Trial) -> None:
        """On a report package, as the file manager does it: the registry alone leads to our program."""
        # Windows looks among the user's types and the machine's as if they were one; Wine 10 at the machine's.
        for name in (FORMATS["package"], PACKAGE_CLASS):
            copy = ["reg", "copy", rf"{CLASSES}\{name}", rf"HKLM\Software\Classes\{name}", "/s", "/f"]
            freeze.must(self.wine.windows(*copy), "登记文件类型")
        told = self.wine.told(trial.exported["package"])
        self.screen.wait_empty()
        process = self.wine.start("start", told)
        self.screen.wait_painted()
        time.sleep(3)
        self.screen.picture(self.pictures / "双击报告包.png")
        if not is_running_with(trial.program.name, told):
            raise ToolFailed("双击报告包没有用本程序打开。")
        trial.note("双击报告包：由装好的程序打开")
        close(self.wine, trial.program, process, by_force=True)

    def _second_start(self, trial: Trial) -> None:
        """While the window is open: no installing, no removing, and a second start gives its file away."""
        program, wine = self.wine.told(trial.program), self.wine
        process = wine.start(program, "--sample")
        self.screen.wait_painted()
        time.sleep(2)
        self.screen.picture(self.pictures / "窗口.png")
        trial.refuse("程序正在运行", RUNNING)
        done = wine.windows(wine.told(trial.folder / "uninstall.exe"), "/S")
        time.sleep(3)
        if not trial.program.is_file() or not (trial.folder / "_internal").is_dir():
            raise ToolFailed(f"程序正在运行，卸载却没有拒绝（退出码 {done.code}）。")
        freeze.must(wine.windows(program, wine.told(trial.package.workbook), timeout=60), "第二次启动")
        time.sleep(3)
        self.screen.picture(self.pictures / "第二次启动.png")
        if process.poll() is not None:
            raise ToolFailed("第二次启动时，第一个窗口没有了。")
        trial.note("第二次启动：文件交给已开的窗口")
        close(wine, trial.program, process, by_force=True)

    def _start_time(self, trial: Trial) -> None:
        """Taking turns, so that whatever else the machine does weighs on both."""
        bare = bare_window(self.wine)
        times: dict[Path, list[float]] = {bare: [], trial.program: []}
        for number in range(ROUNDS + 1):
            for program, found in times.items():
                seconds = seconds_to_window(self.wine, self.screen, program)
                if number:  # the first warms the disk's cache
                    found.append(seconds)
        ours, theirs = (statistics.median(times[program]) for program in (trial.program, bare))
        trial.note(f"启动到画出窗口　{ours:.2f} 秒，空窗口 {theirs:.2f} 秒，比值 {ours / theirs:.2f}")
        if ours / theirs > SLOWEST:
            raise ToolFailed(f"启动是空窗口的 {ours / theirs:.2f} 倍，最多 {SLOWEST:.0f} 倍。{times}")

    def _old_windows(self, trial: Trial) -> None:
        set_windows(self.wine, "win81")
        trial.refuse("Windows 8.1", TOO_OLD)
        set_windows(self.wine, "win10")
        self._thirty_two_bits(trial)

    def _thirty_two_bits(self, trial: Trial) -> None:
        """A Windows 10 of 32 bits of its own."""
        variables = {"WINEARCH": "win32"}
        old = Wine(self.wine.root, "windows32", self.wine.display, variables)
        discard(old)
        try:
            old.must("wineboot", "wineboot", "-i")
            set_windows(old, "win10")
            shared = self.wine.outside(f"{WORK}/{trial.package.setup.name}")
            shared.write_bytes(trial.package.setup.read_bytes())
            done = old.windows(old.told(shared), "/S")
            freeze.must(done, "32位系统应当拒绝安装", TOO_OLD)
        finally:
            discard(old)
        trial.note(f"32位 Windows 10：拒绝安装，退出码 {TOO_OLD}")


def new_windows(template: Wine, display: str) -> Wine:
    """A Windows nobody has used, for a user whose name is Chinese with a space."""
    return fresh(template, "try", display)
