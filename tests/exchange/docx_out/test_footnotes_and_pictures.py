"""Tables, pictures and footnotes of the text in Word, as another program reads them, and read back by ours."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import docx

from desktop.domain.text_blocks.picture import picture_of
from desktop.exchange.document.blocks import Caption, Cell, Paragraph, PictureBlock, Run, TableBlock, body
from desktop.exchange.docx_out.writer import docx_bytes
from desktop.exchange.file_kind import open_source
from desktop.exchange.import_report.file_body.blocks_of_file import blocks_in
from desktop.exchange.read_text.any_file import lines_in


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


WHITE = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 2, 8, 0, 0, 0, 0))
WHITE += chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff\xff" * 2)) + chunk(b"IEND", b"")


def written() -> bytes:
    picture = picture_of(WHITE, 40)
    assert picture is not None
    table = TableBlock((3.0, 4.0), ((Cell("项目", cols=2),), (Cell("工资"), Cell("2.00"))), 1, points=12)
    blocks = (
        Paragraph((Run("支出12万元", note="按决算口径"), Run("，其余见表。"))),
        Caption("表1 收支情况"),
        Caption("单位：万元", "right"),
        table,
        PictureBlock(picture),
        Caption("图1 工地", above=False),
        body("完。"),
    )
    return docx_bytes(blocks, title="报告", author="某局")[0]


def test_another_program_finds_table_picture_and_captions() -> None:
    document = docx.Document(io.BytesIO(written()))
    assert [cell.text for row in document.tables[0].rows for cell in row.cells] == [
        "项目",
        "项目",
        "工资",
        "2.00",
    ]
    (shape,) = document.inline_shapes
    assert round(shape.width.mm) == 40 and round(shape.height.mm) == 20
    styles = {p.text: p.style.name for p in document.paragraphs if p.style is not None}
    assert styles["表1 收支情况"] == "Caption" and styles["图1 工地"] == "图题"


def test_what_is_written_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(written())
    lines = lines_in(open_source(path), whole=True)
    assert lines[0].marked_text == "支出12万元⟦note=〔注：按决算口径〕⟧，其余见表。"
    table, picture = blocks_in(lines)[0].values()
    assert table.rows == (("项目", ""), ("工资", "2.00"))  # type: ignore[union-attr]
    assert picture == picture_of(WHITE, 40)
