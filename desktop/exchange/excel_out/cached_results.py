"""Puts results beside the formulas of a workbook, so that readers which do not calculate show figures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import BinaryIO
from xml.etree import ElementTree

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Results = Mapping[str, str | float]
"""Results of one sheet's formulas by address: `{'F4': 0.9592, 'F5': '—'}`."""


def write_results(workbook: bytes, results: Mapping[str, Results], into: BinaryIO) -> None:
    """Copy an .xlsx with the results in it. `results` goes by part: `xl/worksheets/sheet1.xml`."""
    ElementTree.register_namespace("", _MAIN)
    ElementTree.register_namespace("r", _RELATIONS)
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            data = source.read(part)
            wanted = results.get(part.filename)
            target.writestr(part, _with_results(data, wanted) if wanted else data)


def _with_results(xml: bytes, results: Results) -> bytes:
    root = ElementTree.fromstring(xml)
    for cell in root.iter(f"{{{_MAIN}}}c"):
        if cell.find(f"{{{_MAIN}}}f") is not None and cell.get("r", "") in results:
            _set_result(cell, results[cell.get("r", "")])
    return bytes(ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _set_result(cell: ElementTree.Element, result: str | float) -> None:
    value = cell.find(f"{{{_MAIN}}}v")
    if value is None:
        value = ElementTree.SubElement(cell, f"{{{_MAIN}}}v")
    if isinstance(result, str):
        cell.set("t", "str")
        value.text = result
    else:
        cell.attrib.pop("t", None)
        value.text = repr(result)
