"""The words of a call of the program: which commands there are, and what each takes."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

from desktop import __version__
from desktop.errors import UserError
from desktop.exchange.exporters import EXPORTERS

_MISUSES = (
    ("required", "没有写全"),
    ("unrecognized", "不认识"),
    ("invalid choice", "的取值不对"),
    ("invalid int", "应是数字"),
    ("expected", "后面缺少内容"),
    ("ambiguous", "不明确"),
)
"""What argparse complains of, in Chinese."""


_COMMANDS = ("import", "score", "audit", "export", "task", "rescue", "demo", "window")


def program() -> str:
    """How the command line is called: by its own program where it is packed, else as a module."""
    if not getattr(sys, "frozen", False):
        return "python -m desktop"
    return "ziping-cli.exe" if sys.platform == "win32" else "ziping"


class _Help(argparse.HelpFormatter):
    """What argparse says by itself, in Chinese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the words of a call in one Chinese sentence, and exits with 2."""

    def __init__(self, *, prog: str, description: str = "") -> None:
        super().__init__(prog=prog, description=description, add_help=False, formatter_class=_Help)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        said = next((words for start, words in _MISUSES if start in message), "")
        about = " ".join(re.findall(r"(?<![\w-])-{1,2}[a-z-]+(?:/-{1,2}[a-z-]+)?", message))
        detail = f"（{about}{said}）" if said else ""
        raise UserError(f"命令的写法不对{detail}。", f"请用 {self.prog} --help 查看用法。")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The chosen `command` by name, and all that was said with it. UserError where the call is miswritten."""
    return _parser().parse_args(_data_dir_first(arguments))


def _data_dir_first(arguments: Sequence[str]) -> list[str]:
    """`--data-dir` may stand anywhere; argparse wants it before the command. A bare file opens the window."""
    rest, front = list(arguments), []
    for number, word in enumerate(rest):
        if word == "--data-dir" and number + 1 < len(rest):
            front = rest[number : number + 2]
            del rest[number : number + 2]
            break
        if word.startswith("--data-dir="):
            front = [rest.pop(number)]
            break
    if not rest or (rest[0] not in _COMMANDS and not rest[0].startswith("-")):
        _refuse_mistyped(rest)
        rest.insert(0, "window")
    elif rest[0] in ("--sample", "--smoke-test"):
        rest = [{"--sample": "window", "--smoke-test": "demo"}[rest[0]], *rest]
    return [*front, *rest]


