"""The sections found in a report's file, as lines of the import: what goes where, and what has no place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from operator import itemgetter

from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.fields.fields import expanded, section_text
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import (
    AS_READ,
    CHOSEN,
    HEADINGS,
    Outline,
    chosen_outline,
    headings_of,
    numbered,
)
from desktop.domain.outline.outline_edits import add_after
from desktop.domain.template import fill
from desktop.exchange.import_plan import Level, NewRow, PlanItem, PlanProblem, ReadLine
from desktop.exchange.import_report.as_read import (
    REPLACES,
    Meanings,
    as_read_items,
    has_outline,
    outline_items,
    rows_of,
    same_outline,
)
from desktop.exchange.import_report.block_items import with_blocks
from desktop.exchange.import_report.file_body.body import Body
from desktop.exchange.import_report.file_body.body_lines import TEXT, BodyLine
from desktop.exchange.import_report.heading_tree import HeadingTree, heading_tree
from desktop.exchange.import_report.opening import parted, place_opening
from desktop.exchange.import_report.read_again import (
    gone,
    gone_instead,
    items_again,
    rows_again,
    rows_instead,
)
from desktop.exchange.import_report.read_as import read_as
from desktop.exchange.import_report.sections import (
    UNASSIGNED,
    Part,
    Sections,
    best_outline,
    printed_lines,
    read_sections,
)
from desktop.exchange.import_report.tables_in_text import table_notes, tables_apart
from desktop.exchange.import_report.title_match import EXACT, BigramWeights
from desktop.exchange.import_report.unprinted import unprinted

NARRATIVE = "narrative"
_NO_FACTS: Mapping[FactKey, str | None] = {}
_UNASSIGNED_LABEL = "未归入提纲的内容"
_ATTACHED = "落款后面的附件从这里开始，认不出是哪种表，没有归入各节"
_SECOND_REPORT = "文件里似乎有两份报告，第二份从这里开始，没有归入各节"


@dataclass
class NarrativePlan:
    """`outline` is the choice of another outline, where one suits the file better; `items` are the texts."""

    outline: list[PlanItem] = field(default_factory=list)
    items: list[PlanItem] = field(default_factory=list)
    rows: list[NewRow] = field(default_factory=list)
    problems: list[PlanProblem] = field(default_factory=list)
    agreed: int = 0
    read_as: tuple[ReadLine, ...] = ()
    other_headings: bool = False


def narrative_plan(
    body: Body,
    sheet: FactSheet,
    system: str = "",
    from_forms: Mapping[FactKey, str | None] = _NO_FACTS,
    *,
    as_file: bool = False,
) -> NarrativePlan:
    """The body's text under the report's own headings, or, where nothing is written yet, under those of the
    outline that suits the file best. Headings that no outline knows become the clerk's own.

    `from_forms` are the cells that the file's forms bring; `as_file`: whatever is written, the file's headings count.
    """
    plan = _plan(body, sheet, system, from_forms, as_file)
    assessment = Assessment(
        sheet.templates, sheet.facts, sheet.year, system or sheet.templates.form_system().id
    )
    plan.items, rows, agreed = with_blocks(plan.items, body.blocks, assessment)
    plan.rows += rows
    plan.agreed += agreed
    return plan


def _plan(
    body: Body, sheet: FactSheet, system: str, from_forms: Mapping[FactKey, str | None], as_file: bool
) -> NarrativePlan:
    plan = NarrativePlan()
    if not (body.lines or body.attached or body.second_report):
        return plan
    current = chosen_outline(sheet.templates.outlines, sheet.facts)
    tree = heading_tree(body.lines, [line.text for line in body.contents])
    tree, cover = _without_cover(tree, {line.number for line in body.lines if line.chosen == TEXT})
    rows = _rows_as_read(tree, sheet, body.chosen)
    other = rows is None and _begun(sheet) and has_outline(tree)
    if other and as_file:
        rows = rows_instead(tree, sheet)
    outline, read = _read(body, sheet)
    # Else the words tell more headings than the numbers do.
    plan.other_headings = other
    if rows and (as_file or body.chosen or read.matched <= len(rows)):
        plan.read_as = read_as(body, tree.parts)
        plan.items += gone_instead(rows, sheet) if other else []
        return _as_read(plan, tree, rows, cover, body, sheet, current)
    plan.read_as = read_as(body, read.parts)
    dropped: set[str] = set()
    if outline is not None and outline.id != current.id:
        plan.outline.append(_outline_item(sheet, current, outline))
        dropped = {s.id for s in outline.sections} - {s.id for s in current.sections}
        sheet = FactSheet(sheet.templates, {**sheet.facts, CHOSEN: outline.id}, sheet.year)
    system = system or sheet.templates.form_system().id
    sections = [heading.section for heading in headings_of(sheet.templates.outlines, sheet.facts)]
    parts = place_opening(tables_apart(read.parts), sections)
    brought = {key: value for key, value in from_forms.items() if value}
    items = _NarrativeItems(
        plan, Assessment(sheet.templates, sheet.facts, sheet.year, system), parts, brought
    )
    items.add_items(body)
    plan.items = [_only_in_other_outline(item) if item.key.row in dropped else item for item in plan.items]
    return plan


def _begun(sheet: FactSheet) -> bool:
    """Something is written, or a heading was changed: the report has an outline of its own."""
    changed = any(key.table == HEADINGS for key in sheet.facts)
    return changed or any(key.table == NARRATIVE and sheet.text(key).strip() for key in sheet.facts)


def _rows_as_read(tree: HeadingTree, sheet: FactSheet, chosen: bool) -> list[str] | None:
    """The rows under which the file's own headings are taken over; None where the report goes by an outline. Headings
    that the clerk has `chosen` are the file's own, whatever they look like."""
    outlines = sheet.templates.outlines
    if not (chosen or has_outline(tree)):
        return None
    if _begun(sheet):
        return rows_again(tree, sheet)
    if not chosen and same_outline(tree, outlines, sheet) is not None:
        return None
    return rows_of(tree, Meanings(outlines, BigramWeights(outlines)))


