"""The list of exports: each writes its kind of file from plain values, also in another thread."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.exchange.export_job import ExportJob
from desktop.exchange.exporters import EXPORTERS, suggested_name
from desktop.exchange.file_kind import FileKind, sniff
from desktop.exchange.report_files import preview
from desktop.resource_files.sample import sample_reports
from desktop.resource_files.templates import load_templates
from tests.places import RESOURCES, ROOT

SAMPLE = max(sample_reports(RESOURCES), key=lambda report: report.year)
JOB = ExportJob(load_templates(RESOURCES), SAMPLE.facts, SAMPLE.year, SAMPLE.system, RESOURCES, False)
NAME = FactKey("unit", "this", "name")


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_every_export_writes_its_kind_of_file_in_a_worker(name: str, tmp_path: Path) -> None:
    exporter = EXPORTERS[name]
    path = tmp_path / suggested_name(JOB, exporter)
    with ThreadPoolExecutor(1) as pool:
        notes = pool.submit(exporter.run, path, JOB).result()
    kinds = {".pdf": FileKind.PDF, ".xlsx": FileKind.XLSX, ".docx": FileKind.DOCX, ".zpb": FileKind.PACKAGE}
    assert path.stat().st_size and sniff(path) is kinds.get(exporter.ending, sniff(path))
    assert all(note.endswith(("。", "〓")) or "：" in note for note in notes)


def test_the_registry_goes_by_the_exporters_own_ids() -> None:
    assert {"pdf", "docx", "xlsx", "package"} <= set(EXPORTERS)
    assert all(exporter.id == name for name, exporter in EXPORTERS.items())


def test_the_readme_names_every_format() -> None:
    wanted = f"--format {'|'.join(EXPORTERS)} "
    named = wanted in (ROOT / "README.md").read_text(encoding="utf-8")
    assert named, f"README.md, under 命令行, is to say {wanted}"


def test_the_list_of_exports_loads_none_of_their_engines() -> None:
    """Every start reads it."""
    script = (
        "import sys, desktop.exchange.exporters; print('desktop.exchange.document.compose' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "False"


def test_the_suggested_name_is_safe() -> None:
    pdf = EXPORTERS["pdf"]
    assert suggested_name(JOB, pdf) == "清河县农业农村局2023年度整体支出绩效自评报告.pdf"
    odd = replace(JOB, facts={NAME: 'a/b:c*"?'})
    assert suggested_name(odd, pdf) == "a／b：c＊＂？2023年度整体支出绩效自评报告.pdf"
    assert suggested_name(replace(JOB, facts={}), pdf) == "2023年度整体支出绩效自评报告.pdf"


def test_the_notes_tell_what_is_missing(tmp_path: Path) -> None:
    notes = EXPORTERS["pdf"].run(tmp_path / "x.pdf", replace(JOB, facts={NAME: "𠮷局"}))
    assert any("七、存在的问题及原因分析" in note for note in notes)
    (told,) = (note for note in notes if "〓" in note)
    assert told == "所用字体中没有这些字，已印成“〓”，请改用别的字：“𠮷”（封面）。"
    assert not any("没有" in note for note in EXPORTERS["pdf"].run(tmp_path / "y.pdf", JOB))


def test_characters_without_a_font_are_told_with_their_places(tmp_path: Path) -> None:
    odd = {
        FactKey("narrative", "problems", "text"): "𠮷，\uffff，\ud800，𠮷",
        FactKey("annex2_goals", "this", "expected"): "😀" + "".join(map(chr, range(0xE000, 0xE010))),
        FactKey("narrative", "own:9", "text"): "没有标题的字不印：🏠",
    }
    (told,) = (n for n in EXPORTERS["pdf"].run(tmp_path / "x.pdf", replace(JOB, facts=odd)) if "〓" in n)
    place = "（七、存在的问题及原因分析）"
    assert f"“𠮷”{place}、编码U+FFFF{place}、编码U+D800{place}、“😀”（附件2）、编码U+E000（附件2）" in told
    assert told.endswith("编码U+E005（附件2）等20个。") and "🏠" not in told


@pytest.mark.parametrize("name", ["pdf", "docx"])
def test_what_is_not_printed_is_told(name: str, tmp_path: Path) -> None:
    facts = {**JOB.facts, FactKey("narrative", "own:9", "text"): "党建工作。"}
    notes = EXPORTERS[name].run(tmp_path / "x", replace(JOB, facts=facts))
    assert any("未归入提纲，没有印出：没有标题的文字（5字）" in note for note in notes)
    assert [gap.key.row for gap in preview(replace(JOB, facts=facts)).unplaced] == ["own:9"]


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_a_folder_that_is_not_there_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        EXPORTERS[name].run(tmp_path / "missing" / "x", JOB)


def test_a_preview_is_what_would_be_exported(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    EXPORTERS["pdf"].run(path, JOB)
    assert undated(preview(JOB).pdf) == undated(path.read_bytes())


def undated(pdf: bytes) -> bytes:
    """The file without its date and the mark that follows from it."""
    return re.sub(rb"/ID\s*\[.*?\]", b"", re.sub(rb"\(D:\d{14}[^)]*\)", b"", pdf), flags=re.DOTALL)


def test_a_preview_names_the_places_still_to_be_filled() -> None:
    seen = preview(replace(JOB, facts={FactKey("narrative", "performance", "text"): "𠮷"}))
    assert seen.without_font == ("𠮷",)
    places = {gap.name: gap.key for gap in seen.gaps}
    assert places["单位名称"] == NAME
    assert places["七、存在的问题及原因分析"] == FactKey("narrative", "problems", "text")


def test_a_preview_can_be_broken_off_half_way() -> None:
    """Asked often enough: a newer one should not wait for an older one."""
    asked = list[int]()

    def checkpoint() -> None:
        asked.append(1)
        if len(asked) == 50:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        preview(JOB, checkpoint)
    preview(JOB, lambda: asked.append(1))
    assert len(asked) > 300
