#!/usr/bin/env python3
"""Unchanged boto3 against a running personalize-local.

PLOCAL_BINARY names the program under test. Exits 0, 1 with the failures, or 77 without boto3.
"""

import contextlib
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

try:
    import boto3
    import botocore.config
    import botocore.exceptions
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

ACCOUNT = "000000000000"
LONGEST_STOP_SECONDS = 300


def arn(kind_and_name, account=ACCOUNT):
    return f"arn:aws:personalize:us-east-1:{account}:{kind_and_name}"


SOLUTION_VERSION = arn("solution/films/1a2b3c4d")
WORLD = {"solutionVersions": [{"solutionVersionArn": SOLUTION_VERSION}]}
ROLE = f"arn:aws:iam::{ACCOUNT}:role/personalize-batch"
FIELDS = {"USER_ID": "string", "ITEM_ID": "string", "EVENT_TYPE": "string", "TIMESTAMP": "long"}
FILTER = 'EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("watch")'
SCHEMA = json.dumps(
    {
        "type": "record",
        "name": "Interactions",
        "namespace": "com.amazonaws.personalize.schema",
        "fields": [{"name": name, "type": type_name} for name, type_name in FIELDS.items()],
        "version": "1.0",
    }
)


def job_named(name, **more):
    return {
        "jobName": name,
        "solutionVersionArn": SOLUTION_VERSION,
        "jobInput": {"s3DataSource": {"path": "s3://films-bucket/users.json"}},
        "jobOutput": {"s3DataDestination": {"path": "s3://films-bucket/out/"}},
        "roleArn": ROLE,
        **more,
    }


def clean_environment(**extra):
    steers = re.compile(r"^(AWS_|PERSONALIZE_LOCAL_)|_proxy$", re.IGNORECASE)
    return {name: value for name, value in os.environ.items() if not steers.search(name)} | extra


JSON_TYPES = {
    "structure": dict,
    "map": dict,
    "list": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "double": (int, float),
    "float": (int, float),
    "timestamp": (int, float),
}


def misfit(shape, value, pointer=""):
    """Describes the first place where a value does not fit its shape, or returns None."""
    if not isinstance(value, JSON_TYPES[shape.type_name]):
        return f"{pointer} is no {shape.name}: {value!r}"
    if shape.type_name == "structure":
        # A botocore older than the server does not know the newest members.
        inner = [(name, shape.members[name]) for name in value if name in shape.members]
        missing = [name for name in shape.required_members if name not in value]
        if missing:
            return f"{pointer} has no {missing}"
    elif shape.type_name == "list":
        inner = [(index, shape.member) for index in range(len(value))]
    elif shape.type_name == "map":
        inner = [(key, shape.value) for key in value]
    else:
        return None
    found = (misfit(each, value[key], f"{pointer}/{key}") for key, each in inner)
    return next((one for one in found if one), None)


class Server:
    """Runs the program under test on a free port until the test ends."""

    def __init__(self, case, *flags, world=WORLD):
        log = tempfile.TemporaryFile()
        case.addCleanup(log.close)
        command = [os.environ["PLOCAL_BINARY"], "--port", "0", "--fixtures-json", json.dumps(world), *flags]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=clean_environment(), text=True)
        self.log = log
        case.addCleanup(self.stop)
        ready = re.search(r" ready on (\S+) ", self.process.stdout.readline())
        self.url = ready.group(1) if ready else case.fail(f"the server is not ready:\n{self.log_text()}")

    def log_text(self):
        self.log.seek(0)
        return self.log.read().decode()

    def stop(self):
        self.process.terminate()
        with self.process.stdout:
            code = self.process.wait(LONGEST_STOP_SECONDS)
        if code != 0:
            raise AssertionError(f"the server ended with {code}:\n{self.log_text()}")


@contextlib.contextmanager
def environment(**variables):
    """An environment without any AWS configuration, with these variables."""
    with tempfile.TemporaryDirectory() as home:
        base = clean_environment(HOME=home, AWS_EC2_METADATA_DISABLED="true")
        with unittest.mock.patch.dict(os.environ, base | variables, clear=True):
            yield


