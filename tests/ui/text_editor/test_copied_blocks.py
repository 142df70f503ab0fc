"""What other programs get of a copied text with a table, a picture and a footnote in it."""

from __future__ import annotations

from desktop.domain.fields import fields
from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.picture import Picture, stored_picture
from desktop.ui.session import Session
from desktop.ui.text_editor.copied_blocks import as_page, as_text

_PNG = b"\x89PNG\r\n\x1a\n" + bytes(8) + (8).to_bytes(4) + (6).to_bytes(4)


def test_tables_go_as_tables_and_pictures_as_pictures(session: Session) -> None:
    table, picture = FactKey("blocks", "1", "table"), FactKey("blocks", "2", "picture")
    session.write(
        "填写",
        [(table, '{"rows":[["<项目>","⟦year⟧"]]}'), (picture, stored_picture(Picture("png", 8, 6, _PNG)))],
    )
    stored = "甲⟦note=〔注：乙〕⟧\n⟦block 1⟧\n丙\n⟦block 2⟧"
    pieces = fields.pieces(session.assessment, stored)
    assert as_text(session.assessment, pieces) == "甲〔注：乙〕\n<项目>\t2023\n丙\n"
    page = as_page(session.assessment, pieces)
    assert page.startswith("<p>甲（注：乙）</p><table")
    assert "&lt;项目&gt;" in page and "<p>丙</p>" in page and "data:image/png" in page
