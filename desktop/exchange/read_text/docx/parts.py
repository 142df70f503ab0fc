"""The parts of a .docx that hold text, as trees without name spaces: what its paragraphs refer to is found here."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from desktop.errors import UserError
from desktop.exchange.file_kind import Source
from desktop.exchange.read_text.docx.numbering import LEVELS, ListLevel, NumberedList
from desktop.exchange.read_text.lines import RunType

MAX_NODES = 4_000_000
"""Most elements and attributes of a part: a report of a hundred pages has a tenth of it."""
_LARGEST_PICTURE = 20_000_000
"""Bytes unpacked."""
_BODY_TEXT = 9
"""The outline level of what is no heading; headings have 0 to 8."""
_LONGEST_LEVEL = 100
"""Characters of a level's text, `第%1条` for instance: a file with 20,000 of them took two minutes."""
_USUAL_SIZE = 20
"""Half points of type where a file says nothing at all."""
_MOST_DIGITS = 5
"""Of a number that Word writes into an attribute; longer ones are damage."""


class Style(NamedTuple):
    """What a paragraph or a run takes from a style, its bases included."""

    level: int = 0
    list_id: str = ""
    list_level: int = 0
    hidden: bool = False
    struck: bool = False
    shaded: bool = False
    """It gives a paragraph or a cell of a table a colour of its own."""
    contents: bool = False
    """A line of the table of contents, which Word makes out of the headings."""
    size: int | None = None
    bold: bool | None = None
    font: str | None = None
    centred: bool = False
    """What it is set in, None where neither it nor a base says so; size in half points."""


def is_on(found: Element | None) -> bool:
    """A switch is on where it stands, unless it says that it is off."""
    return found is not None and found.get("val", "1") not in ("0", "false", "off", "none")


def shading(found: Element | None) -> bool:
    """Whether a surface has a colour, on which white can be read."""
    return found is not None and (
        found.get("fill", "auto").upper() not in ("AUTO", "FFFFFF") or found.get("val") == "solid"
    )


