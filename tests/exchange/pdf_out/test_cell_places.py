"""Every fact that a form prints is found on the page again, on each page where its cell goes on."""

from __future__ import annotations

from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey
from desktop.exchange.document.annexes import annexes
from desktop.exchange.pdf_out.cell_places import CellPlace, cell_at
from desktop.exchange.pdf_out.writer import pdf_bytes
from desktop.paths import resources_dir
from desktop.resource_files.templates import load_templates

REASON = FactKey("annex2_indicators", "quantity:1", "reason")
FACTS = {
    FactKey("three_public", "reception", "final"): "1.5",
    FactKey("annex2_indicators", "quantity:1", "order"): "1",
    FactKey("annex2_indicators", "quantity:1", "name"): "完成工作任务数量",
    REASON: "受汛期影响，工期顺延。" * 200,
}


def test_cells_are_where_they_are_printed() -> None:
    assessment = Assessment(load_templates(resources_dir()), FACTS, 2023, "blocks-2023")
    blocks = [block for annex in annexes(assessment, "") for block in annex.blocks]
    _, result = pdf_bytes(blocks, resources=resources_dir(), prefer_system_fonts=False, title="", author="")
    told = {place.key for place in result.places}
    assert told >= FACTS.keys() - {FactKey("annex2_indicators", "quantity:1", "order")}
    assert len({place.page for place in result.places if place.key == REASON}) > 1
    for place in result.places:
        middle = place.left + place.width / 2, place.top + place.height / 2
        assert cell_at(result.places, place.page, *middle) == place.key
        assert 0 < place.left < 842 and 0 < place.top < 842


def test_beside_a_cell_the_nearest_is_meant_and_on_other_pages_none() -> None:
    left, right = (FactKey("three_public", "reception", column) for column in ("budget", "final"))
    places = [CellPlace(left, 1, 100, 100, 50, 20), CellPlace(right, 1, 150, 100, 50, 20)]
    assert cell_at(places, 1, 20, 110) == left
    assert cell_at(places, 1, 260, 400) == right
    assert cell_at(places, 0, 120, 110) is None
