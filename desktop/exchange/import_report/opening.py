"""The paragraphs before a report's first heading, put where the outline prints such an opening."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from desktop.domain.outline.outline import Section
from desktop.exchange.import_report.sections import Part

_SENTENCE = re.compile(r"[。；：:]$|[。，；]")
"""A line with a stop is text of the opening; the lines before it are a cover's."""
_OPENING_HEADING = re.compile(r"[#*\s]*(?:前\s*言|引\s*言|导\s*言|开\s*头)[：:]?$")
"""`前 言`, `## 引言：`, alone on its line."""
_LONGEST_OPENING = 2000
"""Characters of an opening. More than that before the first heading is text whose headings were not known."""


def place_opening(parts: Sequence[Part], sections: Sequence[Section]) -> list[Part]:
    """The opening in its own section, where the outline has one; else above the text of the first part.

    Lines of a cover that stand before it stay where they were. No text is changed.
    """
    if len(parts) < 2 or not parts[0].unassigned or not sections:
        return list(parts)
    following = list(parts[1:])
    begins = next((i for i, line in enumerate(parts[0].lines) if _SENTENCE.search(line)), None)
    if begins is None or len("\n".join(parts[0].lines[begins:])) > _LONGEST_OPENING:
        return list(parts)
    cover, opening = parted(parts[0])
    kept = [cover] if cover is not None else []
    return [*kept, *(_placed(opening, following, sections) if opening is not None else following)]


def parted(part: Part, chosen: Collection[int] = ()) -> tuple[Part | None, Part | None]:
    """The text before the first heading as lines of a cover, and the opening; None for what there is not of. Lines of
    the file that the clerk made text (`chosen`, their numbers) belong to the opening."""
    lines = enumerate(zip(part.lines, part.numbers, strict=True))
    speaks = (i for i, (line, number) in lines if number in chosen or _SENTENCE.search(line))
    begin = next(speaks, len(part.lines))
    opening = part.cut(begin)
    cover = part if part.lines else None
    if cover is not None and _OPENING_HEADING.match(cover.lines[-1]):
        opening.heading = cover.cut(len(cover.lines) - 1).text
        cover = cover if cover.lines else None
    return cover, opening if opening.lines else None


def _placed(opening: Part, following: list[Part], sections: Sequence[Section]) -> list[Part]:
    """In the outline's section for it, else in the part above the first heading, else before its text."""
    own = next((section for section in sections if section.level == 0), None)
    if own is not None and all(part.section != own for part in following):
        opening.section, opening.unassigned = own, False
        return [opening, *following]
    first = next((part for part in following if not part.unassigned), None)
    if first is None:
        return [opening, *following]
    if first.depth > 1 and (above := _section_above(first, sections)) is not None:
        if all(part.section != above for part in following):
            opening.section, opening.unassigned, opening.opening_line = above, False, opening.number
            return [opening, *following]
        first = next(part for part in following if part.section == above)
    first.opening_line, first.opening = opening.number, opening.heading
    first.lines[:0], first.numbers[:0] = opening.lines, opening.numbers
    first.tables |= opening.tables
    return following


def _section_above(part: Part, sections: Sequence[Section]) -> Section | None:
    """The section of the first level to which a part belongs."""
    at = next((i for i, section in enumerate(sections) if section == part.section), 0)
    return next((section for section in reversed(sections[: at + 1]) if section.level == 1), None)
