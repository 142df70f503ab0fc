"""Where text boxes are anchored, and the runs of a stretch of text."""

from __future__ import annotations

import struct
from itertools import pairwise

from desktop.exchange.file_kind import open_source
from desktop.exchange.read_text.doc.binary import DocFile
from tests.places import FILES


class Boxes(DocFile):
    """Two boxes: the second one is anchored first, the shape of the third is not told."""

    def __init__(self) -> None:
        self.text = "正" * 100

    def part(self, at: int) -> bytes:
        if at == 0x1DA:
            shapes = b"".join(struct.pack("<i22x", shape) for shape in (7, 8))
            return struct.pack("<3I", 10, 30, 60) + shapes
        boxes = b"".join(struct.pack("<14xi4x", shape) for shape in (8, 7, 9))
        return struct.pack("<4I", 0, 5, 12, 20) + boxes

    def story(self, name: str) -> tuple[int, int]:
        return 60, 80


def test_boxes_are_told_with_the_place_of_their_anchor() -> None:
    assert list(Boxes().boxes()) == [(30, 60, 65), (10, 65, 72), (100, 72, 80)]


def test_runs_cover_a_stretch_without_gaps() -> None:
    document = DocFile(open_source(FILES / "report.doc"))
    start, end = document.story("body")
    runs = list(document.runs(start, end))
    assert runs[0][0] == start and runs[-1][1] == end
    assert all(before[1] == after[0] for before, after in pairwise(runs))
