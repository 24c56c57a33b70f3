"""How all tests run.

Property tests try the same examples every time, so that a red test is red for everyone. To look for new ones:
``pytest --hypothesis-profile=explore``.
"""

import gc
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


HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Rooms of which no test is wanted are not even read: they bring Django and the whole law with them."""
    if config.option.markexpr == "not slow" and _room(collection_path) in SLOW:
        return True
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in the slow rooms."""
    for item in items:
        if _room(item.path) in SLOW:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """What is there by now stays: the law, Django. The collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()


def _room(path: Path) -> str:
    return path.relative_to(HERE).parts[0] if path.is_relative_to(HERE) and path != HERE else ""
