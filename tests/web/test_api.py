"""The API: its description fits its addresses and its answers, whatever is asked of it."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from commands import Terminal
from peelsearch.corpus import Corpus
from peelsearch.webapp import create_app

V1 = "/api/v1"
EXAMPLES = settings(
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def app(seeds_index: Path) -> Flask:
    return create_app(seeds_index)


@pytest.fixture(scope="module")
def described(client: FlaskClient) -> dict[str, Any]:
    """The description as programs read it."""
    found: dict[str, Any] = client.get(f"{V1}/openapi.json").get_json()
    return found


def rules(app: Flask) -> set[str]:
    """The paths of the API below its version, the names of parameters left out."""
    found = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith(V1)}
    return {re.sub("<[^>]+>", "{}", path.removeprefix(V1)) for path in found}


def test_every_address_is_described_and_every_description_has_its_address(
    app: Flask, described: dict[str, Any]
) -> None:
    assert {re.sub("{[^}]+}", "{}", path) for path in described["paths"]} == rules(app)
    assert len({path["get"]["operationId"] for path in described["paths"].values()}) == len(
        described["paths"]
    )


def test_the_description_is_sound(described: dict[str, Any]) -> None:
    for schema in described["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)
    names = set(described["components"]["schemas"])
    used = set(re.findall(r"#/components/schemas/([\w-]+)", str(described)))
    assert used == names


def strict(schema: Any) -> Any:
    """The schema that forbids what it does not name, so that a field cannot be left out of it."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: strict(one) for name, one in schema.items()}
    if isinstance(found.get("properties"), dict):
        found.setdefault("additionalProperties", False)
    return found


def validator(described: dict[str, Any], operation: str) -> Any:
    found = strict({"components": described["components"]})
    return jsonschema_rs.validator_for({**found, "$ref": f"#/components/schemas/{operation}"})


ANSWERS = (
    ("search", "/search?q=force"),
    ("search", "/search?kind=ask&sort=date&limit=2&page=2"),
    ("search", "/search?q=xylophone"),
    ("search", "/search?q=force&group=document&limit=2"),
    ("search", "/search?q=xylophone&group=document"),
    ("ask", "/ask?q=What+are+the+areas+for+improvement+for+responding+to+the+public?"),
    ("ask", "/ask?q=Where+is+the+xylophone?"),
    ("facets", "/facets"),
    ("facets", "/facets?q=burglary&grade=good"),
    ("documents", "/documents"),
    ("judgments", "/judgments?all-forces=yes"),
    ("judgments", "/judgments?theme=efficiency&since=2022"),
    ("register", "/register?as-of=2024-02-01"),
    ("register", "/register?expectations=yes"),
    ("responses", "/responses"),
    ("coverage", "/coverage"),
    ("force", "/forces/Beds"),
    ("force", "/forces/kent"),
    ("problem", "/search"),
    ("problem", "/search?q=force&document=none"),
    ("problem", "/forces/none"),
    ("problem", "/documents/none"),
    ("problem", "/nothing"),
)


@pytest.mark.parametrize(("operation", "address"), ANSWERS)
def test_every_field_of_an_answer_is_described(
    operation: str, address: str, client: FlaskClient, described: dict[str, Any]
) -> None:
    response = client.get(f"{V1}{address}")
    validator(described, operation).validate(response.get_json())
    assert (response.status_code >= 400) == (operation == "problem")


def test_every_document_is_described(
    client: FlaskClient, described: dict[str, Any], corpus: Corpus
) -> None:
    for identifier in corpus.documents:
        text = client.get(f"{V1}/documents/{identifier}").get_json()
        validator(described, "text").validate(text)
        found = client.get(f"{V1}/documents/{identifier}/sections").get_json()
        validator(described, "sections").validate(found)
        for finding in found["findings"]:
            assert text["text"][finding["start"] : finding["end"]] == finding["quote"]


def test_tables_of_many_reports_are_described(many: Corpus) -> None:
    client = create_app(many.folder).test_client()
    described = client.get(f"{V1}/openapi.json").get_json()
    for operation, address in ANSWERS:
        if operation in {"judgments", "register", "responses", "coverage", "force", "documents"}:
            answer = client.get(f"{V1}{address}")
            assert answer.status_code == 200, address
            validator(described, operation).validate(answer.get_json())