class WordPackage:
    """A .docx opened; parts that are missing are empty. Raises what the zip or the parser raises."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._archive = zipfile.ZipFile(io.BytesIO(source.data))
        self._parts = {part.filename.lower(): part for part in self._archive.infolist()}
        self._main = self._related("_rels/.rels", "").get("officeDocument", "word/document.xml")
        folder, name = posixpath.split(self._main)
        self._targets = self._related(f"{folder}/_rels/{name}.rels", folder)

    @property
    def main(self) -> str:
        """The part that holds the text."""
        return self._main

    def target(self, kind: str) -> str:
        """The part of that kind that the main one refers to, "" for none."""
        return self._targets.get(kind, "")

    @cached_property
    def body(self) -> Element:
        body_element = self._tree(self._main).find("body")
        return Element("body") if body_element is None else body_element

    def media(self, relation: str) -> bytes:
        """The file of a picture in the main part; b"" where there is none, or one too large to be unpacked."""
        folder, name = posixpath.split(self._main)
        links = self._tree(f"{folder}/_rels/{name}.rels")
        found = (
            link for link in links if link.get("Id") == relation and link.get("TargetMode") != "External"
        )
        link = next(found, None)
        part = None if link is None else self._parts.get(_resolved(folder, link.get("Target", "")).lower())
        return b"" if part is None or part.file_size > _LARGEST_PICTURE else self._archive.read(part)

    def notes(self, kind: str) -> dict[str, Element]:
        """The `footnotes` or `endnotes` by their id; the lines drawn above them are none."""
        part = self._tree(self._targets.get(kind, ""))
        return {note.get("id", ""): note for note in part if note.get("type", "normal") == "normal"}

    @cached_property
    def styles(self) -> Mapping[str, Style]:
        """By id; "" is what paragraphs follow that name no style."""
        part = self._tree(self._targets.get("styles", ""))
        raw = {style.get("styleId", ""): style for style in part.iterfind("style")}
        resolved: dict[str, Style] = {}
        for name in raw:
            chain: dict[str, None] = {}  # a list would be looked through for each of 100,000 bases
            at: str | None = name
            while at in raw and at not in resolved and at not in chain:
                chain[at] = None
                based = raw[at].find("basedOn")
                at = based.get("val") if based is not None else None
            style = resolved.get(at or "", Style())
            for each in reversed(chain):
                style = resolved[each] = _style(raw[each], style)
        usual = [
            key
            for key, s in raw.items()
            if s.get("type") == "paragraph" and s.get("default") in ("1", "true")
        ]
        return {"": resolved[usual[0]] if usual else Style(), **resolved}

    @cached_property
    def usual_type(self) -> RunType:
        """What is set in nothing else."""
        usual = self._tree(self._targets.get("styles", "")).find("docDefaults/rPrDefault/rPr")
        size, bold, font = (None, None, None) if usual is None else type_set(usual)
        return RunType(size or _USUAL_SIZE, bool(bold), font or "")

    @cached_property
    def lists(self) -> Mapping[str, NumberedList]:
        """By the id that paragraphs name."""
        part = self._tree(self._targets.get("numbering", ""))
        families = {each.get("abstractNumId", ""): each for each in part.iterfind("abstractNum")}
        linked = {
            link.get("val", ""): key
            for key, each in families.items()
            if (link := each.find("styleLink")) is not None
        }
        return {
            each.get("numId", ""): _numbered_list(each, families, linked) for each in part.iterfind("num")
        }

    def level_of_style(self, list_id: str, style_id: str) -> int | None:
        """The level of a list that belongs to a style."""
        numbered = self.lists.get(list_id)
        return None if numbered is None else self._levels.get((numbered.family, style_id))

    @cached_property
    def _levels(self) -> Mapping[tuple[str, str], int]:
        """By family and style: by list there could be billions."""
        part = self._tree(self._targets.get("numbering", ""))
        return {
            (family.get("abstractNumId", ""), style.get("val", "")): int_of(level, "ilvl")
            for family in part.iterfind("abstractNum")
            for level in family.iterfind("lvl")
            if (style := level.find("pStyle")) is not None
        }

    def _related(self, path: str, folder: str) -> dict[str, str]:
        """The parts that a part refers to, by the last word of what they are to it."""
        return {
            link.get("Type", "").rpartition("/")[2]: _resolved(folder, link.get("Target", ""))
            for link in self._tree(path)
            if link.get("TargetMode") != "External"
        }

    def _tree(self, path: str) -> Element:
        part = self._parts.get(path.lower())
        if part is None:
            return Element("missing")
        data = self._archive.read(part)
        if data.count(b"<") + data.count(b"=") > MAX_NODES:
            raise UserError(f"“{self._name}”的内容太多，已停止读取。", "请只保留报告本身，另存一份后再试。")
        root = ElementTree.fromstring(data)
        short: dict[str, str] = {}
        for each in root.iter():
            each.tag = short.setdefault(each.tag, each.tag.rpartition("}")[2])
            if each.attrib:
                named = {key.rpartition("}")[2]: value for key, value in each.attrib.items()}
                each.attrib.clear()
                each.attrib.update(named)
        return root


def _resolved(folder: str, target: str) -> str:
    return (
        target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}").lstrip("/")
    )


def int_of(element: Element | None, name: str = "val", default: int = 0) -> int:
    """A whole number in an attribute; `default` where there is none, or none that can be meant."""
    text = element.get(name, "") if element is not None else ""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else default


def level_of(outline: Element | None, default: int) -> int:
    """1 to 9 of an outline level, which Word counts from 0; 0 for body text."""
    if outline is None:
        return default
    level = int_of(outline, default=_BODY_TEXT)
    return level + 1 if level < _BODY_TEXT else 0


def type_set(properties: Element) -> tuple[int | None, bool | None, str | None]:
    """Size, boldness and font for Chinese that a run or a style sets; None for what it does not."""
    size = bold = font = None
    for each in properties:
        if each.tag == "sz":
            size = int_of(each) or None
        elif each.tag == "b":
            bold = is_on(each)
        elif each.tag == "rFonts":
            font = each.get("eastAsia") or each.get("eastAsiaTheme")
    return size, bold, font


def _style(raw: Element, base: Style) -> Style:
    named = raw.find("name")
    # `heading 1`, which WPS also calls `标题 1`; `toc 2` is a line of the contents.
    kind, _, rank = ("" if named is None else named.get("val", "")).lower().partition(" ")
    heading = (
        int(rank) if kind in ("heading", "标题") and rank.isdecimal() and 1 <= int(rank) <= LEVELS else None
    )
    hidden = raw.find("rPr/vanish")
    struck = next(
        (each for tag in ("strike", "dstrike") if (each := raw.find(f"rPr/{tag}")) is not None), None
    )
    list_id = raw.find("pPr/numPr/numId")
    list_level = raw.find("pPr/numPr/ilvl")
    properties, side = raw.find("rPr"), raw.find("pPr/jc")
    size, bold, font = (None, None, None) if properties is None else type_set(properties)
    return Style(
        level=level_of(raw.find("pPr/outlineLvl"), base.level if heading is None else heading),
        list_id=base.list_id if list_id is None else list_id.get("val", ""),
        list_level=int_of(list_level, default=base.list_level),
        hidden=base.hidden if hidden is None else is_on(hidden),
        struck=base.struck if struck is None else is_on(struck),
        shaded=base.shaded or any(map(shading, raw.iter("shd"))),
        contents=base.contents or (kind == "toc" and rank.isdecimal()),
        size=base.size if size is None else size,
        bold=base.bold if bold is None else bold,
        font=base.font if font is None else font,
        centred=base.centred if side is None else side.get("val") == "center",
    )


def _numbered_list(num: Element, families: Mapping[str, Element], linked: Mapping[str, str]) -> NumberedList:
    named = num.find("abstractNumId")
    family = "" if named is None else named.get("val", "")
    raw = families.get(family)
    link = None if raw is None else raw.find("numStyleLink")
    if link is not None and link.get("val", "") in linked:
        family = linked[link.get("val", "")]
        raw = families.get(family)
    levels = [ListLevel()] * LEVELS
    for level in () if raw is None else raw.iterfind("lvl"):
        _put(levels, level)
    anew = set()
    for changed in num.iterfind("lvlOverride"):
        place = int_of(changed, "ilvl")
        level_there = changed.find("lvl")
        if level_there is not None:
            _put(levels, level_there)
        start = changed.find("startOverride")
        if start is not None and place < LEVELS:
            anew.add(place)
            levels[place] = levels[place]._replace(start=int_of(start, default=1))
    return NumberedList(family, tuple(levels), frozenset(anew))


def _put(levels: list[ListLevel], raw: Element) -> None:
    place = int_of(raw, "ilvl")
    if place >= LEVELS:
        return
    text, restart, shape = raw.find("lvlText"), raw.find("lvlRestart"), raw.find(".//numFmt")
    levels[place] = ListLevel(
        text="" if text is None else text.get("val", "")[:_LONGEST_LEVEL],
        shape="decimal" if shape is None else shape.get("val", "decimal"),
        start=int_of(raw.find("start")),
        legal=is_on(raw.find("isLgl")),
        restart=None if restart is None else int_of(restart),
    )
