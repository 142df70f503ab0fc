"""The words of a call of the program: which commands there are, and what each takes."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
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


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the words of a call in one Chinese sentence, and exits with 2."""

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
    known = ("import", "score", "audit", "export", "rescue", "demo", "window")
    if not rest or (rest[0] not in known and not rest[0].startswith("-")):
        rest.insert(0, "window")
    elif rest[0] in ("--sample", "--smoke-test"):
        rest = [{"--sample": "window", "--smoke-test": "demo"}[rest[0]], *rest]
    return [*front, *rest]


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m desktop", description="整体支出绩效自评助手")
    parser.add_argument("--data-dir", help="数据文件夹")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser, metavar="命令")
    window = commands.add_parser("window", help="打开窗口（不写命令也是打开窗口）")
    window.add_argument("file", nargs="?", default="")
    window.add_argument("--sample", action="store_true", help="没有数据时打开示例单位")
    taken = commands.add_parser("import", help="导入报告包、表格，或整份报告（正文和附件）")
    taken.add_argument(
        "files", nargs="+", metavar="FILE", help="报告包，Excel、WPS 表格，或 Word、PDF、文本、网页报告"
    )
    taken.add_argument("--unit", help="单位名称")
    taken.add_argument("--year", type=int, help="年度")
    taken.add_argument("--yes", action="store_true", help="不再询问，直接写入")
    taken.add_argument("--json", action="store_true")
    score = commands.add_parser("score", help="计算得分")
    _name_report(score)
    score.add_argument("--json", action="store_true")
    checked = commands.add_parser("audit", help="核对：报告文件、文件夹里的全部报告，或本程序里的一份报告")
    checked.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="Word（.docx、.doc）、WPS、带文字的 .pdf、.txt 或网页文件；文件夹则核对其中（含下级文件夹）的全部报告",
    )
    checked.add_argument("--unit", help="单位名称")
    checked.add_argument("--year", type=int, help="年度")
    checked.add_argument("--json", action="store_true")
    checked.add_argument("--text-out", metavar="T", help="把被核对的文本写到这个文件（只限一份报告）")
    checked.add_argument("-o", "--output", metavar="LIST", help="把核对结果写成一张 Excel 表（.xlsx）")
    checked.add_argument("--marked", metavar="FOLDER", help="把标注稿放到这个文件夹：Word 加批注，PDF 加标记")
    export = commands.add_parser("export", help="导出Excel、PDF、Word或报告包")
    _name_report(export)
    export.add_argument("--format", required=True, choices=tuple(EXPORTERS))
    export.add_argument("-o", "--output", required=True, metavar="OUT")
    saved = commands.add_parser("rescue", help="数据文件损坏时：查看能恢复什么，或恢复")
    saved.add_argument("--use", choices=("salvaged", "backup"), help="用抢救出的内容，或用最新的备份")
    demo = commands.add_parser("demo", help="用示例单位走一遍：计分、导出、各页截图")
    demo.add_argument("--out", default="")
    demo.add_argument("--smoke-test", action="store_true")
    return parser


def _name_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", required=True, help="单位名称")
    parser.add_argument("--year", required=True, type=int, help="年度")
