"""One command for whoever works on the program: run | test | bench | pictures | lock. Needs only Python 3.11 or later.

python3 build/dev.py run            the program with a sample report; without a screen, its files in out/
python3 build/dev.py test [...]     style, types, tests; what follows goes to pytest
python3 build/dev.py bench          measured against the references, as one table
python3 build/dev.py pictures       take the pictures of README.md anew
python3 build/dev.py lock           write the newest versions within the bounds to build/locked.txt
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

MINIMUM = (3, 11)
ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "dependencies.stamp"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
# .pre-commit-config.yaml runs the same ones before a commit.
CHECKS = {
    "ruff check": "ruff check --quiet .",
    "ruff format": "ruff format --quiet --check .",
    "mypy": "mypy --no-error-summary",
}
PICTURES = {
    "forms": "5 附表",
    "indicators": "4 指标表 附件2 整体自评表",
    "narrative": "6 自评报告",
    "preview": "7 打印预览",
    "three_public": "3 三公经费",
    "structure": "8 导入 文件结构",
}
"""Those in resources/help/pictures, and what the demo calls them."""
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"


def say(text: str) -> None:
    """Progress goes to stderr, so that stdout is the tools' own."""
    print(text, file=sys.stderr, flush=True)


def requirements(project: dict[str, Any]) -> list[str]:
    """What pip is to install: the program's dependencies and those of its tests, with their bounds."""
    return [*project["project"]["dependencies"], *project["dependency-groups"]["test"]]


def fingerprint(wanted: list[str], lock: str) -> str:
    """Changes when a dependency, its locked version or Python does; a new ruff rule costs no installation."""
    return hashlib.sha256("\n".join([VERSION, *wanted, lock]).encode()).hexdigest()


def prepare(for_screens: bool = False) -> bool:
    """A virtual environment with all that pyproject.toml asks for; False after having said what is wrong.

    `for_screens`: with what a window needs of the system, though nobody looks at one here.
    """
    import tomllib  # not before main has seen that this Python has it

    from locked import LOCKED
    from system_packages import has_screen, missing_packages, provide

    wanted = requirements(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    stamp = fingerprint(wanted, LOCKED.read_text(encoding="utf-8"))
    sound = venv_is_sound()
    if not provide(missing_packages(for_screens or has_screen(), need_venv=not sound)):
        return False
    if sound and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == stamp:
        return True
    if not sound and not make_venv():
        return False
    say("正在安装依赖（首次约需几分钟）……")
    STAMP.unlink(missing_ok=True)
    if not install(wanted):
        say("安装依赖失败：请检查网络或 pip 的软件源设置，然后重新运行。")
        return False
    STAMP.write_text(stamp, encoding="utf-8")
    return True


def install(wanted: list[str]) -> bool:
    """The versions of the lock, where it was made for such a machine and they can be had; then the bounds.

    The bounds are asked for in either case: of a sound lock nothing is left to do, and where it lacks
    something or cannot be had, they are what counts.
    """
    from locked import LOCKED, machine, made_for

    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input"]
    other = made_for(LOCKED.read_text(encoding="utf-8"))
    if other != machine():
        say(f"build/locked.txt 是为 {other} 定的，本机是 {machine()}：按 pyproject.toml 的版本范围安装。")
    elif run([*pip, "--require-hashes", "-r", str(LOCKED)]):
        say("build/locked.txt 所定的版本没有装成（见上）：改按 pyproject.toml 的版本范围安装。")
    return run([*pip, *wanted]) == 0


def venv_is_sound() -> bool:
    """Whether .venv holds a working Python of our version, with pip."""
    if not PYTHON.exists():
        return False
    ask = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=False)
    except OSError:  # of another system or processor
        return False
    return answer.stdout.strip() == VERSION


def make_venv() -> bool:
    """Make .venv anew; what a broken or older one held is thrown away."""
    say("正在建立虚拟环境 .venv ……")
    # Of a virtual environment, its base: a venv that another one's Python made dies with that one.
    base = getattr(sys, "_base_executable", None) or sys.executable
    if run([base, "-m", "venv", "--clear", str(VENV)]):
        say(f"建立虚拟环境失败：请确认 {VENV} 可以写入，且本机 Python 带有 venv 与 ensurepip。")
        return False
    return True


def run(command: list[str], **environ: str) -> int:
    """Run in the project's folder with the screen as it is; the exit code."""
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environ}, check=False).returncode


def do_run(rest: list[str]) -> int:
    from system_packages import has_screen

    if has_screen():
        return run([str(PYTHON), "-m", "desktop", "--sample", *rest])
    say("没有可用的屏幕：改为把示例单位的报告、工作簿和界面图片写到 out/。")
    command = [str(PYTHON), "-m", "desktop", "demo", "--out", "out/", *rest]
    return run(command, QT_QPA_PLATFORM="offscreen")


def do_test(rest: list[str]) -> int:
    """All of them even if one fails; pytest last, because its summary is the line that CI reads."""
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    failed = []
    for name, command in CHECKS.items():
        say(f"{name} ……")
        if run([str(PYTHON), "-m", *command.split()]):
            failed.append(name)
    if failed:
        say(f"未通过：{'、'.join(failed)}（见上）。继续运行 pytest。")
    # Both cores pay for the whole suite; for a few chosen tests, starting workers costs more than it saves.
    chosen = rest or ["-q", "-n", "auto", "--max-worker-restart", "0"]
    code = run([str(PYTHON), "-m", "pytest", *chosen], QT_QPA_PLATFORM=platform)
    return code or (1 if failed else 0)


def do_bench(rest: list[str]) -> int:
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    return run([str(PYTHON), "-m", "tests.bench", *rest], QT_QPA_PLATFORM=platform)


def do_pictures(rest: list[str]) -> int:
    """Of the sample unit, as the demo takes them without a screen: the same on every machine with these fonts."""
    with tempfile.TemporaryDirectory() as made:
        command = [str(PYTHON), "-m", "desktop", "demo", "--out", made, *rest]
        if code := run(command, QT_QPA_PLATFORM="offscreen"):
            return code
        for name, taken in PICTURES.items():
            shutil.copyfile(Path(made) / f"{taken}.png", ROOT / "resources/help/pictures" / f"{name}.png")
    return 0


def do_lock(rest: list[str]) -> int:
    """Ask pip what it would install on an empty machine; nothing is installed before the next command."""
    import tomllib

    from locked import LOCKED, lines

    wanted = requirements(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    ask = [str(PYTHON), "-m", "pip", "install", "-q", "--dry-run", "--ignore-installed", "--report", "-"]
    answer = subprocess.run([*ask, *wanted], stdout=subprocess.PIPE, check=False, cwd=ROOT)
    if answer.returncode:
        say("没有生成 build/locked.txt：pip 的说明见上。")
        return 1
    LOCKED.write_text(lines(json.loads(answer.stdout)), encoding="utf-8", newline="\n")
    say("已写好 build/locked.txt：请运行 python3 build/dev.py test，全部通过后再提交。")
    return 0


COMMANDS = {"run": do_run, "test": do_test, "bench": do_bench, "pictures": do_pictures, "lock": do_lock}


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console that cannot show Chinese
    if sys.version_info[:2] < MINIMUM:
        say(f"需要 Python 3.11 或更高版本，当前是 {VERSION}：请安装后改用 python3.11 build/dev.py 运行。")
        return 2
    if not arguments or arguments[0] not in COMMANDS:
        say("用法：python3 build/dev.py run|test|bench|pictures|lock")
        return 2
    if not prepare():
        return 1
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
