"""按数据写入: the paragraphs the program can write into a section, each as it would read."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.assessment import Assessment
from desktop.domain.fields import fields
from desktop.domain.outline.outline import Passage, Section
from desktop.ui.hints import paragraph
from desktop.ui.session import Session
from desktop.ui.text_editor.field_text import FieldText

_PREVIEW_HEIGHT = 62
_NAMED = 3
"""Data that are named as missing."""


def lacking(assessment: Assessment, passage: Passage) -> str:
    """Why a passage cannot be written: the data that are missing, '' if none are."""
    missing = []
    for need in passage.needs:
        value = fields.value_of(assessment, need)
        if value is None or fields.UNFILLED.search(value):
            missing.append(fields.label_of(assessment, need))
    more = f"等{len(missing)}项" if len(missing) > _NAMED else ""
    return f"缺数据：{'、'.join(missing[:_NAMED])}{more}" if missing else ""


class Offers(QWidget):
    """A choice of paragraphs with a preview; `button` shows and hides the whole."""

    def __init__(self, session: Session, text: FieldText) -> None:
        super().__init__()
        self.setObjectName("offers")
        self._session, self._text = session, text
        self._offered: list[tuple[Passage, str]] = []
        self.button = QPushButton("按数据写入")
        self.button.setObjectName("showOffers")
        self.button.setCheckable(True)
        self.button.setChecked(True)
        self.button.toggled.connect(self._tell)
        self._choice, self._preview = QComboBox(), QLabel()
        self._one, self._all = QPushButton("写入"), QPushButton("全部写入")
        self.stops = (self._choice, self._one, self._all)
        """Where the keyboard stops, in order."""
        self._arrange()
        self._choice.currentIndexChanged.connect(lambda _: self._tell())
        self._one.clicked.connect(lambda _=False: self._write(self._chosen()))
        self._all.clicked.connect(lambda _=False: self._write(self._unwritten()))

    def _arrange(self) -> None:
        self._choice.setObjectName("passageChoice")
        self._choice.setAccessibleName("可写入的段落")
        self._choice.setMinimumContentsLength(12)
        self._preview.setObjectName("passagePreview")
        self._preview.setWordWrap(True)
        self._preview.setTextFormat(Qt.TextFormat.PlainText)
        self._preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._one.setObjectName("writePassage")
        self._all.setObjectName("writeAll")
        self._all.setToolTip("把还没写的段落依次写在本节末尾")
        scroll = QScrollArea()
        scroll.setObjectName("passageScroll")
        scroll.setWidgetResizable(True)
        scroll.setFixedHeight(_PREVIEW_HEIGHT)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._preview)
        row = QHBoxLayout()
        row.addWidget(self._choice, 1)
        row.addWidget(self._one)
        row.addWidget(self._all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(scroll)

    def show_section(self, section: Section | None) -> None:
        """The passages of a section, with the values the data have now."""
        offered = fields.offered(self._session.assessment, section) if section is not None else []
        same = [p.id for p, _ in offered] == [p.id for p, _ in self._offered]
        self._offered = offered
        if not same:
            with QSignalBlocker(self._choice):
                self._choice.clear()
                self._choice.addItems([passage.title for passage, _ in offered])
        model = self._choice.model()
        assert isinstance(model, QStandardItemModel)
        for number, (passage, text) in enumerate(offered):
            model.item(number).setForeground(Qt.GlobalColor.black if text else Qt.GlobalColor.gray)
            lack = lacking(self._session.assessment, passage)
            model.item(number).setToolTip(paragraph(lack) if lack else "")
        self._tell()

    def _chosen(self) -> list[Passage]:
        number = self._choice.currentIndex()
        return [passage for passage, text in self._offered[number : number + 1] if text]

    def _unwritten(self) -> list[Passage]:
        stored = self._text.stored()
        return [passage for passage, text in self._offered if text and passage.text not in stored]

    def _tell(self) -> None:
        self.button.setVisible(bool(self._offered))
        self.setVisible(bool(self._offered) and self.button.isChecked())
        number = self._choice.currentIndex()
        if not 0 <= number < len(self._offered):
            return
        passage, text = self._offered[number]
        self._preview.setText(text or lacking(self._session.assessment, passage))
        self._preview.setEnabled(bool(text))
        self._one.setEnabled(bool(text))
        self._all.setEnabled(bool(self._unwritten()))

    def _write(self, passages: list[Passage]) -> None:
        """As paragraphs of their own behind the one the cursor is in; all of them at the end."""
        if not passages:
            return
        text = "\n".join(passage.text for passage in passages)
        self._text.append_stored(text, at_end=len(passages) > 1)
        self._text.setFocus()
