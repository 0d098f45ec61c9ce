// Details of requests and answers that an SDK hides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arn, jobNamed, world } from './support/personalize.mjs';
import { startServer } from './support/server.mjs';
import { call, send, signedBy } from './support/wire.mjs';

const frozenAt = (time) => ['--clock', `frozen@${time}`];

// Fidelity: seen | JSON is written without blanks; absent members are omitted and never null |
//   aws-samples/amazon-personalize-samples, by the content-length of 247 answers;
//   aws-samples/amazon-personalize-immersion-day
test('timestamps are written as AWS writes them, and nothing is null', async (t) => {
  const cases = [
    ['2021-05-12T14:14:13.579Z', '1.620828853579E9'],
    ['2019-06-10T00:00:00Z', '1.5601248E9'],
    ['2021-11-29T18:24:39.700Z', '1.6382102797E9'],
    ['1970-01-01T00:00:00Z', '0.0'],
  ];
  for (const [time, written] of cases) {
    const server = await startServer(t, { world, flags: frozenAt(time) });
    const created = await call(server, 'CreateBatchInferenceJob', jobNamed('raw'));
    assert.equal(created.body, `{"batchInferenceJobArn":"${arn('batch-inference-job/raw')}"}`);
    const described = await call(server, 'DescribeBatchInferenceJob', JSON.parse(created.body));
    assert.ok(
      described.body.includes(`"creationDateTime":${written},"lastUpdatedDateTime":${written}`),
      described.body,
    );
    const listed = await call(server, 'ListBatchInferenceJobs');
    assert.ok(listed.body.includes(`"creationDateTime":${written},"lastUpdatedDateTime":${written}`), listed.body);
    for (const { body } of [described, listed]) {
      assert.doesNotMatch(body, /null/);
      assert.equal(body.replaceAll(/[:,] /g, ''), body, 'there are blanks between tokens');
    }
  }
});

// Fidelity: seen | A null member counts as absent; a member unknown to the model is ignored | sibling Kinesis:
//   mhart/kinesalite, validations/index.js
test('a null member counts as absent, and an unknown one is ignored', async (t) => {
  const server = await startServer(t, { world });
  const input = { ...jobNamed('loose'), filterArn: null, numResults: null, color: 'blue', tags: null };
  const { status, body } = await call(server, 'CreateBatchInferenceJob', input);
  assert.equal(status, 200, body);
  const described = await call(server, 'DescribeBatchInferenceJob', JSON.parse(body));
  assert.equal(JSON.parse(described.body).batchInferenceJob.numResults, 25);
  assert.doesNotMatch(described.body, /color|filterArn|null/);
});

test('members that the installed SDK may not know yet are kept', async (t) => {
  const similarItems = { ...world.solutionVersions[0], recipeArn: 'arn:aws:personalize:::recipe/aws-similar-items' };
  const server = await startServer(t, { world: { solutionVersions: [similarItems] } });
  const newest = {
    batchInferenceJobMode: 'THEME_GENERATION',
    themeGenerationConfig: { fieldsForThemeGeneration: { itemName: 'TITLE' } },
    batchInferenceJobConfig: { rankingInfluence: { POPULARITY: 0.5 } },
  };
  const created = await call(server, 'CreateBatchInferenceJob', jobNamed('newest', newest));
  const { body } = await call(server, 'DescribeBatchInferenceJob', JSON.parse(created.body));
  const { batchInferenceJob } = JSON.parse(body);
  for (const [member, value] of Object.entries(newest)) assert.deepEqual(batchInferenceJob[member], value);
});

test('a refusal has a name, a message and nothing else', async (t) => {
  const server = await startServer(t);
  const missing = arn('batch-inference-job/missing');
  const { status, headers, body } = await call(server, 'DescribeBatchInferenceJob', { batchInferenceJobArn: missing });
  assert.equal(status, 400);
  assert.equal(headers['content-type'], 'application/x-amz-json-1.1');
  assert.equal(
    body,
    `{"__type":"ResourceNotFoundException","message":"The given batch inference job does not exist: ${missing}"}`,
  );
});

// Fidelity: documented | An empty body is an empty input; Kinesis, which uses an older server, was seen to refuse it |
//   https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
test('a missing body is an empty input', async (t) => {
  const server = await startServer(t);
  const { status, body } = await call(server, 'ListBatchInferenceJobs', '');
  assert.equal(status, 200);
  assert.equal(body, '{"batchInferenceJobs":[]}');
});

test('a body that is not JSON is refused with SerializationException', async (t) => {
  const server = await startServer(t);
  for (const text of ['hello', '{', '[]', 'null', '{"a":1}}', '"text"']) {
    const { status, body } = await call(server, 'ListBatchInferenceJobs', text);
    assert.equal(status, 400, text);
    assert.equal(JSON.parse(body).__type, 'SerializationException', text);
  }
});

// Fidelity: seen | An UnknownOperationException has no message | chrisking/personalens#1; sibling Kinesis: mhart/kinesalite, test/connection.js
test('an unknown operation or target is refused with UnknownOperationException', async (t) => {
  const server = await startServer(t);
  for (const target of ['AmazonPersonalize.MakeCoffee', 'AmazonForecast.ListBatchInferenceJobs', 'nonsense']) {
    const { status, body, headers } = await call(server, '', {}, { 'x-amz-target': target });
    assert.equal(status, 400, target);
    assert.equal(body, '{"__type":"UnknownOperationException"}', target);
    assert.ok(headers['x-personalize-local-why'], target);
  }
});

test('a request signed for another service is refused, and the log names the service', async (t) => {
  const server = await startServer(t);
  const { status, body } = await send(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      ...signedBy('test', { service: 'dynamodb' }),
    },
    body: '{}',
  });
  assert.ok(status >= 400 && status < 500, `status ${status}`);
  assert.match(body, /UnknownOperationException/);
  await server.logged(/dynamodb/);
});
