"""What was found in several files: as an Excel list, as JSON and as lines for the console."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop.audit.finding import LEVELS
from desktop.exchange.audited.audited_file import AuditedFile
from desktop.exchange.excel_out.findings_list import INKS
from desktop.exchange.excel_out.list_sheet import ListKind, list_bytes
from desktop.exchange.findings_out import audit_json

UNREADABLE, NOTHING = "读不出", "没有发现问题"
KIND = ListKind(
    sheet="核对结果",
    heads=("文件", "级别", "规则", "内容", "应为", "原文", "页", "位置"),
    widths=(28, 8, 20, 52, 16, 30, 12, 36),
    nothing=NOTHING,
    told_in=3,
    inks={**INKS, UNREADABLE: INKS[LEVELS[0]]},
    inked=2,
)
_MOST_LINES = 5000
"""Of one file: more is no report, and the sheet is to be read."""
_LONGEST_QUOTE, _SHOWN = 200, 60
"""Characters, in the sheet and on the console."""


def sheet_lines(files: Sequence[AuditedFile], names: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """The lines of the list; each file has one at least. `names` are those of the rules by their codes."""
    for file in files:
        if file.error or file.remark or not file.findings:
            said = file.error or file.remark or NOTHING
            yield file.name, UNREADABLE if file.error else "", "", said, "", "", "", ""
        if file.forms is not None:
            yield file.name, "", "", file.forms.in_words(), "", "", "", ""
        told = file.told()
        for each in told[:_MOST_LINES]:
            finding = each.findings[0]
            rule = f"{finding.code} {names.get(finding.code, '')}".strip()
            quote = _short(file.quote(finding), _LONGEST_QUOTE)
            line = finding.level, rule, each.message, finding.expected, quote, each.pages, each.places
            yield file.name, *line
        left = len(told) - _MOST_LINES
        if left > 0:
            yield file.name, "", "", f"另有{left}条没有列出", "", "", "", ""


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[:most]}…"


def list_of(files: Sequence[AuditedFile], names: Mapping[str, str]) -> bytes:
    """The list as an .xlsx; its title says how much was found."""
    return list_bytes(KIND, f"核对结果（{summary(files)}）", list(sheet_lines(files, names)))


def files_json(files: Sequence[AuditedFile]) -> list[dict[str, Any]]:
    """The shape of the command line's `audit --json` of several files."""
    return [
        {"file": str(file.path), **({"error": file.error} if file.error else file_json(file))}
        for file in files
    ]


def file_json(file: AuditedFile) -> dict[str, Any]:
    """The same of one file."""
    doubt = {"remark": file.remark} if file.remark else {}
    tables = {"tables": file.forms._asdict()} if file.forms is not None else {}
    return {**audit_json(file.text, file.findings, file.numbers, file.pages), **tables, **doubt}


def files_in_words(files: Sequence[AuditedFile]) -> str:
    """File by file, and at the end how many there were."""
    parts = [f"== {file.name}\n{file.error or file_in_words(file)}" for file in files]
    return "\n\n".join([*parts, summary(files)])


def file_in_words(file: AuditedFile) -> str:
    """Under each finding where it stands and the words it is about; nothing found is said, too."""
    lines = [f"注意：{file.remark}。"] if file.remark else []
    lines += [f"{file.forms.in_words()}。"] if file.forms is not None else []
    lines.append("　".join(f"{level} {count}" for level, count in file.counts.items()))
    for each in file.told():
        finding = each.findings[0]
        lines.append(f"[{finding.level}] {finding.code}　{each.message}")
        quote = _short(file.quote(finding), _SHOWN)
        place = "　".join(filter(None, [each.where, f"“{quote}”" if quote else ""]))
        lines += [f"        {place}"] if place else []
    return "\n".join(lines if file.findings else [*lines[:-1], "没有发现问题。"])


def summary(files: Sequence[AuditedFile]) -> str:
    """`共3份：错误 2　核实 1　提示 0；1份读不出`"""
    counts = "　".join(f"{level} {sum(file.counts[level] for file in files)}" for level in LEVELS)
    unread = sum(bool(file.error) for file in files)
    return f"共{len(files)}份：{counts}" + (f"；{unread}份读不出" if unread else "")
