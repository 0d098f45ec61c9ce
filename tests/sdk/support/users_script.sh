#!/bin/sh
# A script as a user may have written it for AWS, without any endpoint. An AWS CLI older than 2.13 needs the endpoint as
# an option, which AWS contains.
set -eu

job=$($AWS personalize create-batch-inference-job --job-name nightly --query batchInferenceJobArn --output text \
    --solution-version-arn "${SOLUTION_VERSION:-arn:aws:personalize:us-east-1:000000000000:solution/films/1a2b3c4d}" \
    --job-input s3DataSource={path=s3://films-bucket/users.json} \
    --job-output s3DataDestination={path=s3://films-bucket/recommendations/} \
    --role-arn arn:aws:iam::000000000000:role/personalize-batch)
status=$($AWS personalize describe-batch-inference-job --batch-inference-job-arn "$job" \
    --query batchInferenceJob.status --output text)

printf '{"created": "%s", "status": "%s"}\n' "$job" "$status"
