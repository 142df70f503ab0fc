"""Import of a workbook against reading it with openpyxl; the PDF of a cold process against LibreOffice."""

from __future__ import annotations

import html
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desktop import paths
from desktop.domain.keys import FactKey
from desktop.exchange.document.blocks import Cell, TableBlock, texts
from desktop.exchange.document.compose import compose
from desktop.storage.catalog import Report
from desktop.workplace import Workplace
from tests.bench.table import Row, seconds
from tests.bench.windows import ROOT

RUNS = 5
UNIT = "清河县长报告单位"
BODY_CHARACTERS = 17_000
"""Fills about thirty pages of 22 lines of 28 characters."""


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = Workplace.open(paths.locate(folder / "data"), paths.resources_dir())
        found = [_import_row(place, folder)]
        long_report(place)
        place.close()
        return [*found, *_pdf_rows(folder)]


def _import_row(place: Workplace, folder: Path) -> Row:
    import openpyxl

    report = place.add_samples()
    book = folder / "book.xlsx"
    place.export_task(report, "xlsx").run(book)

    def plan() -> None:
        source = place.read_source(book)
        place.draft_import(source, "清河县新单位", 2023)

    return Row(
        "导入预览（附件1–3工作簿）÷ openpyxl读取",
        seconds(plan),
        "s",
        seconds(lambda: openpyxl.load_workbook(book)),
    )


def long_report(place: Workplace) -> Report:
    """The sample with about thirty pages of text."""
    key = FactKey("narrative", "performance", "text")
    facts = place.store.facts(place.add_samples().id)
    return place.create(UNIT, 2023, facts=facts | {key: _long_text(facts[key])})


def _long_text(text: str) -> str:
    return "\n".join(text for _ in range(BODY_CHARACTERS // len(text) + 1))


def _pdf_rows(folder: Path) -> list[Row]:
    target = folder / "report.pdf"
    words = ["--data-dir", str(folder / "data"), "export", "--unit", UNIT, "--year", "2023"]
    command = [sys.executable, "-m", "desktop", *words, "--format", "pdf", "-o", str(target)]
    if shutil.which("soffice") is None:
        print("没有 LibreOffice：不比较PDF。", file=sys.stderr)
        return []
    source = folder / "same.html"
    source.write_text(_same_content(folder), encoding="utf-8")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    to_docx = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx:Office Open XML Text",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*to_docx, str(source)], capture_output=True, check=True)
    office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "office")]
    pairs = [(_taken(command), _taken([*office, str(folder / "same.docx")])) for _ in range(RUNS + 1)][1:]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    return [Row("报告PDF（附件1–3和约30页正文，新进程）÷ LibreOffice转换同样内容", ours, "s", theirs, 0.4)]


def _same_content(folder: Path) -> str:
    """Every block of the report with its tables, as a page that LibreOffice makes a Word file of."""
    place = Workplace.open(paths.locate(folder / "data"), paths.resources_dir())
    document = compose(place.assess(place.find(UNIT, 2023)))
    place.close()
    parts = []
    for block in document.blocks:
        if isinstance(block, TableBlock):
            rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in block.rows)
            parts.append(f'<table border="1" width="100%">{rows}</table>')
        else:
            parts += [f"<p style='font-size:16pt'>{html.escape(text)}</p>" for text in texts(block)]
    return f'<html><head><meta charset="utf-8"></head><body>{"".join(parts)}</body></html>'


def _cell(cell: Cell) -> str:
    return f'<td colspan="{cell.cols}" rowspan="{cell.rows}">{html.escape(cell.text)}</td>'


def _taken(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return time.perf_counter() - start