def _without_cover(tree: HeadingTree, chosen: Collection[int]) -> tuple[HeadingTree, list[Part]]:
    """Lines of a cover, a 文号 and the like before the opening are printed nowhere, and kept."""
    if not tree.parts or not tree.parts[0].unassigned:
        return tree, []
    cover, opening = parted(tree.parts[0], chosen)
    parts = [*([opening] if opening else []), *tree.parts[1:]]
    return tree._replace(parts=parts), [cover] if cover else []


def _as_read(
    plan: NarrativePlan,
    tree: HeadingTree,
    rows: Sequence[str],
    cover: Sequence[Part],
    body: Body,
    sheet: FactSheet,
    current: Outline,
) -> NarrativePlan:
    """The file's own headings, with what stands under each."""
    plan.outline += outline_items(tree, sheet, current)
    parts = tables_apart(tree.parts)
    attached = [*cover, *parts[len(rows) :]]
    taken_over = tree._replace(parts=parts[: len(rows)])
    again = sheet.text(CHOSEN) == AS_READ and not plan.other_headings
    for item, row, part in (items_again if again else as_read_items)(taken_over, rows, sheet):
        plan.items.append(item)
        plan.rows.append(row)
        plan.problems += table_notes(part, item.label)
    plan.items += gone(rows, sheet) if again else []
    system = sheet.templates.form_system().id
    assessment = Assessment(sheet.templates, sheet.facts, sheet.year, system)
    _NarrativeItems(plan, assessment, attached, {}).add_rest(body)
    return plan


def _read(body: Body, sheet: FactSheet) -> tuple[Outline | None, Sections]:
    outlines = sheet.templates.outlines
    weights = BigramWeights(outlines)
    if _begun(sheet):
        mine = [heading.section for heading in headings_of(outlines, sheet.facts)]
        return None, read_sections(body.lines, mine, weights)
    return best_outline(body.lines, chosen_outline(outlines, sheet.facts), outlines, weights)


def _outline_item(sheet: FactSheet, current: Outline, wanted: Outline) -> PlanItem:
    remark = f"文件的标题与提纲“{wanted.name}”最相合，导入后按它排列"
    return PlanItem(
        CHOSEN, sheet.label(CHOSEN), current.name, wanted.id, "正文", remark, "note", shown=wanted.name
    )


def _only_in_other_outline(item: PlanItem) -> PlanItem:
    """A text of a section that only the other outline has."""
    remark = "；".join(filter(None, (item.problem, "原提纲没有这一节，不换提纲就不会印出")))
    return replace(item, problem=remark, level="note")


def _unassigned(lines: Sequence[BodyLine]) -> Part:
    part = Part(None, number=lines[0].number, unassigned=True)
    for at, line in enumerate(lines):
        part.put(line, at == 0 or not lines[at - 1].cell)
    return part


