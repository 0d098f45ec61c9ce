"""The application: it starts a job and polls every ten minutes until the job has ended, for six hours at most."""

import time

EVERY_SECONDS = 600
POLLS = 36


def start_job(personalize, name, solution_version):
    """Starts the job. A lost answer does no harm: what exists already was started by this function."""
    try:
        personalize.create_batch_inference_job(
            jobName=name,
            solutionVersionArn=solution_version,
            jobInput={"s3DataSource": {"path": "s3://movies-example/users.json"}},
            jobOutput={"s3DataDestination": {"path": "s3://movies-example/out/"}},
            roleArn="arn:aws:iam::000000000000:role/personalize",
        )
    except personalize.exceptions.ResourceAlreadyExistsException:
        pass


def wait_for_job(personalize, arn, pause=time.sleep):
    for _ in range(POLLS):
        job = personalize.describe_batch_inference_job(batchInferenceJobArn=arn)["batchInferenceJob"]
        if job["status"] == "ACTIVE":
            return job
        if job["status"] == "CREATE FAILED":
            raise RuntimeError(job["failureReason"])
        pause(EVERY_SECONDS)
    raise TimeoutError("gave up after six hours")
