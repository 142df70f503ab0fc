"""The smallest PySide6 window, frozen in the same way: what our own start is measured against."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

if __name__ == "__main__":
    app = QApplication(sys.argv)
    window = QMainWindow()
    label = QLabel("\n".join(["整体支出绩效自评"] * 24))
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    window.setCentralWidget(label)
    window.resize(1366, 728)
    window.show()
    sys.exit(app.exec())