class Boto3Test(unittest.TestCase):
    maxDiff = None

    def client_of(self, server, key="local", service="personalize", **config):
        with environment():
            client = boto3.session.Session().client(
                service,
                endpoint_url=server.url,
                region_name="us-east-1",
                aws_access_key_id=key,
                aws_secret_access_key="local",
                config=botocore.config.Config(**config),
            )
        client.meta.events.register(f"after-call.{service}", self.check_response)
        return client

    def check_response(self, http_response, model, **_):
        """Asserts that the raw text of a successful answer fits botocore's own model."""
        if http_response.status_code != 200:
            return
        text = http_response.content
        if model.output_shape is None or not model.output_shape.members:
            self.assertIn(text, (b"", b"{}"), model.name)
            return
        self.assertEqual(misfit(model.output_shape, json.loads(text)), None, model.name)

    def knows(self, client, member):
        """Returns True if this boto3 can send a solution with this member."""
        return member in client.meta.service_model.operation_model("CreateSolution").input_shape.members

    def test_a_job_is_described_as_it_was_created(self):
        server = Server(self, "--clock", "frozen@2026-01-31T12:00:00.250Z")
        personalize = self.client_of(server)
        config = {"itemExplorationConfig": {"explorationWeight": "0.3", "explorationItemAgeCutOff": "30"}}
        members = job_named("everything", numResults=7, batchInferenceJobConfig=config)

        job = personalize.create_batch_inference_job(**members)["batchInferenceJobArn"]
        self.assertEqual(job, arn("batch-inference-job/everything"))
        described = personalize.describe_batch_inference_job(batchInferenceJobArn=job)["batchInferenceJob"]

        created = datetime.datetime(2026, 1, 31, 12, 0, 0, 250_000, datetime.timezone.utc)
        self.assertEqual(described.pop("creationDateTime"), created)
        self.assertEqual(described.pop("lastUpdatedDateTime"), created)
        self.assertIn(described.pop("batchInferenceJobMode", None), ("BATCH_INFERENCE", None))  # unknown to an old boto3
        self.assertEqual(described, {**members, "batchInferenceJobArn": job, "status": "PENDING"})

    def test_a_loop_over_describe_gets_every_status(self):
        personalize = self.client_of(Server(self, "--progression", "calls", "--calls", "1"))
        job = personalize.create_batch_inference_job(**job_named("loop"))["batchInferenceJobArn"]
        statuses = []
        while not statuses or statuses[-1] not in ("ACTIVE", "CREATE FAILED"):
            described = personalize.describe_batch_inference_job(batchInferenceJobArn=job)
            statuses.append(described["batchInferenceJob"]["status"])
            self.assertLess(len(statuses), 10)
        self.assertEqual(statuses, ["PENDING", "IN PROGRESS", "ACTIVE"])

    def test_a_paginator_returns_every_job_once_newest_first(self):
        job = lambda i: {
            "batchInferenceJobArn": arn(f"batch-inference-job/job-{i}"),
            "solutionVersionArn": SOLUTION_VERSION,
            "creationDateTime": 1769860800 + i,
        }
        world = {**WORLD, "batchInferenceJobs": [job(i) for i in range(150)]}
        paginator = self.client_of(Server(self, world=world)).get_paginator("list_batch_inference_jobs")
        for size in (100, 7):
            with self.subTest(size=size):
                pages = paginator.paginate(PaginationConfig={"PageSize": size}, solutionVersionArn=SOLUTION_VERSION)
                names = [each["jobName"] for page in pages for each in page["batchInferenceJobs"]]
                self.assertEqual(names, [f"job-{i}" for i in reversed(range(150))])

    def test_every_resource_of_a_deployment_is_in_the_pages_of_its_list(self):
        server = Server(self, "--progression", "immediate", world={})
        personalize = self.client_of(server)
        made = {}

        def make(operation, plural, count=1, **members):
            """Creates `count` resources with numbered names and returns the ARN of the first."""
            noun = "".join(word if i == 0 else word.capitalize() for i, word in enumerate(operation.split("_")))
            arns = [
                getattr(personalize, f"create_{operation}")(**{"name": f"{plural}-{i}", **members})[f"{noun}Arn"]
                for i in range(count)
            ]
            made[plural] = (f"{noun}Arn", list(reversed(arns)))
            return arns[0]

        group = make("dataset_group", "dataset_groups", 3)
        schema = make("schema", "schemas", 3, schema=SCHEMA)
        dataset = make("dataset", "datasets", datasetGroupArn=group, datasetType="Interactions", schemaArn=schema)
        personalize.create_dataset_import_job(
            jobName="films",
            datasetArn=dataset,
            dataSource={"dataLocation": "s3://films-bucket/interactions.csv"},
            roleArn=ROLE,
        )
        recipe = "arn:aws:personalize:::recipe/aws-user-personalization"
        unlearned = {"performAutoTraining": False} if self.knows(personalize, "performAutoTraining") else {}
        solution = make("solution", "solutions", 3, datasetGroupArn=group, recipeArn=recipe, **unlearned)
        version = personalize.create_solution_version(solutionArn=solution)["solutionVersionArn"]
        make("campaign", "campaigns", 3, solutionVersionArn=version, minProvisionedTPS=1)
        make("filter", "filters", 5, datasetGroupArn=group, filterExpression=FILTER)

        for plural, (arn_member, arns) in made.items():
            result_key = {"filters": "Filters"}.get(plural, arn_member.removesuffix("Arn") + "s")
            with self.subTest(list=plural):
                paginator = personalize.get_paginator(f"list_{plural}")
                pages = list(paginator.paginate(PaginationConfig={"PageSize": 2}))
                self.assertEqual([len(page[result_key]) for page in pages], [2] * (len(arns) // 2) + [1])
                self.assertEqual([each[arn_member] for page in pages for each in page[result_key]], arns)
                some = paginator.paginate(PaginationConfig={"PageSize": 2, "MaxItems": 1}).build_full_result()
                self.assertEqual([each[arn_member] for each in some[result_key]], arns[:1])

    def test_a_paginator_returns_every_recipe_once(self):
        paginator = self.client_of(Server(self)).get_paginator("list_recipes")
        whole = [each["recipeArn"] for page in paginator.paginate() for each in page["recipes"]]
        self.assertIn("arn:aws:personalize:::recipe/aws-user-personalization", whole)
        self.assertEqual(len(whole), len(set(whole)))
        pages = paginator.paginate(PaginationConfig={"PageSize": 3})
        self.assertEqual([each["recipeArn"] for page in pages for each in page["recipes"]], whole)

    def test_an_exceeded_limit_is_retried_only_in_standard_mode(self):
        server = Server(self, "--quotas", "aws")
        for mode, retries in (("legacy", 0), ("standard", 1)):
            with self.subTest(mode=mode):
                personalize = self.client_of(server, retries={"mode": mode, "max_attempts": 1})
                with self.assertRaises(personalize.exceptions.LimitExceededException) as caught:
                    for i in range(6):
                        personalize.create_dataset_group(name=f"{mode}-{i}")
                self.assertEqual(caught.exception.response["ResponseMetadata"]["RetryAttempts"], retries)

    def test_refusals_are_exceptions_of_the_client(self):
        personalize = self.client_of(Server(self))
        missing = arn("batch-inference-job/missing")
        with self.assertRaises(personalize.exceptions.ResourceNotFoundException) as caught:
            personalize.describe_batch_inference_job(batchInferenceJobArn=missing)
        self.assertEqual(
            caught.exception.response["Error"],
            {
                "Code": "ResourceNotFoundException",
                "Message": f"The given batch inference job does not exist: {missing}",
            },
        )
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], 400)

        taken = personalize.create_batch_inference_job(**job_named("taken"))["batchInferenceJobArn"]
        with self.assertRaises(personalize.exceptions.ResourceAlreadyExistsException) as caught:
            personalize.create_batch_inference_job(**job_named("taken"))
        self.assertEqual(
            str(caught.exception),
            "An error occurred (ResourceAlreadyExistsException) when calling the CreateBatchInferenceJob operation: "
            f"Another resource with Arn {taken} already exists.",
        )

        there_and_back = job_named("x", jobOutput={"s3DataDestination": {"path": "s3://films-bucket/users.json"}})
        with self.assertRaises(personalize.exceptions.InvalidInputException):
            personalize.create_batch_inference_job(**there_and_back)

        with self.assertRaises(personalize.exceptions.InvalidNextTokenException):
            personalize.list_batch_inference_jobs(nextToken="page-2")

    def test_a_broken_constraint_is_a_plain_client_error(self):
        personalize = self.client_of(Server(self))
        with self.assertRaises(botocore.exceptions.ClientError) as caught:
            personalize.create_batch_inference_job(**job_named("no blanks", roleArn="admin-of-everything-there-is"))
        error = caught.exception.response["Error"]
        self.assertEqual(error["Code"], "ValidationException")
        self.assertTrue(error["Message"].startswith("2 validation errors detected: Value 'no blanks' at 'jobName' "))

    def test_a_refusal_is_not_retried(self):
        server = Server(self)
        for mode in ("legacy", "standard"):
            with self.subTest(mode=mode):
                personalize = self.client_of(server, retries={"mode": mode, "max_attempts": 5})
                with self.assertRaises(personalize.exceptions.ResourceNotFoundException) as caught:
                    personalize.describe_batch_inference_job(batchInferenceJobArn=arn("batch-inference-job/missing"))
                self.assertEqual(caught.exception.response["ResponseMetadata"]["RetryAttempts"], 0)

    def test_events_are_put_and_refused(self):
        group = arn("dataset-group/films")
        world = {
            "schemas": [{"schemaArn": arn("schema/views"), "schema": SCHEMA}],
            "datasetGroups": [{"datasetGroupArn": group}],
            "datasets": [
                {
                    "datasetArn": arn("dataset/films/INTERACTIONS"),
                    "datasetGroupArn": group,
                    "datasetType": "INTERACTIONS",
                    "schemaArn": arn("schema/views"),
                }
            ],
            "eventTrackers": [
                {"eventTrackerArn": arn("event-tracker/1a2b3c4d"), "trackingId": "films", "datasetGroupArn": group}
            ],
        }
        events = self.client_of(Server(self, world=world), service="personalize-events")
        event = {"eventType": "watch", "properties": json.dumps({"itemId": "film-1"})}
        sent = {"trackingId": "films", "userId": "u", "sessionId": "s"}
        for moment in (datetime.datetime(2026, 1, 31), 1553631759.5, "1553631760"):
            with self.subTest(moment=moment):
                answer = events.put_events(eventList=[{**event, "sentAt": moment}], **sent)
                self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 200)
                self.assertNotIn("x-personalize-local-why", answer["ResponseMetadata"]["HTTPHeaders"])

        with self.assertRaises(events.exceptions.InvalidInputException) as caught:
            events.put_events(eventList=[{**event, "sentAt": 0}], **{**sent, "trackingId": "none"})
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], 400)
        with self.assertRaises(events.exceptions.ResourceNotFoundException) as caught:
            events.put_items(datasetArn=arn("dataset/films/ITEMS"), items=[{"itemId": "film-1"}])
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], 404)

    def test_a_script_finds_the_server_by_its_environment_only(self):
        version = tuple(int(part) for part in boto3.__version__.split(".")[:2])
        if version < (1, 28):
            self.skipTest("this boto3 reads no AWS_ENDPOINT_URL")
        server = Server(self)
        identity = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
        for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_PERSONALIZE"):
            with self.subTest(variable=name), environment(**identity, **{name: server.url}):
                personalize = boto3.session.Session().client("personalize")
                personalize.create_batch_inference_job(**job_named(name.lower().replace("_", "-")))
        names = [job["jobName"] for job in self.client_of(server).list_batch_inference_jobs()["batchInferenceJobs"]]
        self.assertEqual(sorted(names), ["aws-endpoint-url", "aws-endpoint-url-personalize"])

    def test_a_key_of_twelve_digits_sees_only_its_own_account(self):
        world = {"batchInferenceJobs": [{"batchInferenceJobArn": arn("batch-inference-job/a", "111122223333")}]}
        server = Server(self, world=world)
        count = lambda key: len(self.client_of(server, key).list_batch_inference_jobs()["batchInferenceJobs"])
        self.assertEqual([count(key) for key in ("111122223333", "444455556666", "test")], [1, 0, 1])


if __name__ == "__main__":
    unittest.main()
