"""A report's file and what was found in it, with the page and the place of each finding."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from desktop.audit import auditing
from desktop.audit.accounts.forms_read import FormsRead
from desktop.audit.auditing import Audited
from desktop.audit.evidence import NumberVerdict
from desktop.audit.finding import LEVELS, Finding, Span, alike
from desktop.audit.whereabouts import Whereabouts
from desktop.domain.all_templates import Templates
from desktop.domain.forms.form_labels import edition_shown
from desktop.errors import UserError
from desktop.exchange.file_kind import FileKind, Source, open_source
from desktop.exchange.import_forms.forms_in_report import read_by_cells
from desktop.exchange.marked_copy.marked_copy import MarkedCopy, marked_copy, marked_text
from desktop.exchange.marked_copy.places import Places
from desktop.exchange.read_text.any_file import lines_in
from desktop.exchange.read_text.lines import DocumentLine, joined

FEWEST_CHARACTERS = 100
"""`某局2023年度自评报告` with `正文见附件。` is a covering letter; a report has thousands."""
_NEVER_PLAIN = (".docx", ".doc", ".wps", ".pdf")
"""A text under such a name has been renamed, or is RTF, whose marks are read as words."""
MOST_CHARACTERS = 1_000_000
"""A report has 60,000; among many files none may hold up the others for minutes."""
_MOST_TOLD = 5
"""Places of one thing that is wrong again and again: nobody reads the 93 of a template, and a place is up to 80 characters."""


class Told(NamedTuple):
    """Findings that say the same, and each page (None where it is not known) and place at which one stands."""

    findings: tuple[Finding, ...]
    at: tuple[tuple[int | None, str], ...]

    @property
    def message(self) -> str:
        """`共93处：“XX”：占位符号没有换成实际内容`: how many comes first, as the end is out of sight in a narrow list."""
        count = len(self.findings)
        return (f"共{count}处：" if count > 1 else "") + self.findings[0].message

    @property
    def where(self) -> str:
        """`第7页 一、概况 第1段；第8页 表内`"""
        return _listed(f"第{page}页 {place}".strip() if page else place for page, place in self.at)

    @property
    def pages(self) -> str:
        return _listed((str(page) for page, _ in self.at if page), most=20)

    @property
    def places(self) -> str:
        return _listed(place for _, place in self.at)


def _listed(words: Iterable[str], most: int = _MOST_TOLD) -> str:
    """`7；8；9`, each once and not without end."""
    each = list(dict.fromkeys(filter(None, words)))
    return "；".join(each[:most]) + ("……" if len(each) > most else "")


@dataclass(frozen=True, slots=True)
class AuditedFile:
    """Plain values. `error` says why a file could not be read; then it has no findings.

    `pages` are those of spans, as far as they are known; `places` tells of each finding where it stands.
    `source` and `lines` are what a 标注稿 is made of.
    """

    path: Path
    name: str
    text: str = ""
    findings: Sequence[Finding] = ()
    pages: Mapping[Span, int] = field(default_factory=dict)
    places: Sequence[str] = ()
    error: str = ""
    source: Source | None = None
    lines: Sequence[DocumentLine] = ()
    numbers: Sequence[NumberVerdict] = ()
    remark: str = ""
    """What makes it doubtful that this is a report: that nothing was found in it says little then."""
    forms: FormsRead | None = None
    """Of the tables of final accounts those that were read."""

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each level."""
        return {level: sum(finding.level == level for finding in self.findings) for level in LEVELS}

    def in_brief(self) -> str:
        """`错误 2　核实 1　提示 0`, or why there is nothing to tell."""
        counts = "　".join(f"{level} {count}" for level, count in self.counts.items())
        return self.error or f"{counts}　{self.remark}".rstrip()

    def told(self) -> list[Told]:
        """Its findings as they are listed."""
        places = dict(zip(self.findings, self.places, strict=False))
        return [
            Told(tuple(same), tuple(dict.fromkeys((self.page(f), places.get(f, "")) for f in same)))
            for same in alike(self.findings)
        ]

    def page(self, finding: Finding) -> int | None:
        return next((page for span in finding.spans if (page := self.pages.get(span))), None)

    def quote(self, finding: Finding) -> str:
        """The words that it is about, on one line."""
        words = (" ".join(self.text[span.start : span.end].split()) for span in finding.spans[:1])
        return next(words, "")

    def without_content(self) -> AuditedFile:
        """What is to be shown of it; the file itself is not kept."""
        return replace(self, source=None, lines=())

    def marked(self, names: Mapping[str, str]) -> MarkedCopy:
        """Its 标注稿; `names` are those of the rules by their codes."""
        if self.source is None:
            return marked_text(self.name, self.lines, self.findings, names)
        return marked_copy(self.source, self.lines, self.findings, names)


def audit_file(path: Path, name: str, templates: Templates, without: Collection[str] = ()) -> AuditedFile:
    """Read a file once and audit it. UserError where it cannot be read as a report."""
    source = open_source(path)
    lines = lines_in(source, traced=True)
    text = joined(lines)
    if len(text) > MOST_CHARACTERS:
        raise UserError(f"“{path.name}”太长，不像一份报告，没有核对。", "请只保留报告本身，另存一份后再试。")
    year = max(edition.year for edition in templates.editions.values())
    templates = templates.with_forms(edition_shown((line.text for line in lines), templates, year))
    found = auditing.audited(
        text, templates=templates, without=without, by_cells=partial(read_by_cells, lines)
    )
    return replace(with_places(path, name, text, found, lines, source), remark=_remark(source, text))


def _remark(source: Source, text: str) -> str:
    ending, characters = Path(source.name).suffix.lower(), len("".join(text.split()))
    if source.kind is FileKind.TEXT and ending in _NEVER_PLAIN:
        return f"扩展名是 {ending}，内容却是纯文本，请确认没有选错文件"
    return f"只有{characters}个字，不像一份报告" if characters < FEWEST_CHARACTERS else ""


def audit_or_tell(path: Path, name: str, templates: Templates, without: Collection[str] = ()) -> AuditedFile:
    """The same for one of many files: that it cannot be read is told, and the others go on."""
    try:
        return audit_file(path, name, templates, without)
    except UserError as error:
        return AuditedFile(path, name, error=str(error))


def with_places(
    path: Path,
    name: str,
    text: str,
    result: Audited,
    lines: Sequence[DocumentLine],
    source: Source | None,
) -> AuditedFile:
    """What was found in a text, with the page and the place of each finding."""
    findings, numbers, forms = result
    spans = {span for finding in findings for span in finding.spans}
    found = Places(lines, spans)
    pages = {span: page for span in spans if (page := found.page(span)) is not None}
    whereabouts = Whereabouts(text) if findings else None
    places = [whereabouts.of(finding) for finding in findings] if whereabouts else []
    return AuditedFile(path, name, text, findings, pages, places, "", source, lines, numbers, "", forms)
