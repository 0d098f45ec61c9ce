// Clients of the real SDK, and requests for them.
import assert from 'node:assert/strict';
import {
  CreateBatchInferenceJobCommand,
  DescribeBatchInferenceJobCommand,
  PersonalizeClient,
} from '@aws-sdk/client-personalize';
import { checkResponses } from './response_check.mjs';
import { atEnd, cleanEnvironment } from './server.mjs';

for (const name of Object.keys(process.env)) {
  if (!(name in cleanEnvironment())) delete process.env[name];
}
process.env.AWS_CONFIG_FILE = '/dev/null';
process.env.AWS_SHARED_CREDENTIALS_FILE = '/dev/null';
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export const account = '000000000000';

export const arn = (kindAndName, region = 'us-east-1', owner = account) =>
  `arn:aws:personalize:${region}:${owner}:${kindAndName}`;

export const solutionVersionArn = arn('solution/films/1a2b3c4d');
export const filterArn = arn('filter/not-seen-yet');
export const roleArn = `arn:aws:iam::${account}:role/personalize-batch`;

/** A world in which jobs can be created. */
export const world = { solutionVersions: [{ solutionVersionArn }], filters: [{ filterArn }] };

/** A request to create a job: the required members, and those of `more`. */
export const jobNamed = (jobName, more = {}) => ({
  jobName,
  solutionVersionArn,
  jobInput: { s3DataSource: { path: 's3://films-bucket/users.json' } },
  jobOutput: { s3DataDestination: { path: 's3://films-bucket/recommendations/' } },
  roleArn,
  ...more,
});

/** The configuration of a client: its server, key and region. */
export const configFor = (server, { accessKeyId = 'local', region = 'us-east-1' } = {}) => ({
  endpoint: server.url,
  region,
  credentials: { accessKeyId, secretAccessKey: 'local' },
  maxAttempts: 1,
});

/** An SDK client of the server, closed after the test. Each of its answers is checked against the model. */
export function clientOf(t, server, identity) {
  const client = new PersonalizeClient(configFor(server, identity));
  atEnd(t, () => client.destroy());
  checkResponses(t, client);
  return client;
}

/** Creates a job and returns its ARN. */
export async function createJob(client, input) {
  return (await client.send(new CreateBatchInferenceJobCommand(input))).batchInferenceJobArn;
}

/** The job as the service describes it. */
export async function describeJob(client, batchInferenceJobArn) {
  const command = new DescribeBatchInferenceJobCommand({ batchInferenceJobArn });
  return (await client.send(command)).batchInferenceJob;
}

/** The error with which a call is refused. */
export async function refusalOf(sending) {
  try {
    await sending;
  } catch (error) {
    return error;
  }
  return assert.fail('it was not refused');
}
