"""The charts of a Word report: Word's own, drawn from figures that stand in the file and can be edited there.

So they stay sharp in print, and a figure changed in Word (“编辑数据”) changes the bars.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from decimal import Decimal

from desktop.exchange.document.charts import ChartData, ChartGroup, colours
from desktop.exchange.docx_out.wordml import FONTS, HEAD, attribute, content

_EMU = 12700
"""In a point; drawings are measured in these."""
_HEAD_POINTS, _GROUP_POINTS = 70, 46
"""Height of title and legend, and of a group of three bars with their gaps."""
_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_SHEET = "Sheet1"
_INK, _FAINT, _AXIS = "2B333B", "6B7683", "C3CAD1"
_FIGURES = "#,##0.00"


@dataclass(frozen=True, slots=True)
class Chart:
    """Number `place` (from 1) of the document, with its figures."""

    place: int
    data: ChartData

    @property
    def id(self) -> str:
        return f"chart{self.place}"

    def inline(self, width: int) -> str:
        """What stands in the run of a paragraph; `width` in twips."""
        wide = width * _EMU // 20  # 20 twips to a point
        high = (_HEAD_POINTS + _GROUP_POINTS * len(self.data.groups)) * _EMU
        name = attribute(f"图{self.place}")
        return (
            '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
            f' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
            f'<wp:docPr id="{self.place}" name={name} descr={attribute(self.data.title)}/><wp:cNvGraphicFramePr/>'
            '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{self.id}"/>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )

    def xml(self) -> str:
        data = self.data
        title = data.title + (f"（单位：{data.unit}）" if data.unit else "")
        drawn = "".join(_series(data, place) for place in range(len(data.series)))
        return (
            f'{HEAD}<c:chartSpace {_NAMESPACES}><c:roundedCorners val="0"/><c:chart>'
            f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>{_type(11, _INK, 'defRPr')}</a:pPr>"
            f"<a:r>{_type(11, _INK, 'rPr')}<a:t>{content(title)}</a:t></a:r></a:p></c:rich></c:tx>"
            '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
            '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
            f'{drawn}<c:gapWidth val="50"/><c:overlap val="-15"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
            f'{_axes()}</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text(9, _FAINT)}'
            '</c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
            "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
            '<c:externalData r:id="figures"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
        )

    def workbook(self) -> bytes:
        """The figures, as Word opens them for editing."""
        from openpyxl import Workbook

        book = Workbook()
        sheet = book.active
        sheet.title = _SHEET
        sheet.append(["", *(_cell(name) for name in self.data.series)])
        for group in self.data.groups:
            sheet.append([_cell(_label(group)), *map(_number, group.values)])
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


def _cell(text: str) -> str:
    """Not to be taken for a formula."""
    return " ".join(text.split()).lstrip("=")


def _label(group: ChartGroup) -> str:
    return f"{group.label}\n{group.note}" if group.note else group.label


def _number(value: Decimal | None) -> float | None:
    """What a chart can draw; nothing for an amount beyond all bounds."""
    number = float(value) if value is not None and value.is_finite() else math.inf
    return number if math.isfinite(number) else None


def _series(data: ChartData, place: int) -> str:
    column, last = chr(ord("B") + place), len(data.groups) + 1
    fill = f'<a:solidFill><a:srgbClr val="{colours(len(data.series))[place].lstrip("#")}"/></a:solidFill>'
    labels = "".join(_point(row, _label(group)) for row, group in enumerate(data.groups))
    numbers = [(row, _number(group.values[place])) for row, group in enumerate(data.groups)]
    values = "".join(_point(row, repr(number)) for row, number in numbers if number is not None)
    count = f'<c:ptCount val="{len(data.groups)}"/>'
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef><c:f>{_SHEET}!${column}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/>{_point(0, data.series[place])}</c:strCache></c:strRef></c:tx>'
        f'<c:spPr>{fill}</c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls><c:numFmt formatCode="{_FIGURES}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
        f'{_text(8, _INK)}<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        f"</c:dLbls><c:cat><c:strRef><c:f>{_SHEET}!$A$2:$A${last}</c:f><c:strCache>{count}{labels}</c:strCache>"
        f"</c:strRef></c:cat><c:val><c:numRef><c:f>{_SHEET}!${column}$2:${column}${last}</c:f>"
        f"<c:numCache><c:formatCode>General</c:formatCode>{count}{values}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _point(place: int, text: str) -> str:
    return f'<c:pt idx="{place}"><c:v>{content(text)}</c:v></c:pt>'


def _axes() -> str:
    """The groups from top to bottom; the axis of values is not drawn, each bar says its own."""
    line = f'<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="{_AXIS}"/></a:solidFill></a:ln></c:spPr>'
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}{_text(9, _INK)}<c:crossAx val="2"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling>'
        '<c:orientation val="minMax"/></c:scaling><c:delete val="1"/><c:axPos val="t"/>'
        f'<c:numFmt formatCode="{_FIGURES}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="none"/><c:crossAx val="1"/>'
        '<c:crosses val="autoZero"/></c:valAx>'
    )


def _type(points: int, colour: str, element: str) -> str:
    name = FONTS["hei"]
    slots = "".join(f'<a:{slot} typeface="{name}"/>' for slot in ("latin", "ea", "cs"))
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    return f'<a:{element} lang="zh-CN" sz="{points * 100}" b="0">{fill}{slots}</a:{element}>'


def _text(points: int, colour: str) -> str:
    return (
        f"<c:txPr><a:bodyPr/><a:p><a:pPr>{_type(points, colour, 'defRPr')}</a:pPr>"
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
