"""Always in view: total, grade, blocks, what still costs points, how a number came about, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.keys import FactKey
from desktop.domain.numbers import show_short
from desktop.domain.scoring.scoring import BlockScore, IndicatorScore, ScoreSheet
from desktop.ui.audit_runner import Entry, Words
from desktop.ui.hints import paragraph
from desktop.ui.panel.origins import Origin, origin_of, problem_of
from desktop.ui.session import Session
from desktop.ui.text_editor.marked_text import ink_of

WIDTH = 318
_SCALE = 1000
LINE_HEIGHT = 28
MARGIN = 16
_LIST_PADDING = 26
Line = tuple[str, str, FactKey | Words | None]
_OF_THE_REPORT = (
    "蓝底的内容取自各表，随数据变化；在上面点右键，可以固定、恢复或转到数据。带框的是表格或图片，双击打开。"
)
MOST_SHOWN = 160
"""Characters of a typed text that the panel repeats."""


class ScorePanel(QScrollArea):
    """The right side of the window; on a low screen it scrolls."""

    asked_for_all = Signal()
    """Somebody wants the list of all that is to be looked at."""
    asked_to_fold = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._key: FactKey | None = None
        self.setObjectName("scorePanel")
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._total, self._grade, self._state = QLabel(), QLabel(), QLabel()
        self._systems = QComboBox()
        self._blocks = _Blocks()
        self._losses = JumpList("losses", most=5)
        self._origin = _Origin()
        self._problems = JumpList("problems", most=6)
        self._losses_title, self._problems_title = _caption(), _caption()
        self._all, self._fold = QToolButton(), QToolButton()
        self._all.clicked.connect(self.asked_for_all)
        self._arrange()
        for chosen in (self._losses.chosen, self._problems.chosen, self._origin.operands.chosen):
            chosen.connect(session.jump)
        self._systems.activated.connect(lambda n: session.choose_system(str(self._systems.itemData(n))))
        session.changed.connect(self.refresh)
        session.previewed.connect(self.refresh_score)
        session.checked.connect(self.refresh)
        session.checked.connect(self.refresh_problems)
        session.audited.connect(self.refresh_problems)
        session.opened.connect(self._list_systems)
        session.setting_changed.connect(self._list_systems)
        session.opened.connect(self.refresh_problems)
        session.focused.connect(self._explain)
        self._list_systems()
        self.refresh()
        self.refresh_problems()

    def _arrange(self) -> None:
        self._total.setObjectName("total")
        self._grade.setObjectName("grade")
        self._state.setObjectName("quiet")
        self._state.setWordWrap(True)
        self._systems.setObjectName("systemPicker")
        self._systems.setAccessibleName("指标体系")
        self._fold.setObjectName("foldPanel")
        self._fold.setText("»")
        self._fold.setToolTip("收起右栏（F9）")
        self._fold.setAccessibleName("收起右栏")
        self._fold.clicked.connect(self.asked_to_fold)
        head = QHBoxLayout()
        head.addWidget(self._total)
        head.addStretch(1)
        head.addWidget(self._grade)
        body = QWidget()
        body.setObjectName("scoreBody")
        self.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(MARGIN, 14, MARGIN, 12)
        column.setSpacing(8)
        systems = QHBoxLayout()
        systems.setSpacing(6)
        systems.addWidget(self._systems, 1)
        systems.addWidget(self._fold)
        column.addLayout(systems)
        column.addLayout(head)
        column.addWidget(self._state)
        column.addWidget(self._blocks)
        column.addWidget(self._losses_title)
        column.addWidget(self._losses)
        column.addLayout(self._problem_head())
        column.addWidget(self._problems)
        column.addWidget(self._origin)
        column.addStretch(1)

    def _problem_head(self) -> QHBoxLayout:
        self._problems_title.setObjectName("problemCounts")
        self._problems_title.setWordWrap(True)
        self._all.setObjectName("showFindings")
        self._all.setText("全部")
        self._all.setToolTip("打开核对结果（F8）")
        head = QHBoxLayout()
        head.addWidget(self._problems_title, 1)
        head.addWidget(self._all)
        return head

    def _list_systems(self) -> None:
        self._listed_for = self._session.shown_by
        self._systems.clear()
        for system in self._session.systems():
            self._systems.addItem(system.short_name + "计分", system.id)
        self._systems.setCurrentIndex(self._systems.findData(self._session.assessment.system.id))
        self._systems.setEnabled(self._session.report is not None)

    def refresh_score(self) -> None:
        """What follows every key: total, grade, blocks, and how the current number came about."""
        score = self._session.assessment.main
        self._total.setText(f"{show_short(score.total)} / {show_short(score.full)}")
        self._grade.setText(score.grade or "—")
        self._grade.setToolTip("全部指标都有得分、分值合计正确后显示等次")
        self._state.setText(_state(score))
        self._blocks.show_blocks(score.blocks)
        self._explain(self._key)

    def refresh(self) -> None:
        if self._listed_for != self._session.shown_by:  # other forms were chosen, or that was undone
            self._list_systems()
        self.refresh_score()
        losses = [(_loss(i), i.how, i.key) for i in self._session.assessment.main.losses]
        self._losses.fill(losses)
        self._losses_title.setText(f"还在丢分的指标（{len(losses)}）" if losses else "没有丢分的指标")

    def refresh_problems(self) -> None:
        """What is open, gravest first; explained findings are only in the list of all."""
        found = [entry for entry in self._session.entries if not entry.explanation]
        lines = [(f"{e.level}　{e.message}", self._where(e), e.target) for e in found]
        self._problems.fill(lines, [ink_of(entry.level) for entry in found])
        said = self._session.found_in_words()
        self._problems_title.setText(f"需要核对　{said}" if found else said)

    def _where(self, entry: Entry) -> str:
        return self._session.place_name(entry.target)

    def _explain(self, key: FactKey | None) -> None:
        self._key = key
        if key is None:
            self._origin.show_nothing()
        else:
            text = _OF_THE_REPORT if key.base == "narrative" else self._session.sheet.text(key)
            self._origin.tell(origin_of(self._session, key), text)
        self._origin.show_problem(problem_of(self._session, key))


def _state(score: ScoreSheet) -> str:
    parts = []
    if score.unscored:
        parts.append(f"还有{len(score.unscored)}项未评分")
    if score.weight_sum != score.full:
        parts.append(f"分值合计{show_short(score.weight_sum)}，应为{show_short(score.full)}")
    return "，".join(parts) if parts else "全部指标已评分，分值合计正确"


def _loss(indicator: IndicatorScore) -> str:
    return f"－{show_short(indicator.lost)}　{indicator.name or '未命名指标'}"


def _caption() -> QLabel:
    label = QLabel()
    label.setObjectName("caption")
    return label


class JumpList(QListWidget):
    """Lines that lead to a cell: click or Enter. It is as high as its lines, up to `most` of them."""

    chosen = Signal(object)

    def __init__(self, name: str, most: int) -> None:
        super().__init__()
        self._most = most
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(True)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self._lines: list[Line] = []
        self._colours: list[str] = []
        self.hide()

    def _choose(self, item: QListWidgetItem) -> None:
        target = self._lines[self.row(item)][2]
        if target is not None:
            self.chosen.emit(target)

    def _height_of(self, text: str) -> int:
        """One line, or two where the words need them."""
        room = WIDTH - 2 * MARGIN - _LIST_PADDING
        measure = self.fontMetrics()
        return LINE_HEIGHT + (measure.lineSpacing() if measure.horizontalAdvance(text) > room else 0)

    def fill(self, lines: Sequence[Line], colours: Sequence[str] = ()) -> None:
        """(text, hint, where it leads); nothing is touched where nothing changed."""
        if list(lines) == self._lines and list(colours) == self._colours:
            return
        self._lines, self._colours = list(lines), list(colours)
        self.clear()
        for number, (text, hint, _) in enumerate(lines):
            item = QListWidgetItem(text)
            item.setToolTip(paragraph(f"{text}\n{hint}").replace("\n", "<br>"))
            item.setSizeHint(QSize(0, self._height_of(text)))
            if colours:
                item.setForeground(QColor(colours[number]))
            self.addItem(item)
        self.setFixedHeight(sum(self._height_of(text) for text, _, _ in lines[: self._most]))
        self.setVisible(bool(lines))


class _Blocks(QWidget):
    """One bar for each block: reached points against the points of its title."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 4)
        self._column.setSpacing(5)
        self._lines: list[tuple[QLabel, QProgressBar]] = []

    def show_blocks(self, blocks: tuple[BlockScore, ...]) -> None:
        while len(self._lines) < len(blocks):
            self._add()
        for number, (label, bar) in enumerate(self._lines):
            shown = number < len(blocks)
            label.setVisible(shown)
            bar.setVisible(shown)
            if shown:
                self._show(label, bar, blocks[number])

    def _add(self) -> None:
        label, bar = QLabel(), QProgressBar()
        label.setProperty("off", False)
        bar.setTextVisible(False)
        bar.setMaximum(_SCALE)
        bar.setFixedHeight(6)
        self._column.addWidget(label)
        self._column.addWidget(bar)
        self._lines.append((label, bar))

    @staticmethod
    def _show(label: QLabel, bar: QProgressBar, block: BlockScore) -> None:
        off = "" if block.balanced else f"　分值合计{show_short(block.weight_sum)}"
        label.setText(f"{block.name}　{show_short(block.points)} / {show_short(block.weight)}{off}")
        if label.property("off") != bool(off):
            label.setProperty("off", bool(off))
            label.style().polish(label)
        share = block.points / block.weight if block.weight else 0
        bar.setValue(max(0, min(_SCALE, int(share * _SCALE))))


class _Origin(QFrame):
    """这个数怎么来的: the formula in words, its operands to jump to, the problem of the cell."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("origin")
        self._label, self._words, self._problem = QLabel(), QLabel(), QLabel()
        self.operands = JumpList("operands", most=7)
        self._label.setObjectName("caption")
        self._problem.setObjectName("problemText")
        for label in (self._label, self._words, self._problem):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._label)
        column.addWidget(self._problem)
        column.addWidget(self._words)
        column.addWidget(self.operands)

    def show_nothing(self) -> None:
        self._label.setText("这个数怎么来的")
        self._words.setText("选中任意一格，这里说明它的来历。")
        self.operands.fill([])

    def tell(self, origin: Origin, text: str) -> None:
        """`text` is what stands in the cell, for one that is typed."""
        self._label.setText(origin.name)
        self._words.setText("\n".join(origin.lines) or text[:MOST_SHOWN] or "由单位填写。")
        self.operands.fill([(f"{o.shown}　{o.label}", "跳到这一格", o.key) for o in origin.operands])

    def show_problem(self, message: str) -> None:
        self._problem.setText(message)
        self._problem.setVisible(bool(message))
