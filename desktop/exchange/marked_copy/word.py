"""A Word document given back with comments: everything in it stays as it is, byte by byte, but for the marks.

A comment is of one place; where a finding has more, each of them is shaded in its colour.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from desktop.exchange.docx_out.wordml import HEAD, attribute, content
from desktop.exchange.file_kind import Source
from desktop.exchange.marked_copy.notes import AUTHOR, COLOURS, INITIALS, Note
from desktop.exchange.marked_copy.places import Part, Places
from desktop.exchange.marked_copy.word_runs import SPACE, Name, WordRun, WordText, texts_in
from desktop.exchange.read_text.docx.parts import WordPackage
from desktop.exchange.read_text.lines import DocumentLine, signs

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_PROPERTIES = re.compile(rb"(?P<start><[^>]*[^/>]>)(?P<inside>.*)(?P<end></[^>]*>)", re.DOTALL)
"""`<w:rPr><w:b/></w:rPr>`; `<w:rPr/>` says nothing."""
_SHADE = re.compile(rb"<(?:\w+:)?shd\b[^>]*/>")
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)


class _Comment(NamedTuple):
    number: int
    paragraphs: tuple[str, ...]
    first: Part
    last: Part


class _Shade(NamedTuple):
    """Words behind which a colour is to be."""

    part: Part
    colour: str


class _Edge(NamedTuple):
    """What is put at a byte: a mark, and for one inside a text the text that it cuts in two.

    With a `colour` it is no mark of a comment: the text behind it has it, up to the next such edge.
    """

    text: WordText | None
    is_start: bool
    number: int = 0
    colour: str = ""


def with_comments(source: Source, lines: Sequence[DocumentLine], notes: Sequence[Note]) -> bytes | None:
    """The file with a comment for each note; None where it is written in a way that is not worked on here."""
    package = WordPackage(source)
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        infos = archive.infolist()
        parts = {info.filename: archive.read(info) for info in infos}
    main = _named(parts, package.main)
    if (
        main is None
        or parts[main].startswith((b"\xff\xfe", b"\xfe\xff"))
        or _OTHER_ENCODING.match(parts[main])
    ):
        return None
    folder = posixpath.dirname(main)
    there = _named(parts, package.target("comments"))
    comments_part = there or f"{folder}/comments_zp.xml".lstrip("/")
    comments = list(_comments(lines, notes, _next_number(parts.get(comments_part, b""))))
    wanted = {part.piece.place for comment in comments for part in (comment.first, comment.last)}
    shades = list(_shades(lines, notes))
    texts = texts_in(parts[main], wanted | {shade.part.piece.place for shade in shades})
    if not wanted or wanted - texts.keys():
        return None
    parts[main] = _marked(parts[main], comments, shades, texts)
    parts[comments_part] = _appended(parts.get(comments_part, _no_comments()), map(_comment_xml, comments))
    if there is None:
        _link(parts, folder, main, comments_part)
    return _packed(infos, parts)


def _named(parts: Mapping[str, bytes], path: str) -> str | None:
    """A part as the archive writes its name: names differ in case in files of some programs."""
    return next((name for name in parts if path and name.lower() == path.lower()), None)


def _comments(lines: Sequence[DocumentLine], notes: Sequence[Note], number: int) -> Iterator[_Comment]:
    """One a note, in their order, at the first of its words that stand in the body; where none does, at its beginning.

    One for each number that a finding names would bury the report: its 55 findings had 122 comments.
    """
    places = Places(lines, (span for note in notes for span in note.spans))
    first = next((piece for piece in places.pieces if piece.place is not None and piece.text.strip()), None)
    whole = [Part(first, 0, signs(first.text) - 1)] if first is not None else []
    for note in notes:
        found = ([p for p in places.parts(span) if p.piece.place is not None] for span in note.spans)
        parts = next(filter(None, found), whole)
        if parts:
            yield _Comment(number, note.paragraphs(), parts[0], parts[-1])
            number += 1


def _shades(lines: Sequence[DocumentLine], notes: Sequence[Note]) -> Iterator[_Shade]:
    """Where the same is wrong at several places, each of them."""
    places = Places(lines, (span for note in notes for span in note.spans))
    for note in (note for note in notes if note.wrong > 1):
        colour = "".join(f"{round(share * 255):02X}" for share in COLOURS[note.level])
        parts = (part for span in note.spans[: note.wrong] for part in places.parts(span))
        yield from (_Shade(part, colour) for part in parts if part.piece.place is not None)


def _next_number(part: bytes) -> int:
    """Behind those of the comments that are there already."""
    if not part:
        return 0
    given = (
        value for each in ElementTree.fromstring(part) for name, value in each.items() if name.endswith("}id")
    )
    return max((int(value) for value in given if value.isdecimal()), default=-1) + 1


# -- marks in the document --------------------------------------------------------------------------------


def _marked(
    data: bytes, comments: Sequence[_Comment], shades: Sequence[_Shade], texts: Mapping[int, WordText]
) -> bytes:
    at_byte: dict[int, list[_Edge]] = defaultdict(list)
    for part, colour in shades:
        text = texts.get(part.piece.place)
        start = text.cut(part.first, after=False) if text is not None else None
        if text is None or start is None:  # in a field, say: then the comment alone tells of it
            continue
        at_byte[start].append(_Edge(text, True, colour=colour))
        end = text.edge(part.last, after=True)
        at_byte[text.run.end if end is None else end].append(
            _Edge(None if end is None else text, False, colour=colour)
        )
    for comment in comments:
        for part, sign, is_start in (
            (comment.first, comment.first.first, True),
            (comment.last, comment.last.last, False),
        ):
            text = texts[part.piece.place]
            inside = text.edge(sign, after=not is_start)
            whole = text.run.start if is_start else text.run.end
            edge = _Edge(None if inside is None else text, is_start, comment.number)
            at_byte[whole if inside is None else inside].append(edge)
    any_name = next(iter(texts.values())).run.name
    pieces, before, on = list[bytes](), 0, list[str]()
    for place in sorted(at_byte):
        # What ends here ends before what begins here.
        edges = sorted(at_byte[place], key=lambda edge: (edge.is_start, edge.number))
        cut = next((edge.text for edge in edges if edge.text is not None), None)
        name = cut.run.name if cut else any_name
        marks = "".join(_mark(edge, name) for edge in edges if not edge.colour)
        for edge in edges:
            if edge.colour:
                (on.append if edge.is_start else on.remove)(edge.colour)
        pieces += [data[before:place], _cutting(cut, marks, on[:1]) if cut else marks.encode()]
        before = place
    return b"".join([*pieces, data[before:]])


def _cutting(text: WordText, marks: str, colour: Sequence[str]) -> bytes:
    """The end of the run's first half, the marks, and the beginning of its second half, with its colour if it has one."""
    run = text.run
    properties = _shaded(run, *colour) if colour else run.properties
    ends = f"{text.name.tag(end=True)}>{run.name.tag(end=True)}>{marks}"
    return ends.encode() + run.opening + properties + f'{text.name.tag()} xml:space="preserve">'.encode()


