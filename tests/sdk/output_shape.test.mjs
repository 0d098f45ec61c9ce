// Tests the check that every SDK test relies on: what it accepts, and which faults it finds.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { test } from 'node:test';
import { DescribeCampaignCommand, PersonalizeClient } from '@aws-sdk/client-personalize';
import { fullOutputOf, placesIn } from './support/full_output.mjs';
import { faultsOfOutput, faultsOfRefusal, operations, outputOf } from './support/output_shape.mjs';
import { arn, clientOf, configFor, createJob, jobNamed, refusalOf, world } from './support/personalize.mjs';
import { checkResponses } from './support/response_check.mjs';
import { atEnd, startServer } from './support/server.mjs';
import { control } from './support/wire.mjs';

const answering = operations.filter((operation) => outputOf(operation));
const silent = operations.filter((operation) => !outputOf(operation));

/** The full answer as text after `change(holder, key)` for the place at `pointer`. */
function changed(operation, pointer, change) {
  const whole = { whole: fullOutputOf(operation) };
  const keys = ['whole', ...pointer.split('/').slice(1)];
  const last = keys.pop();
  change(
    keys.reduce((value, key) => value[key], whole),
    last,
  );
  return JSON.stringify(whole.whole);
}

const set = (operation, pointer, value) => changed(operation, pointer, (holder, key) => (holder[key] = value));

const faultsAt = (operation, text, pointer, words) => {
  const faults = faultsOfOutput(operation, text);
  assert.equal(faults.length, 1, `${operation} ${pointer}: ${faults}`);
  assert.ok(faults[0].startsWith(`${pointer} `), `${operation} ${pointer}: ${faults}`);
  assert.match(faults[0], words);
};

test('an answer with every member has no fault, nor has one with only required members', () => {
  assert.equal(answering.length + silent.length, 71);
  for (const operation of answering) {
    assert.deepEqual(faultsOfOutput(operation, JSON.stringify(fullOutputOf(operation))), [], operation);
    assert.deepEqual(faultsOfOutput(operation, '{}'), [], operation);
  }
});

test('an unknown member is found in every structure', () => {
  for (const operation of answering) {
    for (const [pointer, value, type] of placesIn(operation)) {
      if (type !== 'structure') continue;
      const text = set(operation, pointer, { ...value, color: 'blue' });
      faultsAt(operation, text, `${pointer}/color`, /is unknown$/);
    }
  }
});

test('a missing required member is found in every structure', () => {
  let count = 0;
  for (const operation of answering) {
    for (const [pointer, , , isRequired] of placesIn(operation)) {
      if (!isRequired) continue;
      ++count;
      const text = changed(operation, pointer, (holder, key) => delete holder[key]);
      faultsAt(operation, text, pointer, /is missing$/);
    }
  }
  assert.ok(count > 10, count);
});

test('a value of another type and a null are found at every place', () => {
  const values = { structure: {}, list: [], string: 'text', boolean: true, integer: 7, double: 7.5, null: null };
  const fitting = {
    structure: ['structure'],
    map: ['structure'],
    list: ['list'],
    string: ['string'],
    boolean: ['boolean'],
    integer: ['integer'],
    double: ['integer', 'double'],
    timestamp: ['integer', 'double'],
  };
  for (const operation of answering) {
    for (const [pointer, , type] of placesIn(operation)) {
      for (const [given, value] of Object.entries(values)) {
        if (fitting[type].includes(given)) continue;
        faultsAt(operation, set(operation, pointer, value), pointer, new RegExp(`which is no ${type}$`));
      }
    }
  }
});

test('bounds, enumerations and patterns are checked', () => {
  const cases = [
    ['DescribeCampaign', '/campaign/campaignArn', 'films', /is not like arn/],
    ['DescribeCampaign', '/campaign/minProvisionedTPS', 0, /is below 1/],
    ['DescribeCampaign', '/campaign/status', 'x'.repeat(257), /is above 256/],
    ['DescribeDatasetGroup', '/datasetGroup/domain', 'MUSIC', /is none of ECOMMERCE,VIDEO_ON_DEMAND/],
    ['DescribeDatasetExportJob', '/datasetExportJob/roleArn', arn('campaign/films'), /is not like arn.*iam/],
    ['ListTagsForResource', '/tags/0/tagKey', '', /is below 1/],
    ['ListCampaigns', '/campaigns', Array(101).fill({}), /is above 100/],
  ];
  for (const [operation, pointer, value, words] of cases) {
    faultsAt(operation, set(operation, pointer, value), pointer, words);
  }
});

test('the name that the service gives a solution version is valid', () => {
  const name = `${'x'.repeat(63)}/1a2b3c4d`;
  assert.deepEqual(faultsOfOutput('DescribeSolutionVersion', JSON.stringify({ solutionVersion: { name } })), []);
});

test('a duplicate member is found, though a parser keeps only one', () => {
  const text = '{"campaign":{"status":"ACTIVE","name":"status\\":","status":"ACTIVE"}}';
  assert.deepEqual(faultsOfOutput('DescribeCampaign', text), ['the member "status" appears twice']);
});

