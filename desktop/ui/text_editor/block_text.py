"""Tables, pictures and footnotes in the editor: how they come in, are seen into, are copied and go."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QMimeData

from desktop.domain.assessment import Assessment
from desktop.domain.fields import fields
from desktop.domain.fields.block_fields import block_at, fact_of, shown_block, stands_for_itself
from desktop.domain.fields.fields import Piece
from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.marks import BLOCK, NOTE, next_numbers, note_shown
from desktop.domain.text_blocks.picture import Picture
from desktop.domain.text_blocks.text_table import TextTable, parse_table
from desktop.ui.hints import paragraph
from desktop.ui.session import Session
from desktop.ui.text_editor import field_document as doc
from desktop.ui.text_editor.chip_text import NOTE_HEAD, ChipText
from desktop.ui.text_editor.field_document import Run
from desktop.ui.text_editor.field_text import MIME
from desktop.ui.text_editor.marked_text import MarkedText

Block = TextTable | Picture
BLOCKS_MIME = "application/x-report-blocks"
"""What the marks of a copied text stand for, beside it: it may be pasted when they are gone, or elsewhere."""


class BlockText(ChipText):
    """A block and its mark come in as one step of the session, and go as one when that is undone."""

    def __init__(self, session: Session, key: FactKey) -> None:
        super().__init__(session, key)
        self.opened.connect(self.open_block)

    @property
    def session(self) -> Session:
        """For what stands beside the editor and puts blocks into it."""
        return self._session

    def words(self) -> str:
        """What is written here: without the names of tables and pictures, and without footnotes."""
        return words_of(doc.pieces_of(self.document()))

    # -- seeing into them --------------------------------------------------------------------------------

    def open_block(self, number: str) -> None:
        """The dialog of a table or picture; what is agreed to there is a step of its own."""
        from desktop.ui.dialogs.text_blocks import changed_block

        self.save()
        session = self._session
        block = block_at(session.sheet, number)
        new = changed_block(session, block, self.window()) if block is not None else None
        if new is not None:
            key, stored = fact_of(new, number)
            session.write(f"修改{_kind(new)}", [(key, stored)])
        self.setFocus()

    def own_deeds(self, run: Run) -> list[tuple[str, Callable[[], object]]] | None:
        if run.block:
            picture = isinstance(block_at(self._session.sheet, run.block), Picture)
            words = "查看图片…" if picture else "编辑表格…"
            return [(words, lambda: self.open_block(run.block)), ("删除", lambda: self._remove(run))]
        if run.is_note:
            plain = ("改为普通文字", lambda: self.change_field(run, plain=True))
            return [plain, ("删除脚注", lambda: self._remove(run))]
        return None

    def _remove(self, run: Run) -> None:
        self.delete_run(run)
        self.save()

    def hint_at(self, position: int) -> str:
        """Of a table or picture the thing itself, below what is wrong with it."""
        run = self.field_at(position)
        block = block_at(self._session.sheet, run.block) if run is not None and run.block else None
        if block is not None:
            from desktop.ui.text_editor.block_hints import block_hint

            return MarkedText.hint_at(self, position) + block_hint(self._session.assessment, block)
        if run is not None and run.is_note:
            return MarkedText.hint_at(self, position) + paragraph("脚注：印在本页下方，正文里只印编号")
        return super().hint_at(position)

    # -- putting in --------------------------------------------------------------------------------------

    def insert_block(self, block: Block) -> bool:
        """On a line of its own, behind the paragraph the cursor is in."""
        ends = self.textCursor()
        ends.clearSelection()
        if ends.block().text().strip():
            ends.movePosition(ends.MoveOperation.EndOfBlock)
        self.setTextCursor(ends)
        return self.insert_parts([block], f"插入{_kind(block)}")

    def insert_parts(self, parts: Iterable[str | Block], label: str) -> bool:
        """Text and new blocks at the cursor, the blocks' content with them, as one step."""
        free = next_numbers(self._session.facts)
        pieces: list[Piece] = []
        facts: dict[FactKey, str] = {}
        for part in parts:
            if isinstance(part, str):
                pieces.append(Piece(part))
                continue
            number = next(free)
            key, stored = fact_of(part, number)
            facts[key] = stored
            pieces.append(Piece(shown_block(part), f"{BLOCK} {number}"))
        return self._insert_as_step(pieces, facts, label)

    def _insert_as_step(self, pieces: list[Piece], facts: Mapping[FactKey, str], label: str) -> bool:
        self.save()
        if self.unsaved or self._session.report is None:
            return False  # it could not be saved, which was told
        self.insert_pieces(pieces)
        self.save_as(label, facts.items())
        if self.unsaved:
            self._stored = None  # marks without their blocks are not to stay
            self.load()
            return False
        return True

    def insert_note(self) -> None:
        """An empty footnote behind the cursor, which goes to where its words are typed."""
        self._active = 0
        place = self.textCursor().selectionEnd()
        around = next((r for r in self._near() if r.start < place < r.end or r.block), None)
        line = self.document().findBlock(place).position()
        if (around is not None and around.block) or not doc.between(self.document(), line, place).strip():
            self._session.said.emit("请先把光标放到要加注的文字后面")
            return
        self._select(*(around.end if around is not None else place,) * 2)
        note = note_shown("")
        self.insert_pieces([Piece(note, NOTE, frozen=True)])
        inside = self.textCursor().position() - len(note) + NOTE_HEAD
        self._select(inside, inside)
        self.setFocus()

    # -- copying -----------------------------------------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:
        """The blocks that are copied come along, for other programs as tables and pictures."""
        from desktop.domain.text_blocks.copies import block_facts

        data = super().createMimeDataFromSelection()
        stored = bytes(data.data(MIME).data()).decode()
        facts = block_facts(stored, self._session.facts)
        if facts:
            from desktop.ui.text_editor.copied_blocks import as_page, as_text

            brought = [[*key, text] for key, text in facts.items()]
            data.setData(BLOCKS_MIME, json.dumps(brought, ensure_ascii=False).encode())
            pieces = fields.pieces(self._session.assessment, stored)
            data.setText(as_text(self._session.assessment, pieces))
            data.setHtml(as_page(self._session.assessment, pieces))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return super().canInsertFromMimeData(source) or (source.hasImage() and not source.hasUrls())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Tables and pictures become blocks, in one step with the text around them."""
        if source.hasFormat(MIME):
            self._insert_ours(source)
            return
        from desktop.exchange.import_report.pasted import pasted_parts
        from desktop.ui.text_editor.copied_blocks import CELLS_MIME

        cells = parse_table(bytes(source.data(CELLS_MIME).data()).decode(errors="replace"))
        if cells is not None and (len(cells.rows) > 1 or cells.width > 1):
            self.insert_parts([cells], "粘贴表格")
            return
        parts = pasted_parts(source.html(), source.text())
        if parts:
            cursor = self.textCursor()
            behind_words = not cursor.hasSelection() and cursor.atBlockEnd() and cursor.block().text().strip()
            self.insert_parts(["\n", *parts] if behind_words else parts, "粘贴表格")
        elif source.hasText() and source.text().strip():
            super().insertFromMimeData(source)
        elif source.hasImage():
            from desktop.ui.text_editor.picture_files import picture_of_image

            picture = picture_of_image(source.imageData())
            if picture is not None:
                self.insert_parts([picture], "粘贴图片")
            return
        if "<img" in source.html().lower():
            self._session.said.emit("文字已粘贴；其中的图片没有带入，请单独复制图片再粘贴")

    def _insert_ours(self, source: QMimeData) -> None:
        from desktop.domain.text_blocks.copies import put_in_again, standing_numbers

        session = self._session
        stored = bytes(source.data(MIME).data()).decode(errors="replace")
        brought = _brought(bytes(source.data(BLOCKS_MIME).data()))
        texts = [text for key, text in session.facts.items() if key.base == "narrative" and key != self.key]
        standing = standing_numbers([*texts, self.stored()])
        stored, added = put_in_again(stored, brought, session.facts, standing)
        if not added:
            self.insert_pieces(fields.pieces(session.assessment, stored))
            return
        facts = {**session.facts, **added}
        known = Assessment(session.place.templates, facts, session.year, session.assessment.system.id)
        pieces = fields.pieces(known, stored)
        self._insert_as_step(pieces, added, "粘贴")


def words_of(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces if not stands_for_itself(piece.field))


def _kind(block: Block) -> str:
    return "图片" if isinstance(block, Picture) else "表格"


def _brought(data: bytes) -> dict[FactKey, str]:
    """What came along with a copied text; nothing of what is no table and no picture."""
    from desktop.domain.text_blocks.copies import block_facts
    from desktop.domain.text_blocks.marks import block_mark

    try:
        given = {FactKey(*map(str, key)): str(text) for *key, text in json.loads(data or b"[]")}
    except (ValueError, TypeError):
        return {}
    return block_facts("".join(block_mark(key.row) for key in given), given)
