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
from desktop.workplace import Workplace
from tests.bench.table import Row, seconds
from tests.bench.windows import ROOT

RUNS = 5
BODY_CHARACTERS = 17_000
"""Fills about thirty pages of 22 lines of 28 characters."""


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = Workplace.open(paths.locate(folder / "data"), paths.resources_dir())
        report = place.add_samples()
        found = [_import_row(place, folder)]
        text = _long_text(place.store.facts(report.id)[FactKey("narrative", "performance", "text")])
        facts = place.store.facts(report.id) | {FactKey("narrative", "performance", "text"): text}
        place.create("清河县长报告单位", 2023, facts=facts)
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


def _long_text(text: str) -> str:
    return "\n".join(text for _ in range(BODY_CHARACTERS // len(text) + 1))


def _pdf_rows(folder: Path) -> list[Row]:
    target = folder / "report.pdf"
    words = ["--data-dir", str(folder / "data"), "export", "--unit", "清河县长报告单位", "--year", "2023"]
    command = [sys.executable, "-m", "desktop", *words, "--format", "pdf", "-o", str(target)]
    ours = _median(command)
    if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
        print("没有 LibreOffice 或 poppler：不比较PDF。", file=sys.stderr)
        return []
    source = folder / "same.html"
    source.write_text(_same_content(target), encoding="utf-8")
    office = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf:writer_web_pdf_Export",
        "--outdir",
        str(folder),
        str(source),
    ]
    return [Row("报告PDF（附件1–3和正文，新进程）÷ LibreOffice转换", ours, "s", _median(office), 0.4)]


def _same_content(pdf: Path) -> str:
    """The text of our PDF as a web page: LibreOffice gets no tables to lay out, which only helps it."""
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.stdout.splitlines() if line.strip())
    return f'<html><meta charset="utf-8"><body>{lines}</body></html>'


def _median(command: list[str]) -> float:
    taken = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])
