"""Pictures of the text in a Word report: the file as it was taken in, in the size in which it stands in the PDF."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.text_blocks.picture import Picture
from desktop.exchange.document.blocks import picture_size
from desktop.exchange.docx_out.wordml import attribute

_EMU = 36_000
"""In a millimetre; drawings are measured in these."""
_TWIPS = 1440 / 25.4
_TALLEST = 180.0
"""Millimetres: a caption must stand below it."""
_WORD = "http://schemas.openxmlformats.org/drawingml/2006/"


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """Number `place` (from 1) of the document."""

    place: int
    picture: Picture

    @property
    def id(self) -> str:
        return f"picture{self.place}"

    @property
    def file(self) -> str:
        return f"{self.id}.{self.picture.kind}"

    def inline(self, width: int) -> str:
        """What stands in the run of a paragraph; `width` in twips."""
        wide, high = (round(side * _EMU) for side in picture_size(self.picture, width / _TWIPS, _TALLEST))
        name = attribute(f"图片{self.place}")
        number = 1000 + self.place  # charts have the lower ones
        return (
            f'<w:drawing><wp:inline xmlns:wp="{_WORD}wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{number}" name={name}/><wp:cNvGraphicFramePr/>'
            f'<a:graphic xmlns:a="{_WORD}main"><a:graphicData uri="{_WORD}picture">'
            f'<pic:pic xmlns:pic="{_WORD}picture"><pic:nvPicPr><pic:cNvPr id="{number}" name={name}/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{self.id}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )
