"""Documents about several forces: each part is labelled by the forces that it is about."""

from __future__ import annotations

from peelsearch.documents import structure
from peelsearch.documents.plain_text import read_plain_text
from peelsearch.model import StructuredDocument
from peelsearch.vocabulary import load_vocabulary

COLLECTION = """PEEL: Police effectiveness 2017

Force press releases

Kent Police

Kent Police has been rated as good at keeping people safe. It works with Essex Police on this.

Essex Police

Essex Police requires improvement at protecting vulnerable people, inspectors found.

Durham Constabulary

Durham Constabulary is outstanding at preventing crime, according to the report.
"""
NATIONAL = """Vetting across the country: a thematic inspection

Recommendations

Recommendation 1

By 31 March 2024, chief constables should review what they do.

What we found

Forces differ. Some of them keep good records of those whom they vet.

Practice in Kent Police

The team keeps a list, and shares it with Essex Police each month.
"""


def read(text: str) -> StructuredDocument:
    return structure(read_plain_text(text.encode()), load_vocabulary(), name="x.txt")


def test_a_collection_has_a_part_for_each_force() -> None:
    found = read(COLLECTION)
    assert found.description.type == "press-release"
    assert [(s.heading, s.force, s.theme, s.grade) for s in found.sections[1:]] == [
        ("Kent Police", ("kent",), "not-stated", "not-stated"),
        ("Essex Police", ("essex",), "vulnerable-people", "requires-improvement"),
        ("Durham Constabulary", ("durham",), "prevention", "outstanding"),
    ]
    assert [(j.force, j.theme, j.grade) for j in found.judgments] == [
        ("essex", "vulnerable-people", "requires-improvement"),
        ("durham", "prevention", "outstanding"),
    ]


def test_a_release_that_names_one_force_alone_is_one_section() -> None:
    text = COLLECTION.split("Essex Police\n\n", maxsplit=1)[0]
    assert [section.kind for section in read(text).sections] == ["press-release"]


def test_a_national_report_labels_sections_by_the_forces_they_are_about() -> None:
    found = read(NATIONAL)
    assert found.description.forces == ()
    by_heading = {section.heading: section.force for section in found.sections}
    assert by_heading["Practice in Kent Police"] == ("kent",)
    assert by_heading["What we found"] == ()
