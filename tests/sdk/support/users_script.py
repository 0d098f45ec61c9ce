"""A script as a user may have written it for AWS, without any endpoint."""

import json
import os

import boto3

personalize = boto3.client("personalize")

job = personalize.create_batch_inference_job(
    jobName="nightly",
    solutionVersionArn=os.environ.get(
        "SOLUTION_VERSION", "arn:aws:personalize:us-east-1:000000000000:solution/films/1a2b3c4d"
    ),
    jobInput={"s3DataSource": {"path": "s3://films-bucket/users.json"}},
    jobOutput={"s3DataDestination": {"path": "s3://films-bucket/recommendations/"}},
    roleArn="arn:aws:iam::000000000000:role/personalize-batch",
)["batchInferenceJobArn"]
status = personalize.describe_batch_inference_job(batchInferenceJobArn=job)["batchInferenceJob"]["status"]

print(json.dumps({"created": job, "status": status}))
