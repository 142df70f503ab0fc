"""A screen of its own for the trials: Xvfb in Wine's Debian folder, whose pixels are read from a file."""

from __future__ import annotations

import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from machine import ToolFailed
from wine import UID, WORK, Wine

DISPLAY = ":87"
SIZE = (1440, 900)
STEP = 0.005
"""Seconds between two looks at the screen."""


class Screen:
    """Knows when something was painted, and takes pictures."""

    def __init__(self, wine: Wine, pixels: Path) -> None:
        self._wine, self._file = wine, pixels

    def _middle(self) -> bytes:
        """Rows of the screen's middle third, as they are in the framebuffer file (XWD, 32 bits a pixel)."""
        with self._file.open("rb") as stream:
            head = struct.unpack(">25I", stream.read(100))
            start, stride, colours = head[0] + head[19] * 12, head[12], head[19]
            assert colours >= 0
            stream.seek(start + stride * (SIZE[1] // 3))
            return stream.read(stride * (SIZE[1] // 3))

    def is_painted(self) -> bool:
        """Whether the middle shows more than bare grounds: a window's contents, not only its empty frame."""
        middle = self._middle()
        return len({middle[at : at + 4] for at in range(0, len(middle), 4 * 3)}) > 8

    def wait_painted(self, timeout: float = 60) -> float:
        """Seconds until then."""
        begun = time.monotonic()
        while not self.is_painted():
            if time.monotonic() - begun > timeout:
                raise ToolFailed("窗口没有画出来。")
            time.sleep(STEP)
        return time.monotonic() - begun

    def wait_empty(self, timeout: float = 60) -> None:
        begun = time.monotonic()
        while self.is_painted():
            if time.monotonic() - begun > timeout:
                raise ToolFailed("窗口没有关闭。")
            time.sleep(0.1)

    def picture(self, target: Path) -> None:
        """What the whole screen shows, as PNG."""
        inside = f"{WORK}/screen.png"
        self._wine.must("截图", "import", "-window", "root", "-display", DISPLAY, inside, timeout=30)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self._wine.outside(inside).read_bytes())


@contextmanager
def screen(wine: Wine) -> Iterator[Screen]:
    """Runs while the block does."""
    folder = f"{WORK}/screen"
    script = f"mkdir -p {folder} tmp/.X11-unix && chmod 1777 tmp/.X11-unix && chown {UID}:{UID} {folder}"
    wine.must("Xvfb", "sh", "-c", script, user=0)
    depth = f"{SIZE[0]}x{SIZE[1]}x24"
    server = wine.enter("Xvfb", DISPLAY, "-screen", "0", depth, "-fbdir", folder, "-nolisten", "tcp")
    try:
        pixels = wine.outside(f"{folder}/Xvfb_screen0")
        begun = time.monotonic()
        while not pixels.is_file() or server.poll() is not None:
            if time.monotonic() - begun > 20:
                raise ToolFailed("Xvfb 没有启动。")
            time.sleep(0.1)
        time.sleep(0.5)
        yield Screen(wine, pixels)
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