test('a void answer has no bytes, and any other is JSON', () => {
  for (const operation of silent) {
    assert.deepEqual(faultsOfOutput(operation, ''), [], operation);
    assert.deepEqual(faultsOfOutput(operation, '{}'), ['the body is not empty: {}'], operation);
  }
  for (const text of ['', '{', 'null', '[]']) assert.equal(faultsOfOutput('TagResource', text).length, 1, text);
});

test('a refusal has an error name of the operation, its status and a message', () => {
  const refusal = (type, more = { message: 'No.' }) => JSON.stringify({ __type: type, ...more });
  const cases = [
    [400, refusal('ResourceNotFoundException')],
    [400, refusal('ValidationException')],
    [400, refusal('ThrottlingException')],
    [400, refusal('UnknownOperationException', {})],
    [500, refusal('InternalFailure', {})],
    [400, refusal('LimitExceededException'), /__type is LimitExceededException, which DescribeCampaign never answers/],
    [400, refusal('Unheard'), /never answers/],
    [404, refusal('ResourceNotFoundException'), /the status of ResourceNotFoundException is 404/],
    [400, refusal('ResourceNotFoundException', {}), /message is missing/],
    [400, refusal('ResourceNotFoundException', { message: 7 }), /message is no string/],
    [400, refusal('ResourceNotFoundException', { message: 'No.', color: 'blue' }), /color is unknown/],
    [400, refusal(undefined), /__type is no string/],
    [400, '{"message":"No."}', /__type is no string/],
    [400, '<No/>', /the body is no JSON/],
    [400, '[]', /no structure/],
  ];
  for (const [status, text, words] of cases) {
    const faults = faultsOfRefusal('DescribeCampaign', status, text);
    assert.equal(faults.length, words ? 1 : 0, `${text}: ${faults}`);
    if (words) assert.match(faults[0], words);
  }
});

test('a rule may refuse with any error name, but in the form of a refusal', () => {
  const isRuled = { isRuled: true };
  assert.deepEqual(faultsOfRefusal('DescribeCampaign', 429, '{"__type":"Unheard"}', isRuled), []);
  assert.equal(faultsOfRefusal('DescribeCampaign', 429, '{"color":"blue"}', isRuled).length, 2);
});

/** A server that answers every request with the same text. */
async function parrotOf(t, status, text) {
  const parrot = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(text);
  });
  parrot.listen(0, '127.0.0.1');
  await once(parrot, 'listening');
  atEnd(t, () => parrot.close());
  return { url: `http://127.0.0.1:${parrot.address().port}` };
}

/** Describes a campaign in an inner test. Returns the results of the call and of the end of that test. */
async function describedWithin(t, status, text) {
  const ends = [];
  const inner = { after: (end) => ends.push(end) };
  const client = new PersonalizeClient(configFor(await parrotOf(t, status, text)));
  atEnd(t, () => client.destroy());
  checkResponses(inner, client);
  const settled = ([{ status: outcome, value, reason }]) => (outcome === 'fulfilled' ? { value } : { reason });
  const sending = client.send(new DescribeCampaignCommand({ campaignArn: arn('campaign/films') }));
  const call = settled(await Promise.allSettled([sending]));
  const end = settled(await Promise.allSettled(ends.map((each) => each())));
  return { call, end };
}

test('a checked client gets a valid answer unchanged', async (t) => {
  const { call, end } = await describedWithin(t, 200, '{"campaign":{"status":"ACTIVE"}}');
  assert.equal(call.value.campaign.status, 'ACTIVE');
  assert.equal(end.reason, undefined);
  const refused = await describedWithin(t, 400, '{"__type":"ResourceNotFoundException","message":"No."}');
  assert.equal(refused.call.reason.name, 'ResourceNotFoundException');
  assert.equal(refused.end.reason, undefined);
});

test('a call with an invalid answer fails, and so does its test, even if the test expects a refusal', async (t) => {
  const bad = [
    [200, '{"campaign":{"color":"blue"}}', /DescribeCampaign: \/campaign\/color is unknown/],
    [200, '{"campaign":{"status":null}}', /DescribeCampaign: \/campaign\/status is null/],
    [200, '{}}', /DescribeCampaign: the body is no JSON/],
    [400, '{"__type":"LimitExceededException","message":"No."}', /DescribeCampaign: \/__type/],
  ];
  for (const [status, text, words] of bad) {
    const { call, end } = await describedWithin(t, status, text);
    assert.ok(call.reason instanceof assert.AssertionError, text);
    assert.ok(end.reason instanceof assert.AssertionError, text);
    assert.match(end.reason.message, words);
  }
});

test('answers changed by rules of a test are not faults of the server', async (t) => {
  const server = await startServer(t, { world });
  const client = clientOf(t, server);
  const effects = {
    Unheard: { error: { type: 'Unheard', status: 418 } },
    Lost: { error: { type: 'Lost', message: 'Lost.', status: 500, afterCommit: true } },
    Error: { connection: 'truncate' },
  };
  for (const [name, effect] of Object.entries(effects)) {
    await control(server, 'POST', 'rules', { match: { operation: 'Create*' }, times: 1, ...effect });
    const error = await refusalOf(createJob(client, jobNamed(`answered-with-${name}`)));
    assert.equal(error.name, name);
  }
});
