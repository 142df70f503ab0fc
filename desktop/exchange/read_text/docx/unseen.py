"""What stands in a Word document and is not meant to be read: hidden, struck out, white on white paper."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from desktop.exchange.read_text.docx.parts import Style, is_on, shading
from desktop.exchange.read_text.lines import left_out_note


class LeftOut:
    """What was struck out or white in a document, to be told once: it is seen, or was meant for somebody else."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def add(self, run: Element) -> None:
        words = "".join(each.text or "" for each in run.iterfind("t")).strip()
        if words:
            self._texts.append(words)

    @property
    def note(self) -> str:
        return left_out_note(self._texts)


def is_hidden(run: Element, styles: Sequence[Style]) -> bool:
    """Whether a run is hidden by itself, by its style or by its paragraph's."""
    own = run.find("rPr/vanish")
    return is_on(own) if own is not None else any(style.hidden for style in styles)


def is_struck(run: Element, styles: Sequence[Style]) -> bool:
    """`208` with a line through it, and 205 behind it in red: what was corrected by hand."""
    own = [found for tag in ("strike", "dstrike") if (found := run.find(f"rPr/{tag}")) is not None]
    return any(map(is_on, own)) if own else any(style.struck for style in styles)


def is_white(run: Element, shaded: bool) -> bool:
    """Old figures and prompts that somebody made white instead of deleting them; white heads on blue cells are read."""
    colour = run.find("rPr/color")
    white = colour is not None and colour.get("val", "").upper() == "FFFFFF"
    return white and not (shaded or shading(run.find("rPr/shd")) or run.find("rPr/highlight") is not None)