def _refuse_mistyped(words: Sequence[str]) -> None:
    """`scroe`: neither a command nor a file to open. A windowed program has nowhere to say so: its window will."""
    if words and sys.stderr is not None and not Path(words[0]).exists():
        raise UserError(
            f"“{words[0]}”不是命令，也没有这个文件。",
            f"命令有 {'、'.join(_COMMANDS)}；请用 {program()} --help 查看用法。",
        )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog=program(), description="整体支出绩效自评助手")
    parser.add_argument("--data-dir", metavar="文件夹", help="数据所在的文件夹；不写则用平常的位置")
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser, metavar="命令")
    window = commands.add_parser("window", help="打开窗口（不写命令也是打开窗口）")
    window.add_argument(
        "file",
        nargs="?",
        default="",
        metavar="文件",
        help="报告包、表格或报告，打开后导入；任务包，打开后领取",
    )
    window.add_argument("--sample", action="store_true", help="没有数据时打开示例单位")
    taken = commands.add_parser("import", help="导入报告包、表格，或整份报告（正文和附件）；任务包则领取")
    taken.add_argument(
        "files",
        nargs="+",
        metavar="文件",
        help="报告包，Excel、WPS 表格，或 Word、PDF、文本、网页报告；任务包",
    )
    taken.add_argument("--unit", metavar="单位", help="单位名称；不写则以文件中的为准")
    taken.add_argument("--year", metavar="年度", type=int, help="年度；不写则以文件中的为准")
    taken.add_argument("--yes", action="store_true", help="不再询问，直接写入")
    _offer_json(taken)
    score = commands.add_parser("score", help="计算得分")
    _name_report(score)
    _offer_json(score)
    checked = commands.add_parser("audit", help="核对：报告文件、文件夹里的全部报告，或本程序里的一份报告")
    checked.add_argument(
        "files",
        nargs="*",
        metavar="文件",
        help="Word（.docx、.doc）、WPS、带文字的 .pdf、.txt 或网页文件；文件夹则核对其中（含下级文件夹）的全部报告",
    )
    checked.add_argument("--unit", metavar="单位", help="单位名称")
    checked.add_argument("--year", metavar="年度", type=int, help="年度")
    _offer_json(checked)
    checked.add_argument("--text-out", metavar="文本", help="把被核对的文本写到这个文件（只限一份报告）")
    checked.add_argument("-o", "--output", metavar="表.xlsx", help="把核对结果写成一张 Excel 表（.xlsx）")
    checked.add_argument("--marked", metavar="文件夹", help="把标注稿放到这个文件夹：Word 加批注，PDF 加标记")
    export = commands.add_parser("export", help="导出Excel、PDF、Word或报告包")
    _name_report(export)
    export.add_argument("--format", required=True, choices=tuple(EXPORTERS), help="写成什么文件")
    endings = "、".join(exporter.ending for exporter in EXPORTERS.values())
    export.add_argument(
        "-o", "--output", required=True, metavar="文件", help=f"写到这个文件，以相应的扩展名结尾（{endings}）"
    )
    _add_task(commands.add_parser("task", help="任务包：制作、查看、领取财政部门下发的表样"))
    saved = commands.add_parser("rescue", help="数据文件损坏时：查看能恢复什么，或恢复")
    saved.add_argument("--use", choices=("salvaged", "backup"), help="用抢救出的内容，或用最新的备份")
    demo = commands.add_parser("demo", help="用示例单位走一遍：计分、导出、各页截图")
    demo.add_argument("--out", default="", metavar="文件夹", help="结果放到这个文件夹；不写则只试不留")
    demo.add_argument("--smoke-test", action="store_true", help="同上，用来检查程序是否完好")
    return parser


def _add_task(parser: argparse.ArgumentParser) -> None:
    deeds = parser.add_subparsers(dest="deed", required=True, parser_class=_Parser, metavar="做什么")
    made = deeds.add_parser("make", help="制作任务包：用文件夹里的表样，或用一份报告的表样和提纲")
    made.add_argument(
        "folder", nargs="?", default="", metavar="文件夹", help="放着 forms.toml 等表样文件的文件夹"
    )
    made.add_argument("--unit", metavar="单位", help="不用文件夹时：用这个单位的报告")
    made.add_argument("--year", metavar="年度", type=int, help="不用文件夹时：用这个年度的报告")
    made.add_argument("--for-year", metavar="年度", type=int, help="任务的年度；不写则与报告相同")
    for name, words in _ABOUT_TASK.items():
        made.add_argument(f"--{name}", metavar="文字", help=words)
    made.add_argument("--issue", metavar="次数", type=int, help="第几次发布；改动后再发，次数加一")
    made.add_argument(
        "-o", "--output", required=True, metavar="任务包.zpt", help="写到这个文件，以 .zpt 结尾"
    )
    shown = deeds.add_parser("show", help="查看任务包里有什么，不领取")
    shown.add_argument("file", metavar="任务包.zpt")
    taken = deeds.add_parser("take", help="领取任务包：以后新建、打开报告时可以用它的表样")
    taken.add_argument("files", nargs="+", metavar="任务包.zpt")
    listed = deeds.add_parser("list", help="列出已领取的任务")
    removed = deeds.add_parser("remove", help="移除没有报告在用的任务")
    removed.add_argument("edition", metavar="代号", help="task list 列出的代号")
    for parser_ in (made, shown, taken, listed):
        _offer_json(parser_)


_ABOUT_TASK = {
    "id": "代号，以年度结尾，例如 清河县财政局-2024；再次发布时不变",
    "name": "任务名称",
    "issuer": "制发单位",
    "deadline": "截止日期，例如 2025-03-31",
    "note": "填报要求",
    "issued": "发布日期；不写则为今天",
}


def _name_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", required=True, metavar="单位", help="单位名称")
    parser.add_argument("--year", required=True, metavar="年度", type=int, help="年度")


def _offer_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="结果写成 JSON，供别的程序读取")
