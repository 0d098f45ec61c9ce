// Tests a polling loop in Node against its own container.
//   npm install --save-dev testcontainers @aws-sdk/client-personalize && node --test personalize.test.mjs
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DescribeBatchInferenceJobCommand, PersonalizeClient } from '@aws-sdk/client-personalize';
import { GenericContainer, Wait } from 'testcontainers';

// `./dev image` builds this image. If you push it to a registry, put the name of the registry before it.
const image = 'personalize-local:latest';

const batchInferenceJobArn = 'arn:aws:personalize:us-east-1:000000000000:batch-inference-job/nightly';
const fixtures = {
  // Each Describe call sees the next status, so the test does not wait.
  batchInferenceJob: {
    batchInferenceJobArn,
    _local: { progression: 'calls', calls: 1, outcome: 'CREATE FAILED', failureReason: 'Invalid S3 input path' },
  },
};

let container, personalize;

before(async () => {
  container = await new GenericContainer(image)
    .withEnvironment({ PERSONALIZE_LOCAL_FIXTURES_JSON: JSON.stringify(fixtures) })
    .withExposedPorts(7377)
    // Wait for the log. Waiting for the port needs a shell, and the image has none.
    .withWaitStrategy(Wait.forLogMessage(/ready on/))
    .start();
  personalize = new PersonalizeClient({
    endpoint: `http://${container.getHost()}:${container.getMappedPort(7377)}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

after(async () => {
  personalize?.destroy();
  await container?.stop();
});

test('a failed job has a reason', async () => {
  const seen = [];
  while (seen.at(-1)?.status !== 'CREATE FAILED') {
    const { batchInferenceJob } = await personalize.send(
      new DescribeBatchInferenceJobCommand({ batchInferenceJobArn }),
    );
    seen.push(batchInferenceJob);
  }
  assert.deepEqual(
    seen.map((job) => job.status),
    ['PENDING', 'IN PROGRESS', 'CREATE FAILED'],
  );
  assert.equal(seen.at(-1).failureReason, 'Invalid S3 input path');
});
