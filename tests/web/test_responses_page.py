"""What letters say to each ask, in the browser."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from peelsearch.corpus import Corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.model.responses import Responses
from peelsearch.register import responses
from peelsearch.render.responses import responses_json
from peelsearch.vocabulary import Vocabulary
from table_pages import check_markup, links, marked, page, section, squeezed, text


@pytest.fixture(scope="module")
def found(corpus: Corpus, vocabulary: Vocabulary) -> Responses:
    """What the letters of the seeds say."""
    return responses(corpus, vocabulary, ExtractMemory(), ())


def test_the_seed_letter_replies_in_general(client: FlaskClient, found: Responses) -> None:
    markup = page(client, "/responses")
    check_markup(markup)
    shown = text(markup)
    assert "1 letter, 3 asks" in shown
    assert shown.count("general reply; report not in this corpus") == 3
    assert "31 August 2023" in shown
    assert "(day 77); publication date of the comments not known" in shown
    assert " late" not in shown.casefold()
    (response,) = found.responses
    addresses = links(section(markup, "letter-1").partition("<tbody>")[2], "/documents/")
    assert len(addresses) == 6
    for ask, (asked, reply) in zip(
        response.asks, zip(addresses[::2], addresses[1::2], strict=True), strict=True
    ):
        assert marked(client, asked) == squeezed(ask.entry.place.said.quote)
        assert ask.said is not None
        assert marked(client, reply) == squeezed(ask.said.quote)


def test_files_and_the_api_hold_the_same(client: FlaskClient, found: Responses) -> None:
    assert client.get("/api/v1/responses").json == responses_json(found)
    sheet = list(csv.DictReader(io.StringIO(client.get("/responses.csv").text)))
    assert [row["state"] for row in sheet] == ["general-reply"] * 3
    assert client.get("/responses.docx").status_code == 200
    assert client.get("/responses.md").text.startswith("# Responses")


def test_a_force_without_letters_is_said(client: FlaskClient) -> None:
    markup = page(client, "/responses?force=kent")
    assert "0 letters, 0 asks" in text(markup)
    assert 'href="/coverage"' in markup
    assert 'class="message"' in page(client, "/responses?force=nowhere", status=400)
