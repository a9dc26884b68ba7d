"""Headless Chromium for the tests of the page and for its screenshots.

Chromium and its driver are the system's (``make browser`` installs them); nothing is downloaded.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

# Quiet as well as headless: Chromium's own errands would only fail on a machine without a network.
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def missing() -> str:
    """Which program is not there, as a sentence with the command that installs it; else empty."""
    for names in (("chromium", "chromium-browser", "google-chrome"), ("chromedriver",)):
        if _program(names) is None:
            return f"{names[0]} is not installed: run `make browser`"
    return ""


@contextmanager
def chromium(
    *, width: int, height: int = 900, dark: bool = False, scripts: bool = True
) -> Iterator[Chrome]:
    """A browser whose pages are exactly so wide, with a profile of its own, closed at the end.

    Without ``scripts`` those of pages do not run, as where somebody has switched them off.
    """
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        driver = Chrome(
            options=_options(profile, scripts), service=Service(_program(("chromedriver",)))
        )
        try:
            resize(driver, width, height)
            driver.execute_cdp_cmd(
                "Emulation.setEmulatedMedia",
                {
                    "features": [
                        {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
                    ]
                },
            )
            yield driver
        finally:
            driver.quit()


def resize(driver: Chrome, width: int, height: int) -> None:
    """Set the size of the page itself; a window has a least width."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )


def _options(profile: str, scripts: bool) -> ChromeOptions:
    options = ChromeOptions()
    if not scripts:
        setting = "profile.managed_default_content_settings.javascript"
        options.add_experimental_option("prefs", {setting: 2})
    options.binary_location = _program(("chromium", "chromium-browser", "google-chrome")) or ""
    for flag in FLAGS:
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={profile}")
    # The sandbox needs an ordinary user; build machines run as root.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return options


def _program(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)
