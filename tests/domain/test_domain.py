"""The glossary names what the program names."""

from __future__ import annotations

import re

import pytest

from desktop import domain
from tests.places import RESOURCES, ROOT

TERMS = {
    term
    for line in str(domain.__doc__).splitlines()
    for entry in re.split(r"\s{3,}", line.strip())
    if (match := re.fullmatch(r"[a-z]\w+(?: / [a-z]\w+)*", entry))
    for term in match[0].split(" / ")
}
"""`three_public`, `weight / points`: what stands before the term of the forms."""
USED = "".join(
    path.read_text(encoding="utf-8")
    for room, kind in ((ROOT / "desktop", "*.py"), (RESOURCES, "*.toml"))
    for path in sorted(room.rglob(kind))
    if path != ROOT / "desktop" / "domain" / "__init__.py"
)


def test_the_glossary_was_read() -> None:
    assert len(TERMS) > 25 and {"three_public", "points", "in_post", "outline"} <= TERMS


@pytest.mark.parametrize("term", sorted(TERMS))
def test_every_term_is_a_name_of_the_program(term: str) -> None:
    assert re.search(rf"\b{term}\b", USED)
