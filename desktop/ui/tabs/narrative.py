"""自评报告: the headings on the left, on the right the chosen section's text, which follows the data."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.fields import fields
from desktop.domain.keys import FactKey
from desktop.domain.outline import outline_edits
from desktop.domain.outline.outline import AS_READ, HEADINGS, chosen_outline
from desktop.domain.text_blocks.marks import BLOCKS, numbers_in
from desktop.ui.audit_runner import Words
from desktop.ui.dialogs import answered
from desktop.ui.hints import paragraph
from desktop.ui.session import Session
from desktop.ui.tabs.narrative_outline import OutlinePanel
from desktop.ui.tabs.narrative_section import SectionPanel, key_of, length_of
from desktop.ui.text_editor.block_text import words_of
from desktop.ui.widgets.outline_list import completeness

_LIST_WIDTH = 290
_LEAST_LIST_WIDTH = 224


class NarrativeTab(QWidget):
    """A choice of outline and what is written so far on top; headings and text below."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("narrativeTab")
        self._session = session
        self._outlines, self._done, self._length = QComboBox(), QLabel(), QLabel()
        self._paper, self._compose = QPushButton("报告格式…"), QPushButton("自动成文")
        self._headings = OutlinePanel(session)
        self._section = SectionPanel(session, session.sheet.outline[0].id)
        self._lengths: dict[str, tuple[str, int]] = {}
        self._arrange()
        self._outlines.activated.connect(lambda number: self._switch(str(self._outlines.itemData(number))))
        self._paper.clicked.connect(lambda _=False: self.choose_paper())
        self._compose.clicked.connect(lambda _=False: self.compose())
        self._headings.chosen.connect(self._choose)
        self._headings.list.asked_for_text.connect(self._section.text.setFocus)
        self._headings.leaving.connect(self._section.text.save)
        self._section.asked_to_move.connect(self._move_text)
        session.changed.connect(self._follow)
        session.previewed.connect(self._section.text.changed_elsewhere)
        session.audited.connect(self._headings.follow)
        self._follow()

    def _arrange(self) -> None:
        self._outlines.setObjectName("outlineChoice")
        for outline in self._session.templates.outlines.values():
            self._outlines.addItem(outline.name, outline.id)
        self._paper.setObjectName("paper")
        self._paper.setToolTip("标题、主送机关、封面、图表和附件的位置")
        self._compose.setObjectName("compose")
        self._compose.setToolTip("所有还空着的节，凡数据齐全的段落都按数据写入；可一次撤销")
        label = QLabel("报告提纲(&O)")
        label.setObjectName("outlineLabel")
        label.setBuddy(self._outlines)
        top = QHBoxLayout()
        top.setSpacing(8)
        for widget in (label, self._outlines, self._paper, self._compose):
            top.addWidget(widget)
        top.addStretch(1)
        self._length.setObjectName("quiet")
        top.addWidget(self._length)
        self._done.setObjectName("caption")
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self._done)
        left.addWidget(self._headings, 1)
        self._headings.setMinimumWidth(_LEAST_LIST_WIDTH)
        self._headings.setMaximumWidth(_LIST_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 3)
        row.addWidget(self._section, 7)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(row, 1)

    # -- following ---------------------------------------------------------------------------------------

    def _follow(self) -> None:
        with QSignalBlocker(self._outlines):
            sheet = self._session.sheet
            outline = chosen_outline(sheet.templates.outlines, sheet.facts)
            as_read = self._outlines.findData(AS_READ)
            if outline.id == AS_READ and as_read < 0:
                self._outlines.addItem(outline.name, outline.id)
            elif outline.id != AS_READ and as_read >= 0:
                self._outlines.removeItem(as_read)  # once left, only undo leads back
            self._outlines.setCurrentIndex(self._outlines.findData(outline.id))
            self._outlines.setToolTip(paragraph(outline.name) + paragraph("换提纲时已写的文字都保留"))
        self._headings.follow()
        line = self._headings.list.current_line()
        if line is not None:
            self._section.follow(line)
        self._tell_state()

    def _tell_state(self) -> None:
        self._done.setText(completeness(self._headings.list.lines))
        assessment = self._session.assessment
        words = 0
        for section in assessment.sheet.outline:
            text = fields.section_text(assessment, section)
            known = self._lengths.get(section.id)
            if known is None or known[0] != text:
                stored = assessment.sheet.text(key_of(section.id))
                marked = "⟦" in stored and text
                said = words_of(fields.pieces(assessment, stored)) if marked else text
                known = self._lengths[section.id] = text, length_of(said)
            words += known[1]
        self._length.setText(f"全文 {words:,} 字")

    def _choose(self, section_id: str) -> None:
        line = self._headings.list.line(section_id)
        if line is not None:
            printed = [one for one in self._headings.list.lines if not (one.hidden or one.stray)]
            self._section.show_line(line, printed)

    # -- deeds -------------------------------------------------------------------------------------------

    def _switch(self, outline: str) -> None:
        """A report in which something stands already is shown with the other outline before it is written."""
        self._section.text.save()
        sheet = self._session.sheet
        begun = any(key.table in ("narrative", HEADINGS) for key in sheet.facts)
        if outline == chosen_outline(sheet.templates.outlines, sheet.facts).id:
            return
        if not begun or self._agrees_to(outline):
            self._session.write("套用提纲", outline_edits.switch(sheet, outline))
        else:
            self._follow()

    def _agrees_to(self, outline: str) -> bool:
        from desktop.ui.dialogs.apply_outline import ApplyOutline

        with answered(ApplyOutline(self._session, outline, self.window())) as agreed:
            return agreed

    def choose_paper(self) -> None:
        from desktop.ui.dialogs.paper import PaperDialog

        with answered(PaperDialog(self._session, self.window())):
            pass

    def compose(self) -> None:
        """Write every empty section for which there are data, as one step."""
        self._section.text.save()
        assessment = self._session.assessment
        wanted, lacking = [], 0
        for section in assessment.sheet.outline:
            offered = fields.offered(assessment, section)
            if not offered or assessment.sheet.text(key_of(section.id)).strip():
                continue
            ready = [passage.text for passage, text in offered if text]
            if ready:
                wanted.append((key_of(section.id), "\n".join(ready)))
            lacking += not ready
        self._session.write("自动成文", wanted)
        rest = f"另有{lacking}节缺数据" if lacking else ""
        done = f"已按数据写入{len(wanted)}节，按 Ctrl+Z 可一次撤销"
        nothing = "没有可以按数据写入的空节"
        self._session.said.emit("；".join(part for part in (done if wanted else nothing, rest) if part))

    def _move_text(self, target: str) -> None:
        """Behind what stands in another section; the one without a place is gone then."""
        self._section.text.save()
        line = self._headings.list.current_line()
        goal = self._headings.list.line(target)
        if line is None or goal is None:
            return
        sheet = self._session.sheet
        texts = [sheet.text(key_of(row)).strip("\n") for row in (target, line.id)]
        joined = "\n".join(text for text in texts if text.strip())
        self._session.write(f"移到“{goal.title}”", [(key_of(target), joined), (key_of(line.id), None)])
        self.show_key(key_of(target))

    # -- showing -----------------------------------------------------------------------------------------

    def show_key(self, key: FactKey) -> bool:
        if key.table == BLOCKS:
            key = next((k for k in self._with_block(key.row)), key)
        if key.table not in ("narrative", HEADINGS) or not self._headings.list.choose(key.row):
            return False
        (self._headings.list if key.table == HEADINGS else self._section.text).setFocus()
        return True

    def _with_block(self, number: str) -> Iterator[FactKey]:
        """The sections in which a table or picture stands."""
        for key, text in self._session.facts.items():
            if key.table == "narrative" and number in numbers_in(text):
                yield key

    def show_words(self, words: Words) -> None:
        """Go to a section and select words of it."""
        if self.show_key(key_of(words.section)):
            self._section.text.select_words(words.start, words.end)
