// A polling loop in Node, tested against a container of its own.
//   npm install --save-dev testcontainers @aws-sdk/client-personalize && node --test personalize.test.mjs
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DescribeBatchInferenceJobCommand, PersonalizeClient } from '@aws-sdk/client-personalize';
import { GenericContainer, Wait } from 'testcontainers';

// What `./dev image` makes. Pushed to a registry of yours, it has that registry's name before it.
const image = 'personalize-local:latest';

const batchInferenceJobArn = 'arn:aws:personalize:us-east-1:000000000000:batch-inference-job/nightly';
const fixtures = {
  // Each Describe sees the next status, so that nobody has to wait.
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
    // By its log: waiting for the port would ask for a shell, which the image has not.
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

test('a failed job tells why', async () => {
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
