"""The server of the session, for the fixtures of the package personalize-local."""

import boto3
import pytest

VERSION = "arn:aws:personalize:us-east-1:000000000000:solution/movies/0a1b2c3d"


@pytest.fixture(scope="session")
def personalize_local_options():
    # Jobs take an hour of the service. Its clock moves only when the application pauses.
    return {
        "clock": "frozen",
        "in_progress": "1h",
        "fixtures_json": {"solutionVersion": {"solutionVersionArn": VERSION}},
    }


@pytest.fixture
def personalize(personalize_tenant):
    client = boto3.client("personalize", **personalize_tenant.client_config)
    yield client
    client.close()