def _shaded(run: WordRun, colour: str) -> bytes:
    """A run's properties with a colour behind its words."""
    space = _space(run.name)
    shade = f'<w:shd{space} w:val="clear" w:color="auto" w:fill="{colour}"/>'.encode()
    own = _PROPERTIES.fullmatch(run.properties)
    if own is None:
        return f"<w:rPr{space}>".encode() + shade + b"</w:rPr>"
    return own["start"] + shade + _SHADE.sub(b"", own["inside"]) + own["end"]


def _space(name: Name) -> str:
    """Behind the name of an element with the prefix `w`, where the document has another one for it."""
    return "" if name.prefix == "w" else f' xmlns:w="{SPACE}"'


def _mark(edge: _Edge, run: Name) -> str:
    space = _space(run)
    number = f'{space} w:id="{edge.number}"/>'
    if edge.is_start:
        return f"<w:commentRangeStart{number}"
    return f'<w:commentRangeEnd{number}<w:r{space}><w:commentReference w:id="{edge.number}"/></w:r>'


# -- the other parts --------------------------------------------------------------------------------------


def _no_comments() -> bytes:
    return f'{HEAD}<w:comments xmlns:w="{SPACE}"></w:comments>'.encode()


def _comment_xml(comment: _Comment) -> str:
    bold = "<w:rPr><w:b/></w:rPr>"
    paragraphs = "".join(
        f'<w:p><w:r>{bold if place == 0 else ""}<w:t xml:space="preserve">{content(text)}</w:t></w:r></w:p>'
        for place, text in enumerate(comment.paragraphs)
    )
    return (
        f'<w:comment xmlns:w="{SPACE}" w:id="{comment.number}" w:author={attribute(AUTHOR)}'
        f" w:initials={attribute(INITIALS)}>{paragraphs}</w:comment>"
    )


def _appended(part: bytes, added: Iterable[str]) -> bytes:
    """XML with more at the end of its root."""
    body, inside = part.rstrip(), "".join(added).encode()
    if body.endswith(b"/>"):  # a root that is empty
        name: bytes = re.findall(rb"<([\w:.-]+)", body)[-1]
        return body[:-2] + b">" + inside + b"</" + name + b">"
    end = body.rindex(b"</")
    return body[:end] + inside + body[end:]


def _link(parts: dict[str, bytes], folder: str, main: str, comments: str) -> None:
    """Tell the document of its comments, and the package what they are."""
    path = f"{folder}/_rels/{posixpath.basename(main)}.rels".lstrip("/")
    links = _named(parts, path) or path
    empty = f'{HEAD}<Relationships xmlns="{_LINKS}"></Relationships>'.encode()
    link = (
        f'<Relationship xmlns="{_LINKS}" Id="zpComments" Type="{_OFFICE}/comments"'
        f' Target="{posixpath.basename(comments)}"/>'
    )
    parts[links] = _appended(parts.get(links, empty), [link])
    types = _named(parts, "[Content_Types].xml")
    if types is not None:
        kind = f'<Override xmlns="{_TYPES}" PartName="/{comments}" ContentType="{_COMMENTS}"/>'
        parts[types] = _appended(parts[types], [kind])


def _packed(infos: Sequence[zipfile.ZipInfo], parts: Mapping[str, bytes]) -> bytes:
    """Every part in its place with its date, new ones behind."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in infos:
            archive.writestr(info, parts[info.filename], info.compress_type)
        for name in parts.keys() - {info.filename for info in infos}:
            new = zipfile.ZipInfo(name, infos[0].date_time)
            archive.writestr(new, parts[name], zipfile.ZIP_DEFLATED)
    return stream.getvalue()
