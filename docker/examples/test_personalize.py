"""Tests a polling loop in Python against its own container.

pip install testcontainers boto3, then: python3 -m unittest test_personalize (or pytest)
"""

import json
import unittest

import boto3
from testcontainers.core.container import DockerContainer
from testcontainers.core.waiting_utils import wait_for_logs

# `./dev image` builds this image. If you push it to a registry, put the name of the registry before it.
IMAGE = "personalize-local:latest"

JOB = "arn:aws:personalize:us-east-1:000000000000:batch-inference-job/nightly"
FIXTURES = {
    "batchInferenceJob": {
        "batchInferenceJobArn": JOB,
        # Each Describe call sees the next status, so the test does not wait.
        "_local": {
            "progression": "calls",
            "calls": 1,
            "outcome": "CREATE FAILED",
            "failureReason": "Invalid S3 input path",
        },
    }
}


class PersonalizeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        container = DockerContainer(IMAGE)
        container.with_env("PERSONALIZE_LOCAL_FIXTURES_JSON", json.dumps(FIXTURES))
        container.with_exposed_ports(7377)
        container.start()
        cls.addClassCleanup(container.stop)
        wait_for_logs(container, "ready on", timeout=30)
        cls.personalize = boto3.client(
            "personalize",
            endpoint_url=f"http://{container.get_container_host_ip()}:{container.get_exposed_port(7377)}",
            region_name="us-east-1",
            aws_access_key_id="local",
            aws_secret_access_key="local",
        )
        cls.addClassCleanup(cls.personalize.close)

    def test_a_failed_job_has_a_reason(self):
        seen = []
        while not seen or seen[-1]["status"] != "CREATE FAILED":
            answer = self.personalize.describe_batch_inference_job(batchInferenceJobArn=JOB)
            seen.append(answer["batchInferenceJob"])
        self.assertEqual([job["status"] for job in seen], ["PENDING", "IN PROGRESS", "CREATE FAILED"])
        self.assertEqual(seen[-1]["failureReason"], "Invalid S3 input path")


if __name__ == "__main__":
    unittest.main()
