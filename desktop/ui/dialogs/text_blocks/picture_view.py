"""A picture of the report's text, seen whole: how wide it is printed, and another in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.text_blocks.picture import Picture
from desktop.errors import UserError
from desktop.ui import messages
from desktop.ui.first_size import open_at

_WIDTHS = ((0, "按图片大小"), (60, "窄（60毫米）"), (100, "中（100毫米）"), (150, "宽（150毫米）"))


class PictureDialog(QDialog):
    """`picture` is what it became."""

    def __init__(self, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureDialog")
        self.setWindowTitle("查看图片")
        open_at(self, 720, 560)
        self.picture = picture
        self._shown, self._said, self._width = QLabel(), QLabel(), QComboBox()
        self._pixmap = QPixmap()
        self._arrange()
        self._take(picture)

    def _arrange(self) -> None:
        self._shown.setObjectName("pictureShown")
        self._shown.setAccessibleName("图片")
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setMinimumSize(200, 150)
        ignored = QSizePolicy.Policy.Ignored  # or the window could not be made smaller than the picture
        self._shown.setSizePolicy(ignored, ignored)
        self._said.setObjectName("quiet")
        self._width.setObjectName("pictureWidth")
        self._width.setAccessibleName("印出宽度")
        label = QLabel("印出宽度(&W)")
        label.setBuddy(self._width)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for widget in (label, self._width, self._said):
            foot.addWidget(widget)
        foot.addStretch(1)
        for name, words, deed in (
            ("changePicture", "换一张…", self.choose),
            ("takePicture", "确定", self.accept),
            ("leavePicture", "取消", self.reject),
        ):
            button = QPushButton(words)
            button.setObjectName(name)
            button.setAutoDefault(name == "takePicture")
            button.clicked.connect(lambda _=False, deed=deed: deed())
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self._shown, 1)
        column.addLayout(foot)
        self._width.activated.connect(self._widen)

    def _take(self, picture: Picture) -> None:
        self.picture = picture
        self._pixmap.loadFromData(picture.data)
        widths = [*_WIDTHS]
        if picture.millimetres not in dict(widths):  # as the file had it from which the report was read
            widths.append((picture.millimetres, f"{picture.millimetres}毫米"))
        self._width.clear()
        for wide, words in widths:
            self._width.addItem(words, wide)
        self._width.setCurrentIndex(self._width.findData(picture.millimetres))
        self._said.setText(f"{picture.caption} 像素")
        self._scale()

    def _widen(self, number: int) -> None:
        self.picture = self.picture._replace(millimetres=int(self._width.itemData(number)))

    def choose(self) -> None:
        """Another picture, printed as wide as this."""
        picture = choose_picture(self)
        if picture is not None:
            self._take(picture._replace(millimetres=self.picture.millimetres))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scale()

    def _scale(self) -> None:
        """As large as there is room, never larger than it is."""
        ratio = self.devicePixelRatioF()
        room = (self._shown.size() * ratio).boundedTo(self._pixmap.size())
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        scaled = self._pixmap.scaled(room, keep, smooth)
        scaled.setDevicePixelRatio(ratio)
        self._shown.setPixmap(scaled)


def choose_picture(parent: QWidget | None) -> Picture | None:
    """A picture from a file; why it cannot be taken is told. None where there is none."""
    from desktop.ui.text_editor.picture_files import KINDS, picture_of_file

    path = messages.choose_file(parent, "选择图片", "", KINDS)
    if not path:
        return None
    try:
        return picture_of_file(path)
    except UserError as error:
        messages.tell_error(parent, error)
        return None
