"""The document as a PDF file in the format of official papers, every font embedded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.audit.rare_characters import named
from desktop.exchange.document.blocks import AnnexMark, Block, Cover, Heading, Signature, Title, texts
from desktop.exchange.pdf_out.cell_places import CellPlace
from desktop.exchange.typography.fonts import FACES, choose_fonts, missing_characters, register

SUBJECT = "部门整体支出绩效自评"


@dataclass(frozen=True, slots=True)
class PdfResult:
    """Number of pages, fonts by the names users know, characters that no font has (printed as 〓), and where on the
    pages the cells of the forms stand."""

    pages: int
    fonts: tuple[str, ...]
    missing: tuple[str, ...]
    places: tuple[CellPlace, ...] = ()


def in_words(characters: Sequence[str], blocks: Iterable[Block]) -> list[str]:
    """`“𠮷”（七、存在的问题及原因分析）`: each character with the first place where it stands."""
    waiting, first_places, place = dict.fromkeys(characters), dict[str, str](), ""
    for block in blocks:
        place = _place(block) or place
        for char in waiting.keys() & set("".join(texts(block))):
            first_places[char] = place
            del waiting[char]
    return [f"{named(char)}（{first_places[char]}）" for char in characters if char in first_places]


def _place(block: Block) -> str:
    """What a clerk calls the place that begins with this block; '' where none does."""
    match block:
        case Cover():
            return "封面"
        case Title(_, annex):
            return "" if annex else "标题"
        case Heading(_, number, text):
            return number + text
        case AnnexMark(mark):
            return mark
        case Signature():
            return "落款"
    return ""


def pdf_bytes(
    blocks: Sequence[Block],
    *,
    resources: Path,
    prefer_system_fonts: bool = True,
    title: str,
    author: str,
    created: dt.datetime | None = None,
    checkpoint: Callable[[], None] = lambda: None,
) -> tuple[bytes, PdfResult]:
    """The file's content, for a preview; without a date the same blocks give the same bytes.

    `checkpoint` is called every few milliseconds and may end the work by raising.
    """
    from desktop.exchange.pdf_out.page import render_pdf
    from desktop.exchange.pdf_out.paragraphs import Faces
    from desktop.exchange.pdf_out.story import LastPage, Story

    choices = choose_fonts(resources / "fonts", prefer_system_fonts)
    faces, last = Faces(register(choices)), LastPage()
    story = Story(faces)
    story.add_all(_watched(blocks, checkpoint))
    data = render_pdf(
        [*story.flowables, last],
        faces,
        title=title,
        author=author,
        subject=SUBJECT,
        first=story.first,
        created=created,
        checkpoint=checkpoint,
    )
    missing = missing_characters((text for block in blocks for text in texts(block)), choices)
    fonts = dict.fromkeys(choices[face].display_name for face in FACES)
    return data, PdfResult(last.number, tuple(fonts), tuple(missing), tuple(story.places))


def _watched(blocks: Iterable[Block], checkpoint: Callable[[], None]) -> Iterator[Block]:
    for block in blocks:
        checkpoint()
        yield block
