"""The only place that opens message boxes, file choosers and the print dialog; tests put their own answers here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.ui.dialogs import answered

if TYPE_CHECKING:  # boxes and choosers cost a start 20 ms, and most starts open none
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QMessageBox

Icon = Literal["Information", "Warning", "Question", "Critical"]

TITLE = "整体支出绩效自评助手"

_SHOWN = 300
"""Letters shown of a text that could not be saved; all of it can be copied."""


def tell_error(parent: QWidget | None, error: UserError) -> None:
    """What went wrong, and what to do about it."""
    _show(_box(parent, "Warning", error.sentence, error.hint))


def tell_unsaved(parent: QWidget | None, error: UserError, typed: str) -> None:
    """What went wrong, and what was typed, to be copied before it is gone."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QMessageBox

    shown = typed if len(typed) <= _SHOWN else f"{typed[:_SHOWN]}……"
    box = _box(parent, "Warning", error.sentence, f"{error.hint}\n\n没有存上的内容：\n{shown}")
    copy = box.addButton("复制没有存上的内容", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("关闭", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(copy)
    _show(box)
    if box.clickedButton() is copy:
        QGuiApplication.clipboard().setText(typed)


def tell(parent: QWidget | None, sentence: str, hint: str = "") -> None:
    _show(_box(parent, "Information", sentence, hint))


def confirm(parent: QWidget | None, question: str, hint: str, yes: str) -> bool:
    """Ask before something that is not simply undone; `yes` names the deed."""
    from PySide6.QtWidgets import QMessageBox

    box = _box(parent, "Question", question, hint)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
    _show(box)
    return box.clickedButton() is agree


def choose(
    parent: QWidget | None, question: str, hint: str, answers: Sequence[str], leave: str = "取消"
) -> int | None:
    """Which of the answers; None where it was thought better of. Enter takes the first."""
    from PySide6.QtWidgets import QMessageBox

    box = _box(parent, "Question", question, hint)
    buttons = [box.addButton(answer, QMessageBox.ButtonRole.AcceptRole) for answer in answers]
    box.addButton(leave, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(buttons[0])
    _show(box)
    return next((n for n, button in enumerate(buttons) if box.clickedButton() is button), None)


def tell_crash(parent: QWidget | None, details: str, log: Path) -> None:
    """A bug: say that the data are safe, and offer the details for whoever mends it."""
    box = _box(
        parent,
        "Critical",
        "程序遇到了意外问题。",
        f"已填写的数据都已保存。详细信息记在：{log}",
    )
    box.setDetailedText(details)
    _show(box)


def choose_file(parent: QWidget | None, title: str, folder: str, kinds: str) -> str:
    from PySide6.QtWidgets import QFileDialog

    return QFileDialog.getOpenFileName(parent, title, folder, kinds)[0]


def choose_files(parent: QWidget | None, title: str, folder: str, kinds: str) -> list[str]:
    """One or several; none where it was thought better of."""
    from PySide6.QtWidgets import QFileDialog

    return QFileDialog.getOpenFileNames(parent, title, folder, kinds)[0]


def choose_target(parent: QWidget | None, title: str, suggestion: str, kinds: str) -> str:
    from PySide6.QtWidgets import QFileDialog

    return QFileDialog.getSaveFileName(parent, title, suggestion, kinds)[0]


def choose_folder(parent: QWidget | None, title: str, folder: str) -> str:
    from PySide6.QtWidgets import QFileDialog

    return QFileDialog.getExistingDirectory(parent, title, folder)


def choose_printer(parent: QWidget | None, pages: int) -> QPrinter | None:
    """The printer with what was chosen for it; None where it was thought better of."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinterNames():
        hint = "请先在系统中安装打印机，或者导出PDF，到能打印的电脑上打印。"
        tell_error(parent, UserError("这台电脑上没有打印机。", hint))
        return None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("printDialog")
    dialog.setMinMax(1, pages)
    for option in ("PrintPageRange", "PrintCurrentPage", "PrintCollateCopies"):
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption[option])
    with answered(dialog) as agreed:
        return printer if agreed else None


def ask_text(parent: QWidget | None, title: str, question: str, text: str) -> str | None:
    """A text of several lines; None where it was thought better of."""
    from PySide6.QtWidgets import QInputDialog, QLabel

    dialog = QInputDialog(parent)
    dialog.setObjectName("askText")
    dialog.setWindowTitle(title)
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
    dialog.setLabelText(question)
    for label in dialog.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
    dialog.setTextValue(text)
    dialog.setOkButtonText("保存")
    dialog.setCancelButtonText("取消")
    dialog.resize(520, 300)
    with answered(dialog) as agreed:
        return dialog.textValue() if agreed else None


def _show(box: QMessageBox) -> None:
    with answered(box):
        pass


def _box(parent: QWidget | None, icon: Icon, sentence: str, hint: str) -> QMessageBox:
    """Plain text, never rich: the sentence may carry the user's own words."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setWindowTitle(TITLE)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon[icon])
    box.setText(sentence)
    box.setInformativeText(hint)
    return box
