// Constraints of the model, reported with the messages of AWS.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DescribeBatchInferenceJobCommand,
  ListBatchInferenceJobsCommand,
  PersonalizeServiceException,
} from '@aws-sdk/client-personalize';
import { arn, clientOf, createJob, jobNamed, refusalOf, solutionVersionArn, world } from './support/personalize.mjs';
import { startServer } from './support/server.mjs';

const matches = (pattern) => `Member must satisfy regular expression pattern: ${pattern}`;
const lengthAtMost = (most) => `Member must have length less than or equal to ${most}`;
const lengthAtLeast = (least) => `Member must have length greater than or equal to ${least}`;
const isThere = 'Member must not be null';

const name = matches('^[a-zA-Z0-9][a-zA-Z0-9\\-_]*');
const resource = matches('arn:([a-z\\d-]+):personalize:.*:.*:.+');
const role = matches('arn:([a-z\\d-]+):iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+');
const location = matches('(s3|http|https)://.+');

/** The message about violations, each given as value, path and constraint. */
function messageOf(...violations) {
  const sentences = violations.map(([value, path, constraint]) => {
    const shown = value === null ? 'null' : `'${value}'`;
    return `Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
  });
  const count = violations.length;
  return `${count} validation error${count === 1 ? '' : 's'} detected: ${sentences.join('; ')}`;
}

const jobFrom = (s3DataSource) => ({ jobInput: { s3DataSource } });

test('one broken constraint is reported in one sentence', async (t) => {
  const client = clientOf(t, await startServer(t, { world }));
  const longName = 'x'.repeat(64);
  const longArn = arn(`solution/${'y'.repeat(256)}`);
  const cases = [
    [{ jobName: 'no blanks' }, 'no blanks', 'jobName', name],
    [{ jobName: '-dash-first' }, '-dash-first', 'jobName', name],
    [{ jobName: longName }, longName, 'jobName', lengthAtMost(63)],
    [{ jobName: undefined }, null, 'jobName', isThere],
    [{ roleArn: undefined }, null, 'roleArn', isThere],
    [{ roleArn: 'admin' }, 'admin', 'roleArn', role],
    [{ filterArn: 'none' }, 'none', 'filterArn', resource],
    [{ solutionVersionArn: longArn }, longArn, 'solutionVersionArn', lengthAtMost(256)],
    [jobFrom({}), null, 'jobInput.s3DataSource.path', isThere],
    [jobFrom({ path: 'users.json' }), 'users.json', 'jobInput.s3DataSource.path', location],
    [{ tags: [{ tagKey: 'team' }] }, null, 'tags.1.member.tagValue', isThere],
  ];
  for (const [more, ...violation] of cases) {
    const error = await refusalOf(createJob(client, jobNamed('fine', more)));
    assert.equal(error.name, 'ValidationException');
    assert.ok(error instanceof PersonalizeServiceException);
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.equal(error.message, messageOf(violation));
  }
});

// Fidelity: seen | One message reports all violations of a request | sibling Kinesis: mhart/kinesalite,
//   validations/index.js
test('several violations are reported together, in the order of the members', async (t) => {
  const client = clientOf(t, await startServer(t, { world }));
  const error = await refusalOf(createJob(client, { roleArn: 'admin', solutionVersionArn, jobName: 'no blanks' }));
  assert.equal(error.name, 'ValidationException');
  assert.equal(
    error.message,
    messageOf(
      ['no blanks', 'jobName', name],
      [null, 'jobInput', isThere],
      [null, 'jobOutput', isThere],
      ['admin', 'roleArn', role],
    ),
  );
});

// Fidelity: seen | An empty text breaks the pattern and the length; both are reported, in this order | sibling Kinesis:
//   mhart/kinesalite, validations/index.js; siblings: localstack/localstack, recorded answers of EventBridge
test('an empty name breaks the pattern and then the length', async (t) => {
  const client = clientOf(t, await startServer(t, { world }));
  const error = await refusalOf(createJob(client, jobNamed('')));
  assert.equal(error.message, messageOf(['', 'jobName', name], ['', 'jobName', lengthAtLeast(1)]));
});

test('a value outside an enumeration is reported with the allowed values', async (t) => {
  const client = clientOf(t, await startServer(t, { world }));
  const error = await refusalOf(createJob(client, jobNamed('fine', { batchInferenceJobMode: 'GUESSING' })));
  assert.equal(error.name, 'ValidationException');
  const [before, values] = error.message.split(/(?=\[)/);
  assert.equal(before, messageOf(['GUESSING', 'batchInferenceJobMode', 'Member must satisfy enum value set: ']));
  assert.deepEqual(values.slice(1, -1).split(', ').sort(), ['BATCH_INFERENCE', 'THEME_GENERATION']);
});

test('a page may have 1 to 100 jobs', async (t) => {
  const client = clientOf(t, await startServer(t));
  const bounds = [
    [0, 'Member must have value greater than or equal to 1'],
    [101, 'Member must have value less than or equal to 100'],
  ];
  for (const [maxResults, bound] of bounds) {
    const error = await refusalOf(client.send(new ListBatchInferenceJobsCommand({ maxResults })));
    assert.equal(error.message, messageOf([maxResults, 'maxResults', bound]));
  }
});

// Fidelity: seen | Constraints are checked before anything else of the operation | sibling Kinesis: mhart/kinesalite,
//   validations/index.js
test('constraints are checked before the existence of named resources', async (t) => {
  const client = clientOf(t, await startServer(t));
  const error = await refusalOf(createJob(client, jobNamed('no blanks')));
  assert.equal(error.name, 'ValidationException');
});

test('a member of the wrong type is refused with SerializationException', async (t) => {
  const client = clientOf(t, await startServer(t, { world }));
  const input = { batchInferenceJobArn: ['a', 'list'] };
  const error = await refusalOf(client.send(new DescribeBatchInferenceJobCommand(input)));
  assert.equal(error.name, 'SerializationException');
});

test('more than fifty tags are refused', async (t) => {
  const client = clientOf(t, await startServer(t, { world }));
  const tags = (count) => Array.from({ length: count }, (_, i) => ({ tagKey: `key-${i}`, tagValue: '' }));
  const error = await refusalOf(createJob(client, jobNamed('tagged', { tags: tags(51) })));
  assert.equal(error.name, 'TooManyTagsException');
  await createJob(client, jobNamed('tagged', { tags: tags(50) }));
});