def test_the_objects_are_those_of_the_command_line(
    client: FlaskClient, corpus: Corpus, terminal: Terminal
) -> None:
    identifier = next(iter(corpus.documents))
    pairs = (
        (("search", "force", "--limit", "3"), "/search?q=force&limit=3"),
        (("search", "force", "--group", "document"), "/search?q=force&group=document"),
        (("search", "force", "--document", identifier), f"/search?q=force&document={identifier}"),
        (("ask", "Who is the chief constable?"), "/ask?q=Who+is+the+chief+constable?"),
        (("facets", "--query", "burglary"), "/facets?q=burglary"),
        (("facets", "--grade", "good"), "/facets?grade=good"),
        (("show", identifier), f"/documents/{identifier}"),
        (("sections", identifier), f"/documents/{identifier}/sections"),
        (("judgments",), "/judgments"),
        (("register", "--as-of", "2024-02-01"), "/register?as-of=2024-02-01"),
        (("responses",), "/responses"),
        (("coverage",), "/coverage"),
        (("force", "kent", "--as-of", "2024-02-01"), "/forces/kent?as-of=2024-02-01"),
    )
    for command, address in pairs:
        code, _, _ = terminal(*command)
        printed = terminal.json(*command, code=code)
        answer = client.get(f"{V1}{address}").get_json()
        for found in (printed, answer):
            found.pop("took_ms", None)
        assert answer == printed, address


def test_the_list_of_documents_is_that_of_status(client: FlaskClient, terminal: Terminal) -> None:
    printed = terminal.json("status")
    found = client.get(f"{V1}/documents").get_json()
    for document in printed["documents"]:
        del document["state"]
    for name in ("documents", "stubs", "generation", "passages"):
        assert found[name] == printed[name]


def test_the_description_knows_where_the_site_is(client: FlaskClient) -> None:
    below = client.get(f"{V1}/openapi.json", environ_overrides={"SCRIPT_NAME": "/peel"})
    assert below.get_json()["servers"] == [{"url": f"/peel{V1}"}]


MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


def choosy(operation: dict[str, Any]) -> bool:
    """Whether it has a parameter for which not every text will do."""
    return any(
        parameter["schema"].keys() & {"enum", "pattern", "minimum"}
        for parameter in operation.get("parameters", ())
    )


@pytest.mark.parametrize("mode", MODES, ids=[mode.value for mode in MODES])
def test_whatever_is_asked_the_answer_is_as_described(
    mode: schemathesis.GenerationMode, app: Flask
) -> None:
    schema = schemathesis.openapi.from_wsgi(f"{V1}/openapi.json", app)
    statuses = Counter[int]()
    for path in schema:
        operation = schema[path]["GET"]

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(EXAMPLES)
        def ask(case: schemathesis.Case) -> None:
            # A query can be wrong, and a force unknown, in ways that no schema says; unknown
            # names are ignored on purpose.
            response = case.call_and_validate(
                excluded_checks=[positive_data_acceptance, negative_data_rejection]
            )
            statuses[response.status_code] += 1

        # What takes any text cannot be asked wrongly.
        if mode is MODES[0] or choosy(operation.definition.raw):
            ask()
    assert statuses[200] >= 10
    assert statuses[400] > 20
    assert set(statuses) <= {200, 400, 404}


PAGES = (
    "/search?q=force&grade=good&sort=date&limit=5",
    "/judgments?force=bedfordshire",
    "/register?kind=ask",
    "/responses",
    "/coverage",
    "/forces/bedfordshire",
)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_links_to_the_same_as_csv_and_json(page: str, client: FlaskClient) -> None:
    links = [html.unescape(found) for found in re.findall(r'href="([^"]+)"', client.get(page).text)]
    (table,) = [link for link in links if ".csv" in link]
    (json,) = [link for link in links if link.startswith(V1)]
    assert client.get(table).mimetype == "text/csv"
    answer = client.get(json).get_json()
    rows = list(csv.reader(io.StringIO(client.get(table).get_data(as_text=True))))
    assert len(rows) > 1
    if page.startswith("/search"):
        assert len(rows) == len(answer["hits"]) + 1


def test_a_document_links_to_its_text_and_sections(client: FlaskClient, corpus: Corpus) -> None:
    for identifier in corpus.documents:
        page = client.get(f"/documents/{identifier}").text
        links = [html.unescape(link) for link in re.findall(rf'href="({V1}[^"]+)"', page)]
        found = [client.get(link).get_json() for link in links]
        assert [set(one) >= {"document"} for one in found] == [True, True]
        assert "text" in found[0]
        assert "sections" in found[1]
