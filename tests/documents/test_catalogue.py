"""A catalogue says what its entries say, or says which of them cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelsearch.documents.catalogue import read_catalogue
from peelsearch.errors import InputError
from peelsearch.model import Stated, Stub
from peelsearch.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def catalogue(folder: Path, source: str) -> Path:
    path = folder / "catalogue.toml"
    path.write_text(source, "utf-8")
    return path


def test_entries_become_statements_and_stubs(tmp_path: Path) -> None:
    path = catalogue(
        tmp_path,
        """
        [[document]]
        path = "letters\\\\a.txt"
        type = "PCC letter"
        date = 2023-09-21
        force = ["Beds", "Bedfordshire Police"]

        [[document]]
        path = "b.txt"
        title = "  A   title "
        round = "2021/22"
        date = "2022-04"

        [[document]]
        title = "Getting a grip"
        type = "national report"
        date = "2023-07-07"
        link = "https://example.org/"
        """,
    )
    found = read_catalogue(path, VOCABULARY)
    assert found.documents == {
        "letters/a.txt": Stated(
            "catalogue.toml",
            type="commissioner-letter",
            date="2023-09-21",
            force=("bedfordshire",),
        ),
        "b.txt": Stated("catalogue.toml", title="A title", round="2021-22", date="2022-04"),
    }
    assert found.stubs == (
        Stub("Getting a grip", "national-report", "2023-07-07", None, (), "https://example.org/"),
    )


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("[[document]\n", "cannot be read"),
        ("title = 'x'\n", '"title" is not a list'),
        ("document = [1]\n", "document 1 is not a table"),
        ("[[document]]\ndate = '2022'\n", "neither a path nor a title"),
        ("[[document]]\npath = 'a'\ncolour = 'red'\n", '"colour" is no key'),
        ("[[document]]\npath = 'a'\nforce = 'Bedfordshre'\n", 'No force is called "Bedfordshre"'),
        ("[[document]]\npath = 'a'\ntype = 'kent'\n", "it is a force"),
        ("[[document]]\npath = 'a'\ndate = 'soon'\n", "is not a date"),
        ("[[document]]\npath = 'a'\ntitle = 3\n", '"title" is not a text'),
        ("[[document]]\npath = 'a'\n[[document]]\npath = './a'\n", "document 2: a is there twice"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_place(
    tmp_path: Path, source: str, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_catalogue(catalogue(tmp_path, source), VOCABULARY)
    assert message in caught.value.message
    assert "catalogue.toml" in caught.value.message
    assert caught.value.hint
