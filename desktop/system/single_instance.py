"""One window per data folder: a second start hands its file to the first and ends."""

from __future__ import annotations

import getpass
import hashlib
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.errors import UserError
from desktop.system import platform_windows

CONNECT_MS = 1000
ANSWER_MS = 10_000
"""The first may be just starting, or writing a file: it answers when its event loop comes to it."""
TAKEN = b"ok\n"


def server_name(data_dir: Path) -> str:
    """Short and ASCII, as every system takes it; another user or another data folder is another name."""
    told = f"{getpass.getuser()}\n{data_dir.resolve()}"
    return "ziping-" + hashlib.sha256(told.encode()).hexdigest()[:20]


class SingleInstance(QObject):
    """`asked` gives the file a second start was given, "" for none. Nothing but a path ever comes in."""

    asked = Signal(str)

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = server_name(data_dir)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def pass_on(self, file: str) -> bool:
        """True when a program that runs already has taken over; UserError if one does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(CONNECT_MS):
            return False
        platform_windows.give_front()
        path = str(Path(file).absolute()) if file else ""
        socket.write(path.encode() + b"\n")
        socket.waitForBytesWritten(CONNECT_MS)
        # The answer may have come while the words were still going out; then no further one will.
        if not socket.canReadLine() and not socket.waitForReadyRead(ANSWER_MS):
            raise UserError("程序已经打开，但没有回应。", "请从任务栏切换到已打开的窗口，或稍后再试。")
        socket.disconnectFromServer()
        return True

    def listen(self) -> None:
        """Be the first. What a killed program left of its name is cleared away."""
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)

    def close(self) -> None:
        self._server.close()

    def _welcome(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.disconnected.connect(socket.deleteLater)
            # Its own slot must not hold us: with the last of us gone, our server would delete it in its end.
            socket.readyRead.connect(self._read_on)
            self._read(socket)  # it may have come before we looked

    def _read_on(self) -> None:
        socket = self.sender()
        assert isinstance(socket, QLocalSocket)
        self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        path = bytes(socket.readLine().data()).decode("utf-8", "replace").rstrip("\n")
        socket.write(TAKEN)
        socket.flush()
        # Later, because answering may open a dialog, and this is the socket's own call.
        QTimer.singleShot(0, self, partial(self.asked.emit, path))
