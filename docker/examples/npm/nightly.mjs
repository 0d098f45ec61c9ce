// The application: it starts a job and polls every ten minutes until the job has ended, for six hours at most.
import {
  CreateBatchInferenceJobCommand,
  DescribeBatchInferenceJobCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-personalize';
import { setTimeout } from 'node:timers/promises';

const everyMs = 600_000;
const polls = 36;

/** Starts the job. A lost answer does no harm: what exists already was started by this function. */
export async function startJob(personalize, { jobName, solutionVersionArn, batchInferenceJobArn }) {
  const input = {
    jobName,
    solutionVersionArn,
    jobInput: { s3DataSource: { path: 's3://movies-example/users.json' } },
    jobOutput: { s3DataDestination: { path: 's3://movies-example/out/' } },
    roleArn: 'arn:aws:iam::000000000000:role/personalize',
  };
  try {
    await personalize.send(new CreateBatchInferenceJobCommand(input));
  } catch (error) {
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
  }
  return batchInferenceJobArn;
}

export async function waitForJob(personalize, batchInferenceJobArn, pause = setTimeout) {
  for (let poll = 0; poll < polls; ++poll) {
    const command = new DescribeBatchInferenceJobCommand({ batchInferenceJobArn });
    const { batchInferenceJob: job } = await personalize.send(command);
    if (job.status === 'ACTIVE') return job;
    if (job.status === 'CREATE FAILED') throw new Error(job.failureReason);
    await pause(everyMs);
  }
  throw new Error('gave up after six hours');
}
