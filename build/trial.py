"""Tries the installer as a user would: install, start, export, upgrade, refuse, uninstall; gives the figures."""

from __future__ import annotations

import re
import shutil
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from freeze import must
from installer import size_of
from machine import Machine, ToolFailed
from version_info import PRODUCT

FOLDER = "ZipingAssistant"
KEY = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{FOLDER}"
CLASSES = r"HKCU\Software\Classes"
PACKAGE_CLASS = "Ziping.ReportPackage"
FORMATS = {"pdf": ".pdf", "docx": ".docx", "xlsx": ".xlsx", "package": ".zpb"}
"""What the command line exports, and how such a file's name ends."""
STALE = "只在旧版里有的文件.txt"
"""Lies in the older build's _internal; an upgrade has to take it away."""
RUNNING, TOO_OLD = 5, 3
UNINSTALL_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Package:
    """What is tried: the installer and an older one, the portable zip, and a workbook to import."""

    setup: Path
    older: Path
    portable: Path
    version: str
    older_version: str
    workbook: Path


def make_folder(folder: Path) -> None:
    """One that the user of the tried Windows may write to, whoever runs this script."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o777)


class Trial:
    """The steps in their order, each of which raises ToolFailed; `figures` are the lines for the record."""

    def __init__(self, machine: Machine, package: Package) -> None:
        self.machine, self.package = machine, package
        self.folder = machine.local / "Programs" / FOLDER
        self.data = machine.local / PRODUCT
        self.figures: list[str] = []
        self.exported: dict[str, Path] = {}
        self._score = ""

    # -- what there is -----------------------------------------------------------------------------------

    @property
    def program(self) -> Path:
        return self.folder / "ziping.exe"

    @property
    def cli(self) -> Path:
        return self.folder / "ziping-cli.exe"

    @property
    def shortcuts(self) -> list[Path]:
        menu = self.machine.roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs"
        return [menu / f"{PRODUCT}.lnk", self.machine.desktop / f"{PRODUCT}.lnk"]

    def note(self, words: str) -> None:
        self.figures.append(words)

    def _expect(self, holds: bool, what: str) -> None:
        if not holds:
            raise ToolFailed(f"试装：{what}")

    def value(self, key: str, *which: str) -> str:
        """A value of the registry, by `/v` and its name, or the key's own by `/ve`; "" where there is none."""
        done = self.machine.windows("reg", "query", key, *which)
        found = re.search(r"\sREG_\w+[^\S\n]+(.*)", done.output)
        return found[1].strip() if found and not done.code else ""

    def registered(self, name: str) -> str:
        """A value of the entry in 应用和功能."""
        return self.value(KEY, "/v", name)

    def opens_packages(self) -> tuple[str, str]:
        """What a double click on a report package leads to: the type, and the type's command."""
        of_ending = self.value(rf"{CLASSES}\{FORMATS['package']}", "/ve")
        return of_ending, self.value(rf"{CLASSES}\{PACKAGE_CLASS}\shell\open\command", "/ve")

    def files(self) -> set[Path]:
        """What lies where an installer may put things, but for the data, temporary files and what we export."""
        own = (self.data, self.machine.local / "Temp")
        roots = (self.machine.local, self.machine.roaming, self.machine.desktop)
        found = {path for root in roots for path in root.rglob("*")}
        return {p for p in found if not any(p == o or p.is_relative_to(o) for o in own)}

    # -- the steps ---------------------------------------------------------------------------------------

    def install(self, setup: Path, version: str, what: str) -> None:
        done = must(self.machine.windows(self.machine.told(setup), "/S"), f"{what}（静默）")
        self._expect(self.program.is_file(), "没有装上程序")
        self._expect(self.registered("DisplayVersion") == version, f"应用和功能里的版本不是 {version}")
        self._expect(all(path.is_file() for path in self.shortcuts), "缺少快捷方式")
        kind, command = self.opens_packages()
        # The folder's name is left out: a Chinese one comes in the console's encoding, whichever that is.
        ours = command.endswith(rf'\{FOLDER}\ziping.exe" "%1"')
        self._expect(kind == PACKAGE_CLASS and ours, f"报告包没有登记为由本程序打开：{kind}，{command}")
        self.note(f"{what}（静默）　{done.seconds:.1f} 秒")

    def fill(self) -> None:
        """Data in the folder a program just installed uses by default."""
        file = self.machine.told(self.package.workbook)
        must(self.machine.windows(self.machine.told(self.cli), "import", file, "--yes"), "导入示例单位的表格")
        self._expect((self.data / "ziping.db").is_file(), f"数据不在 {self.data}")
        self._score = self.score(self.cli)
        self._expect("分" in self._score, "没有得分")

    def score(self, cli: Path) -> str:
        words = ["score", "--unit", "清河县农业农村局", "--year", "2023"]
        return must(self.machine.windows(self.machine.told(cli), *words), "计算得分").output

    def upgrade(self) -> None:
        stale = self.folder / "_internal" / "resources" / STALE
        self._expect(stale.is_file(), "旧版里没有那个旧文件，升级无从检验")
        own = self.folder / "我自己放的.txt"
        own.write_text("留着", encoding="utf-8")
        self.install(self.package.setup, self.package.version, "升级")
        self._expect(not stale.exists(), "升级后还留着旧文件")
        self._expect(own.is_file(), "升级删掉了用户自己的文件")
        own.unlink()
        self._expect(self.score(self.cli) == self._score, "升级后数据变了")
        self.note(f"从 {self.package.older_version} 升级到 {self.package.version}：数据不变，旧文件已清除")
        self.note(f"安装后占用　{size_of(self.folder) / 1e6:.1f} MB")

    def export(self, folder: Path) -> None:
        make_folder(folder)
        for kind, ending in FORMATS.items():
            target = folder / f"自评 报告{ending}"
            words = ["export", "--unit", "清河县农业农村局", "--year", "2023", "--format", kind]
            done = self.machine.windows(
                self.machine.told(self.cli), *words, "-o", self.machine.told(target), timeout=120
            )
            must(done, f"导出 {kind}")
            self._expect(target.stat().st_size > 4096, f"{target.name} 是空的")
            self.exported[kind] = target
        self.note(f"导出 PDF、Word、Excel、报告包到 {self.machine.told(folder)}")

    def smoke_test(self) -> None:
        done = must(self.machine.windows(self.machine.told(self.program), "--smoke-test"), "自检")
        self.note(f"装好的程序自检（各页、计分、全部导出）　{done.seconds:.1f} 秒")

    def refuse(self, why: str, code: int) -> None:
        before = self.registered("DisplayVersion")
        done = self.machine.windows(self.machine.told(self.package.setup), "/S")
        must(done, f"{why}时应当拒绝安装", code)
        self._expect(self.registered("DisplayVersion") == before, f"{why}时还是装了")
        self.note(f"{why}：拒绝安装，退出码 {code}")

    def uninstall(self) -> None:
        """The uninstaller works on in a copy of itself: wait for the folder to go."""
        begun = time.monotonic()
        must(self.machine.windows(self.machine.told(self.folder / "uninstall.exe"), "/S"), "卸载")
        while self.folder.exists() or self.registered("DisplayVersion"):
            if time.monotonic() - begun > UNINSTALL_SECONDS:
                left = [str(p.relative_to(self.folder)) for p in self.folder.rglob("*")][:5]
                raise ToolFailed(f"卸载后还留着 {self.folder}：{left}")
            time.sleep(0.1)
        self.note(f"卸载（静默）　{time.monotonic() - begun:.1f} 秒")
        self._expect(not any(path.exists() for path in self.shortcuts), "卸载后还留着快捷方式")
        self._expect(self.opens_packages() == ("", ""), "卸载后报告包还登记为由本程序打开")
        self._expect((self.data / "ziping.db").is_file(), "卸载删掉了数据")

    def portable(self, folder: Path) -> None:
        """Unpacked on another drive, as it were: the data lie beside the program and nowhere else."""
        with zipfile.ZipFile(self.package.portable) as packed:
            packed.extractall(folder)
        aside = self.data.with_name("别处")
        self.data.rename(aside)
        try:
            top = folder / PRODUCT
            top.chmod(0o777)
            cli, file = self.machine.told(top / "ziping-cli.exe"), self.machine.told(self.package.workbook)
            must(self.machine.windows(cli, "import", file, "--yes"), "便携版导入")
            self._expect(self.score(top / "ziping-cli.exe") == self._score, "便携版的得分不同")
            self._expect((top / "data" / "ziping.db").is_file(), "便携版的数据不在程序旁边")
            self._expect(not self.data.exists(), "便携版在用户文件夹里写了东西")
        finally:
            aside.rename(self.data)
            shutil.rmtree(folder, ignore_errors=True)
        self.note("便携版：数据在程序旁边，用户文件夹里什么也没写")


def run(
    machine: Machine, package: Package, scratch: Path, with_window: Callable[[Trial], None] | None = None
) -> list[str]:
    """All the steps; `with_window` is what can only be tried with a screen, done after the upgrade."""
    trial = Trial(machine, package)
    if trial.folder.exists() or trial.data.exists():
        raise ToolFailed(f"本机已装有程序或已有数据（{trial.folder}、{trial.data}），不在这里试装。")
    before = trial.files()
    trial.note(f"安装程序　{package.setup.stat().st_size / 1e6:.1f} MB")
    trial.install(package.older, package.older_version, "安装旧版")
    trial.fill()
    trial.upgrade()
    trial.export(scratch / "我的 报告")
    trial.smoke_test()
    if with_window:
        with_window(trial)
    trial.uninstall()
    left = trial.files() - before - {trial.folder.parent}
    if left:
        raise ToolFailed(f"卸载后还留着：{sorted(map(str, left))[:8]}")
    trial.note("卸载后没有留下程序的文件")
    trial.portable(scratch / "U盘")
    trial.note("卸载后数据仍在，快捷方式和登记项已清除")
    return trial.figures
