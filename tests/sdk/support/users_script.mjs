// A script as a user may have written it for AWS, without any endpoint.
import {
  CreateBatchInferenceJobCommand,
  DescribeBatchInferenceJobCommand,
  PersonalizeClient,
} from '@aws-sdk/client-personalize';

const personalize = new PersonalizeClient();

const { batchInferenceJobArn } = await personalize.send(
  new CreateBatchInferenceJobCommand({
    jobName: 'nightly',
    solutionVersionArn:
      process.env.SOLUTION_VERSION ?? 'arn:aws:personalize:us-east-1:000000000000:solution/films/1a2b3c4d',
    jobInput: { s3DataSource: { path: 's3://films-bucket/users.json' } },
    jobOutput: { s3DataDestination: { path: 's3://films-bucket/recommendations/' } },
    roleArn: 'arn:aws:iam::000000000000:role/personalize-batch',
  }),
);
const { batchInferenceJob } = await personalize.send(new DescribeBatchInferenceJobCommand({ batchInferenceJobArn }));

console.log(JSON.stringify({ created: batchInferenceJobArn, status: batchInferenceJob.status }));
