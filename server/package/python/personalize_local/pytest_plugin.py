"""Fixtures for pytest: one server for the session, and a fresh account for each test."""

from __future__ import annotations

from typing import Any, Dict, Iterator

import pytest

from . import Server, Tenant, start


@pytest.fixture(scope="session")
def personalize_local_options() -> Dict[str, Any]:
    """The options of start(). Redefine this fixture in conftest.py."""
    return {}


@pytest.fixture(scope="session")
def personalize_local(personalize_local_options: Dict[str, Any]) -> Iterator[Server]:
    """The server of the session. With pytest-xdist each worker has its own."""
    with start(**personalize_local_options) as server:
        yield server


@pytest.fixture
def personalize_tenant(personalize_local: Server) -> Iterator[Tenant]:
    """A fresh account with its own copy of the fixtures. Nothing of it is left after the test."""
    tenant = personalize_local.tenant()
    yield tenant
    tenant.reset(fixtures=False)
