"""People's notes on the site: beside the findings, as of the file, and never in the page's way."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from test_api import V1, validator

from peelsearch.cli import run
from peelsearch.webapp import create_app
from table_pages import check_markup, page, text

REGISTER = "/register?force=bedfordshire&kind=ask"
HEAD = "id,owner,status,note,evidence,closed\n"


@pytest.fixture
def finding(client: FlaskClient) -> str:
    """The id of the first ask of the seeds."""
    entries = client.get(f"{V1}{REGISTER}").get_json()["entries"]
    identifier: str = entries[0]["id"]
    return identifier


def served(seeds_index: Path, file: Path) -> FlaskClient:
    return create_app(seeds_index, tracker=file).test_client()


def write(file: Path, rows: str, stamp: int) -> None:
    """Write the file, at a time of its own: two writes may fall on one tick of the clock."""
    file.write_text(HEAD + rows, "utf-8")
    os.utime(file, (stamp, stamp))


def test_notes_stand_beside_findings_in_all_shapes(
    seeds_index: Path, tmp_path: Path, finding: str
) -> None:
    file = tmp_path / "tracker.csv"
    write(file, f"{finding},Ana,open,<b>Asked</b> =1+1,minutes,2024-02-01\n", 1)
    site = served(seeds_index, file)
    wanted = "Noted Ana · open · closed 1 February 2024 · <b>Asked</b> =1+1 · evidence: minutes"
    for address in (REGISTER, "/forces/bedfordshire"):
        markup = page(site, address)
        check_markup(markup)
        assert text(markup).count(wanted) == 1
        answer = site.get(f"{V1}{address}").get_json()
        operation = "register" if "register" in address else "force"
        described = site.get(f"{V1}/openapi.json").get_json()
        validator(described, operation).validate(answer)
        asks = answer["entries" if operation == "register" else "asks"]
        assert {ask["id"]: (ask["tracker"] or {}).get("owner") for ask in asks}[finding] == "Ana"
        assert sum(ask["tracker"] is not None for ask in asks) == 1
    rows = csv.DictReader(io.StringIO(page(site, "/register.csv").lstrip("\ufeff")))
    assert [row["tracker_owner"] for row in rows if row["id"] == finding] == ["Ana"]


def test_they_are_those_of_the_command(
    seeds_index: Path, tmp_path: Path, finding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "tracker.csv"
    write(file, f"{finding},Ana,open,,,\ngone-12345678,Bo,,,,\n", 1)
    places = ["--index", str(seeds_index), "--tracker", str(file)]
    capsys.readouterr()
    assert run(["force", "Bedfordshire", *places, "--format", "csv"]) == 0
    printed = capsys.readouterr().out
    given = served(seeds_index, file).get("/forces/bedfordshire.csv").data.decode("utf-8")
    # The site does not say where the file lies.
    assert given.replace("\r\n", "\n") == printed.replace(str(file), file.name)


def test_a_file_that_changes_changes_the_page(
    seeds_index: Path, tmp_path: Path, finding: str
) -> None:
    file = tmp_path / "tracker.csv"
    write(file, f"{finding},Ana,,,,\n", 1)
    site = served(seeds_index, file)
    first = site.get(REGISTER)
    assert "Noted Ana" in text(first.text)
    same = site.get(REGISTER, headers={"If-None-Match": first.headers["ETag"]})
    assert same.status_code == 304
    write(file, f"{finding},Bo,,,,\n", 2)
    changed = site.get(REGISTER, headers={"If-None-Match": first.headers["ETag"]})
    assert (changed.status_code, "Noted Bo" in text(changed.text)) == (200, True)


def test_rows_without_a_finding_are_said(seeds_index: Path, tmp_path: Path) -> None:
    file = tmp_path / "tracker.csv"
    write(file, "gone-12345678,Ana,,,,\n", 1)
    for address in (REGISTER, "/forces/bedfordshire"):
        shown = text(page(served(seeds_index, file), address))
        assert "tracker.csv, line 2: gone-12345678: no such finding" in shown
        assert str(tmp_path) not in shown


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"id,colour\nx,red\n", "colour"),
        (b"id,closed\nx,soon\n", "line 2"),
        (b"id\n\xff\xfe\n", "UTF-8"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_and_the_page_is_there(
    seeds_index: Path, tmp_path: Path, finding: str, data: bytes | None, words: str
) -> None:
    file = tmp_path / "tracker.csv"
    if data is not None:
        file.write_bytes(data)
    site = served(seeds_index, file)
    for address in (REGISTER, "/forces/bedfordshire"):
        shown = text(page(site, address))
        assert "Notes are not shown." in shown
        assert words in shown
        assert str(tmp_path) not in shown
        assert "Area for improvement" in shown
    entries = site.get(f"{V1}{REGISTER}").get_json()["entries"]
    assert finding in {entry["id"] for entry in entries}
    write(file, f"{finding},Ana,,,,\n", 5)
    assert "Noted Ana" in text(page(site, REGISTER))


def test_without_a_file_nothing_is_noted(client: FlaskClient) -> None:
    shown = page(client, REGISTER)
    assert "Noted" not in text(shown)
    assert "tracker" not in client.get(f"{V1}{REGISTER}").get_json()
