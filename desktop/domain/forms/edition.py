"""The forms of one year, or of one county: tables, printed forms, indicator system and checks that go together.

A folder `resources/forms/<id>-<year>/` holds one:

    forms.toml          id, name, year, and the edition it is `like`: what is not in the folder is as there
    tables/<id>.toml    tables with rows and columns of its own
    annex<n>.toml       printed forms
    system.toml         the indicator system of 附件2 and 附件3
    checks.toml         relations between cells; those of a code that `like` has take the place of all of its code
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any

from desktop.domain.checks import Relation, parse_checks
from desktop.domain.forms.printed_form import PrintedForm, parse_form
from desktop.domain.template import Column, Row, System, Table, parse_system, parse_table

HEAD, SYSTEM, CHECKS = "forms.toml", "system.toml", "checks.toml"

Contents = Mapping[str, Mapping[str, Any]]
"""What each file of a folder says, by its name within the folder."""


@dataclass(frozen=True)
class FormEdition:
    """`tables` and `tabs` are all there are in a report by these forms, the program's own among them."""

    id: str
    name: str
    year: int
    tables: Mapping[str, Table]
    tabs: Mapping[str, tuple[str, ...]]
    printed: tuple[PrintedForm, ...]
    system: str
    """The id of the system that 附件2 and 附件3 follow."""
    checks: tuple[Relation, ...]
    outline: str = ""
    """The outline that a new report begins with; '' where it is the usual one."""
    of_forms: tuple[str, ...] = ()
    """The tables that belong to the forms. The others are the program's own, the same in every edition."""

    @property
    def targets_in_one_cell(self) -> bool:
        """`≥95%` in one cell; some forms have 指标性质, 指标值 and 度量单位 beside one another."""
        lines = (line for form in self.printed for part in form.parts for line in part.lines)
        return any(cell.shows == "target" for line in lines for cell in line.cells)

    def form(self, form_id: str) -> PrintedForm | None:
        return next((form for form in self.printed if form.id == form_id), None)


_HELP = frozenset({"aliases", "hint", "width", "note", "short_title"})
"""What helps to read a form and to type into it may get better after a release."""


def what_it_says(edition: FormEdition, system: System) -> str:
    """All by which a report is printed and reckoned, as one text to be hashed. What is as usual is left out, so that
    a new word in the templates changes no form that does not use it."""
    tables = tuple(table for table in edition.tables.values() if table.id in edition.of_forms)
    said = (edition.id, tables, edition.printed, edition.checks, system)
    return repr(_plain(said))


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if is_dataclass(value):
        own = ((f.name, getattr(value, f.name), f.default) for f in fields(value))
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        usual = value._field_defaults  # type: ignore[attr-defined]
        own = ((name, getattr(value, name), usual.get(name, MISSING)) for name in value._fields)
    else:
        return tuple(map(_plain, value)) if isinstance(value, tuple) else value
    help_in = _HELP if isinstance(value, Table | Column | Row) else ()
    return {name: _plain(inner) for name, inner, usual in own if name not in help_in and inner != usual}


NO_FORMS = FormEdition("", "", 0, {}, {}, (), "", ())


def parse_edition(
    contents: Contents,
    editions: Mapping[str, FormEdition],
    own_tables: Mapping[str, Table],
    own_tabs: Mapping[str, tuple[str, ...]],
) -> tuple[FormEdition, System | None]:
    """An edition, and the system in its folder if there is one.

    `own_tables` and `own_tabs` are the program's, which every edition has. TemplateError, ValueError, TypeError
    or KeyError where a file contradicts itself or names what there is not.
    """
    head = contents[HEAD]
    unknown = set(head) - {"id", "name", "year", "like", "outline", "checks_off", "tabs"}
    if unknown:
        raise ValueError(f"{HEAD} has words that mean nothing: {sorted(unknown)}")
    like = editions[head["like"]] if "like" in head else None
    strange = set(head.get("tabs", {})) - set(like.tabs if like else own_tabs)
    strange |= set(head.get("checks_off", ())) - {relation.code for relation in (like.checks if like else ())}
    if strange:
        raise ValueError(f"{HEAD}: tabs 或 checks_off 里的 {'、'.join(sorted(strange))} 没有")
    system = parse_system(contents[SYSTEM]) if SYSTEM in contents else None
    if system is None and like is None:
        raise ValueError(f"{HEAD}: neither a {SYSTEM} nor an edition that it is like")
    edition = FormEdition(
        id=head["id"],
        name=head["name"],
        year=head["year"],
        tables=_tables(contents, like.tables if like else own_tables),
        tabs=_tabs(head.get("tabs", {}), like.tabs if like else own_tabs),
        printed=_printed(contents, like.printed if like else ()),
        system=system.id if system else like.system if like else "",
        checks=_checks(contents, like.checks if like else (), head.get("checks_off", ())),
        outline=head.get("outline", like.outline if like else ""),
        of_forms=tuple(sorted({*_own_tables(contents), *(like.of_forms if like else ())})),
    )
    return edition, system


def _own_tables(contents: Contents) -> dict[str, Mapping[str, Any]]:
    """By their ids."""
    return {data["id"]: data for name, data in contents.items() if name.startswith("tables/")}


def _tables(contents: Contents, known: Mapping[str, Table]) -> dict[str, Table]:
    """Those that stand alone first, so that `like` finds its model whatever the files are called."""
    tables = dict(known)
    found = _own_tables(contents).values()
    for data in sorted(found, key=lambda data: "like" in data):
        tables[data["id"]] = parse_table(data, tables)
    return dict(sorted(tables.items()))


def _tabs(own: Mapping[str, list[str]], known: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """A table of its own is seen below those that are there: `[tabs] budget = ["rents"]`."""
    return {tab: tuple(dict.fromkeys((*tables, *own.get(tab, ())))) for tab, tables in known.items()}


def _printed(contents: Contents, known: tuple[PrintedForm, ...]) -> tuple[PrintedForm, ...]:
    forms = {form.id: form for form in known}
    for name, data in contents.items():
        if name.startswith("annex"):
            form = parse_form({"id": name.removesuffix(".toml"), **data})
            forms[form.id] = form
    return tuple(forms[form_id] for form_id in sorted(forms))


def _checks(contents: Contents, known: tuple[Relation, ...], off: list[str]) -> tuple[Relation, ...]:
    own = parse_checks(contents[CHECKS]["check"]) if CHECKS in contents else ()
    gone = {*off, *(relation.code for relation in own)}
    return (*(relation for relation in known if relation.code not in gone), *own)
