"""How all tests run.

Property tests try the same examples every time, so that a red test is red for everyone. To look for new ones:
``pytest --hypothesis-profile=explore``.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No deadline and no health check on speed: a slow machine is no fault in the code.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", settings.get_profile("steady"), derandomize=False, max_examples=2000)
settings.load_profile("steady")

SLOW = {
    "agreement", "api", "bench", "browser", "casework", "economy", "exchange", "intake", "interfaces", "law",
    "population", "regimes", "simulation", "site", "web",
}  # fmt: skip
"""Rooms whose tests want a database, a browser, the whole law at once or many people: not in `make check`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in the slow rooms."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and item.path.relative_to(here).parts[0] in SLOW:
            item.add_marker(pytest.mark.slow)
