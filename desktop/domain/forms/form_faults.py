"""What is wrong with the printed forms of an edition: lines too short or too long, cells that no table has."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.facts import PROJECTS
from desktop.domain.forms.laid_out import LaidPart, lay_out
from desktop.domain.keys import FactKey
from desktop.domain.template import ORDER

_A_PROJECT = {FactKey(PROJECTS, "item:1", ORDER): "1"}


def form_faults(templates: Templates) -> Iterator[str]:
    """A sentence for each fault of the forms of `templates.edition`, for whoever writes forms."""
    edition = templates.edition
    assessment = Assessment(templates, _A_PROJECT, edition.year, edition.system)
    for form in edition.printed:
        try:
            laid = lay_out(form, assessment, "1" if form.per_project else "", typing=True)
        except (KeyError, ValueError) as error:
            yield f"{form.mark}: {error!r}"
            continue
        for number, part in enumerate(laid.parts, 1):
            yield from (f"{form.mark}，第{number}部分{fault}" for fault in _gaps(part, form.columns))


def _gaps(part: LaidPart, columns: int) -> Iterator[str]:
    """Every place of the grid belongs to one cell."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(part.lines):
        col = 0
        for cell in line.cells:
            while (row, col) in taken:
                col += 1
            places = {(row + down, col + right) for down in range(cell.rows) for right in range(cell.cols)}
            if places & taken or col + cell.cols > columns or row + cell.rows > len(part.lines):
                yield f"第{row + 1}行：“{cell.text or cell.shown or col + 1}”没有位置"
            taken |= places
            col += cell.cols
        free = [col for col in range(columns) if (row, col) not in taken]
        if free:
            yield f"第{row + 1}行：第{free[0] + 1}栏空着"
