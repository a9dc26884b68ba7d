"""The site over the seeds: a client without a server, and a server with a real browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selenium.webdriver import Chrome

from peelsearch.webapp import create_app
from tools.chromium import chromium, missing
from tools.serving import served


@pytest.fixture(scope="session")
def client(seeds_index: Path) -> FlaskClient:
    """Requests to the site without a server."""
    return create_app(seeds_index).test_client()


@pytest.fixture(scope="session")
def site(seeds_index: Path) -> Iterator[str]:
    """The address of the running site."""
    with served(seeds_index) as address:
        yield address


@pytest.fixture(scope="session")
def installed() -> None:
    """There is a Chromium. Without one the tests are skipped, or fail in CI."""
    reason = missing()
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="session")
def browser(installed: None) -> Iterator[Chrome]:  # noqa: ARG001
    """Headless Chromium."""
    with chromium(width=1440) as driver:
        yield driver


@pytest.fixture(scope="session")
def plain_browser(installed: None) -> Iterator[Chrome]:  # noqa: ARG001
    """The same with scripts switched off."""
    with chromium(width=1440, scripts=False) as driver:
        yield driver
