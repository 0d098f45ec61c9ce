"""Tests the application with one server. Each test has an account of its own, so they also run with pytest -n 4.

pip install pytest boto3 personalize-local, then: pytest
"""

import pytest

from nightly import start_job, wait_for_job


@pytest.fixture
def start(personalize, personalize_tenant):
    """Starts the job, and returns its ARN."""

    def start():
        start_job(personalize, "nightly", personalize_tenant.arn("solution/movies/0a1b2c3d"))
        return personalize_tenant.arn("batch-inference-job/nightly")

    return start


def test_the_job_is_polled_until_it_is_active(personalize, personalize_tenant, start):
    assert wait_for_job(personalize, start(), personalize_tenant.clock.advance)["status"] == "ACTIVE"
    counts = personalize_tenant.requests()["counts"]
    assert counts == {"CreateBatchInferenceJob": 1, "DescribeBatchInferenceJob": 8}


def test_the_job_fails_with_the_reason_of_the_service(personalize, personalize_tenant, start):
    lifecycle = {"outcome": "CREATE FAILED", "failureReason": "Invalid S3 input path"}
    personalize_tenant.rules.add({"match": {"jobName": "nightly"}, "lifecycle": lifecycle})
    with pytest.raises(RuntimeError, match="Invalid S3 input path"):
        wait_for_job(personalize, start(), personalize_tenant.clock.advance)


def test_the_job_is_given_up_after_six_hours(personalize, personalize_tenant, start):
    personalize_tenant.rules.add({"match": {"jobName": "nightly"}, "lifecycle": {"inProgress": "7h"}})
    with pytest.raises(TimeoutError, match="gave up after six hours"):
        wait_for_job(personalize, start(), personalize_tenant.clock.advance)


def test_the_job_is_started_once_even_if_the_answer_gets_lost(personalize, personalize_tenant, start):
    personalize_tenant.rules.add({"match": {"operation": "Create*"}, "times": 1, "connection": "reset"})
    arn = start()
    assert wait_for_job(personalize, arn, personalize_tenant.clock.advance)["status"] == "ACTIVE"
    statuses = [each["status"] for each in personalize_tenant.history(arn)]
    assert statuses == ["PENDING", "IN PROGRESS", "ACTIVE"]