class _NarrativeItems:
    """Parts into items; parts of the clerk's own get rows in the table of headings."""

    def __init__(
        self,
        plan: NarrativePlan,
        assessment: Assessment,
        parts: Sequence[Part],
        from_forms: dict[FactKey, str],
    ) -> None:
        self.plan, self.assessment, self.parts, self.from_forms = plan, assessment, parts, from_forms
        sheet = self.sheet = assessment.sheet
        self.facts = dict(sheet.facts)
        self.last_section = ""
        """The section that was met last: a heading of the clerk's own comes after it."""

    def add_items(self, body: Body) -> None:
        own: list[tuple[str, Part]] = []
        for place, part in enumerate(self.parts):
            if part.section is not None:
                self.last_section = part.section.id
            elif not part.unassigned:
                own.append((self._add_own_heading(part, self._has_text_below(place)), part))
        self._add_rows(own)
        rows = {id(part): row for row, part in own}
        numbers = self._numbers()
        for part, following in zip_longest(self.parts, self.parts[1:]):
            row = part.section.id if part.section is not None else rows.get(id(part), "")
            if row and not part.text.strip() and part.section is None:
                following.opening = f"{part.opening} {part.heading}".strip()
            elif row and part.text.strip():
                self._add_item(row, numbers.get(row, part.heading), part)
            elif not row and not part.unassigned:
                message = f"“{part.heading}”下面没有文字，没有导入这个标题"
                self.plan.problems.append(PlanProblem(f"第{part.number}行", message))
        self.add_rest(body)
        self._unprinted()

    def _unprinted(self) -> None:
        facts = {**self.facts, **self.from_forms, **{item.key: item.new for item in self.plan.items}}
        sheet = FactSheet(self.sheet.templates, facts, self.sheet.year)
        written = {key.row for key, text in facts.items() if key.table == NARRATIVE and text.strip()}
        items, problems = unprinted(sheet, self.parts, written)
        self.plan.items += items
        self.plan.problems += problems

    # -- headings of the clerk's own ---------------------------------------------------------------------

    def _has_text_below(self, place: int) -> bool:
        """Whether anything is written under headings of the clerk's own below this one."""
        for part in self.parts[place + 1 :]:
            if part.section is not None or part.unassigned or part.depth <= self.parts[place].depth:
                return False
            if part.text.strip():
                return True
        return False

    def _add_own_heading(self, part: Part, below: bool) -> str:
        """The row of a heading of the clerk's own; '' where nothing is written under it or `below` it."""
        if not (below or part.text.strip()):
            return ""
        sheet = FactSheet(self.sheet.templates, self.facts, self.sheet.year)
        row, changes = add_after(sheet, self.last_section, part.title, part.level)
        for key, value in changes:
            self.facts.pop(key, None)
            if value is not None:
                self.facts[key] = value
        self.last_section = row
        return row

    def _add_rows(self, own: Sequence[tuple[str, Part]]) -> None:
        """A heading comes with its text; so do the headings without text above it, and the places of those
        it moved."""
        own_rows = {row for row, _ in own if row}
        changed = {
            k: v for k, v in self.facts.items() if k.table == HEADINGS and self.sheet.facts.get(k) != v
        }
        moved = [(key, value) for key, value in changed.items() if key.row not in own_rows]
        without_text: list[tuple[str, Part]] = []
        for row, part in filter(itemgetter(0), own):
            without_text = [
                above for above in without_text if above[1].depth < part.depth and above[1].text.strip() == ""
            ]
            without_text.append((row, part))
            wanted = [above for above, _ in without_text]
            facts = [(key, value) for key, value in changed.items() if key.row in wanted]
            self.plan.rows.append(NewRow(NARRATIVE, row, (*facts, *moved)))

    # -- texts -------------------------------------------------------------------------------------------

    def _numbers(self) -> dict[str, str]:
        """Headings with their numbers, as the report will print them."""
        sheet = FactSheet(self.sheet.templates, self.facts, self.sheet.year)
        shown = numbered(sheet.outline)
        return {
            section.id: number + fill(section.title, sheet.year, sheet.level) for number, section in shown
        }

    def _add_item(self, row: str, label: str, part: Part) -> None:
        key = FactKey(NARRATIVE, row, "text")
        old = expanded(self.assessment, self.sheet.text(key))
        printed = section_text(self.assessment, part.section) if part.section is not None else old
        if printed_lines(part.text) in (printed_lines(old), printed_lines(printed)):
            self.plan.agreed += 1
            return
        self.plan.problems += table_notes(part, label)
        problem, level = self._remark(part, old)
        where = " ".join(
            filter(None, (f"第{part.opening_line or part.number}行", part.opening, part.heading))
        )
        self.plan.items.append(PlanItem(key, label, old, part.text, where, problem, level))

    def _remark(self, part: Part, old: str) -> tuple[str, Level]:
        """What the clerk should know: a new heading, a doubtful one, text that is replaced."""
        remarks = []
        if part.section is None:
            remarks.append("提纲里没有这个标题，作为自拟标题加入")
        elif part.likeness < EXACT:
            remarks.append(f"标题与“{part.section.title}”相近，请核对归入是否得当")
        if part.tables:
            remarks.append(f"含{len(part.tables)}张表格，每行作为一段，请核对")
        if part.opening_line:
            remarks.append("第一个标题前的开头段放在这里")
        if old.strip():
            remarks.append(REPLACES)
        return "；".join(remarks), "note" if remarks else "ok"

    def add_rest(self, body: Body) -> None:
        """Text that no heading claims stays visible, and is not printed."""
        parts = [part for part in self.parts if part.unassigned]
        for lines, words in ((body.attached, _ATTACHED), (body.second_report, _SECOND_REPORT)):
            if lines:
                self.plan.problems.append(PlanProblem(f"第{lines[0].number}行", words))
                parts.append(_unassigned(lines))
        text = "\n".join(part.text for part in parts)
        key = FactKey(NARRATIVE, UNASSIGNED, "text")
        if not text.strip():
            return
        old = self.sheet.text(key)
        if printed_lines(old) == printed_lines(text):
            self.plan.agreed += 1
            return
        for part in parts:
            self.plan.problems += table_notes(part, _UNASSIGNED_LABEL)
        remark = "没有标题可归，存为“未归入提纲的内容”，不会印出"
        self.plan.items.append(
            PlanItem(key, _UNASSIGNED_LABEL, old, text, f"第{parts[0].number}行起", remark, "note")
        )
