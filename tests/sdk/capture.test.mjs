// `personalize-local capture`: a server that verifies signatures stands in the place of the real service.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { capture, captured, checkedFile, countingProxy } from './support/capture.mjs';
import { environmentOf, startSource, warningsOf } from './support/capture.mjs';
import { Deployment, now } from './support/deployment.mjs';
import { call, describe, kinds, list } from './support/kinds.mjs';
import { arn, clientOf, refusalOf } from './support/personalize.mjs';
import { folderOf, runProgram, startServer } from './support/server.mjs';
import { control } from './support/wire.mjs';

const denied = { type: 'AccessDeniedException', message: 'not authorized', status: 400 };
const throttled = { type: 'ThrottlingException', message: 'Rate exceeded' };

const rule = (server, operation, effect, more = {}) =>
  control(server, 'POST', 'rules', { match: { operation, ...more.match }, ...effect, times: more.times });

const filterNamed = (name, { account = '000000000000', region = 'us-east-1', minute = 0 } = {}) => ({
  filterArn: arn(`filter/${name}`, region, account),
  datasetGroupArn: arn('dataset-group/films', region, account),
  filterExpression: 'EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("watch")',
  creationDateTime: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
});

const filmsGroup = (region = 'us-east-1', account = '000000000000') => ({
  datasetGroupArn: arn('dataset-group/films', region, account),
});

const filterNames = (document) => (JSON.parse(document).filters ?? []).map(({ filterArn }) => filterArn.split('/')[1]);

/** The whole deployment, with resources in progress, updated, failed, stopped, and one that names a deleted one. */
async function buildEverything(t) {
  const source = await startSource(t, { flags: ['--clock', `frozen@${now}`] });
  const deployment = new Deployment(source, clientOf(t, source));
  await deployment.build();
  const { client, arns } = deployment;
  await call(client, 'UpdateCampaign', { campaignArn: arns.evening, minProvisionedTPS: 3 });
  await call(client, 'StopRecommender', { recommenderArn: arns.popular });
  await deployment.createAs('kept', 'filter', deployment.inputOf('unseen', { name: 'kept' }));
  await deployment.remove('unseen');
  await deployment.settle();
  const job = deployment.inputOf('nightly', { filterArn: undefined });
  const failure = { lifecycle: { outcome: 'CREATE FAILED', failureReason: 'Invalid S3 input path' } };
  await rule(source, 'CreateBatchInferenceJob', failure, { times: 1 });
  await deployment.createAs('failed', 'batchInferenceJob', { ...job, jobName: 'failed' });
  await deployment.settle();
  await deployment.createAs('waiting', 'batchInferenceJob', { ...job, jobName: 'waiting' });
  return deployment;
}

/** What a client can read of every resource: Describe, tags, metrics and the order of each List. */
async function everythingOf(client) {
  const all = {};
  for (const kind of Object.keys(kinds)) {
    const arns = (await list(client, kind)).map((summary) => summary[`${kind}Arn`]);
    all[kind] = { arns };
    for (const each of arns) all[kind][each] = await describe(client, kind, each);
    if (kind === 'schema' || kind === 'metricAttribution') continue;
    for (const resourceArn of arns) all[kind][`tags of ${resourceArn}`] = await tagsOf(client, resourceArn);
  }
  for (const metricAttributionArn of all.metricAttribution.arns) {
    all.metrics = (await call(client, 'ListMetricAttributionMetrics', { metricAttributionArn })).metrics;
  }
  return all;
}

const tagsOf = async (client, resourceArn) => (await call(client, 'ListTagsForResource', { resourceArn })).tags;

test('a captured account comes back the same by every Describe and List', async (t) => {
  const { server: source, client, arns } = await buildEverything(t);
  const expected = await everythingOf(client);
  for (const kind of Object.keys(kinds)) assert.ok(expected[kind].arns.length > 0, kind);
  await control(source, 'DELETE', 'requests');
  const document = await captured(source);
  const { requests } = await control(source, 'GET', 'requests?limit=1000');
  assert.ok(requests.length > 50);
  for (const { operation } of requests) assert.match(operation, /^(List|Describe)/);
  const { now: moment } = await control(source, 'GET', 'clock');
  const file = await checkedFile(t, document);
  const copy = await startServer(t, { flags: ['--fixtures', file, '--clock', `frozen@${moment}`] });
  const other = clientOf(t, copy);
  assert.deepEqual(await everythingOf(other), expected);
  const nightly = JSON.parse(document).batchInferenceJobs.find(({ jobName }) => jobName === 'nightly');
  assert.deepEqual(nightly._local.absent, [arns.unseen]);
  assert.equal((await refusalOf(describe(other, 'filter', arns.unseen))).name, 'ResourceNotFoundException');
  assert.equal(await captured(source), document, 'two captures are equal');
});

test('2,000 resources are captured page by page, though connections die', async (t) => {
  const names = Array.from({ length: 2000 }, (_, i) => `s-${i}`);
  const created = (i) => new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString();
  const schemaOf = (name, i) => ({ schemaArn: arn(`schema/${name}`), creationDateTime: created(i) });
  const source = await startSource(t, { world: { schemas: names.map(schemaOf) } });
  await rule(source, 'ListSchemas', { connection: 'truncate' }, { times: 2 });
  await rule(source, 'DescribeSchema', { connection: 'reset' }, { times: 4 });
  const { code, stdout, stderr } = await capture(source);
  assert.deepEqual([code, warningsOf({ stderr })], [0, []], stderr);
  const found = JSON.parse(stdout).schemas;
  assert.deepEqual(
    found.map(({ name }) => name),
    names,
  );
  assert.match(stderr, /^personalize-local: us-east-1: 1000 of 2000 resources read$/m);
  assert.match(stderr, /^personalize-local: 2000 resources captured$/m);
  await checkedFile(t, stdout);
});

test('at most four calls are made at once', async (t) => {
  const filters = Array.from({ length: 40 }, (_, i) => filterNamed(`f-${i}`, { minute: i }));
  const source = await startSource(t, { world: { filters } });
  const proxy = await countingProxy(t, source);
  await rule(source, 'DescribeFilter', { delay: '20ms' });
  assert.equal(filterNames(await captured(source, [], { url: proxy.url })).length, filters.length);
  assert.equal(proxy.most, 4);
  assert.ok(proxy.all > 2 * filters.length, 'each filter is described, and its tags are listed');
});

test('throttled calls are tried again until they succeed', async (t) => {
  const filters = ['a', 'b', 'c', 'd'].map((name) => filterNamed(name));
  const source = await startSource(t, { world: { filters } });
  await rule(source, 'List*', { error: throttled }, { times: 5 });
  await rule(source, 'Describe*', { error: { type: 'InternalServerError', message: '', status: 503 } }, { times: 6 });
  assert.deepEqual(filterNames(await captured(source)), ['a', 'b', 'c', 'd']);
});

test('a call that is denied is named, and the rest is captured', async (t) => {
  const filters = ['a', 'b'].map((name) => filterNamed(name));
  const source = await startSource(t, { world: { datasetGroups: [filmsGroup()], filters } });
  await rule(source, 'ListFilters', { error: denied });
  await rule(source, 'ListTagsForResource', { error: denied });
  const run = await capture(source);
  assert.equal(run.code, 3, run.stderr);
  assert.deepEqual(warningsOf(run), [
    'us-east-1: ListFilters: AccessDeniedException: not authorized; filters may be missing',
    `us-east-1: ListTagsForResource ${filmsGroup().datasetGroupArn}: AccessDeniedException: not authorized; ` +
      'its tags are missing',
  ]);
  assert.deepEqual(Object.keys(JSON.parse(run.stdout)), ['datasetGroups']);
  await checkedFile(t, run.stdout);
});

test('a call that always fails is tried six times, then named', async (t) => {
  const filters = ['a', 'b'].map((name) => filterNamed(name));
  const source = await startSource(t, { world: { filters } });
  const match = { filterArn: filters[0].filterArn };
  await rule(source, 'DescribeFilter', { error: throttled }, { match });
  const run = await capture(source);
  assert.equal(run.code, 3, run.stderr);
  assert.deepEqual(warningsOf(run), [
    `us-east-1: DescribeFilter ${filters[0].filterArn}: ThrottlingException: Rate exceeded (6 tries); it is missing`,
  ]);
  assert.deepEqual(filterNames(run.stdout), ['b']);
  const { requests } = await control(source, 'GET', 'requests?operation=DescribeFilter');
  assert.equal(requests.length, 7);
});

test('members and values that fixtures do not have are named and left out', async (t) => {
  const filters = ['a', 'b'].map((name) => filterNamed(name));
  const source = await startSource(t, { world: { filters } });
  const bad = { merge: { filter: { status: 'SHINY' } } };
  await rule(source, 'DescribeFilter', bad, { match: { filterArn: filters[0].filterArn } });
  const run = await capture(source);
  assert.equal(run.code, 3, run.stderr);
  assert.match(warningsOf(run).join('\n'), /filter\/a is no fixture; expected .* found "SHINY"$/);
  assert.deepEqual(filterNames(run.stdout), ['b']);
  await checkedFile(t, run.stdout);
});

test('--dataset-group narrows, and takes the region of the group', async (t) => {
  const source = await startSource(t, { flags: ['--clock', `frozen@${now}`] });
  const deployment = new Deployment(source, clientOf(t, source));
  await deployment.build();
  const ofShop = ['shop', 'sales', 'salesImport', 'salesSchema', 'popular'];
  const unused = ['studiosSchema'];
  const document = await captured(source, ['--dataset-group', deployment.arns.films], {
    env: { AWS_REGION: 'eu-west-1' },
  });
  const expected = Object.entries(deployment.made)
    .filter(([name]) => !ofShop.includes(name) && !unused.includes(name))
    .map(([, { arn: each }]) => each);
  const found = Object.keys(kinds).flatMap((kind) =>
    (JSON.parse(document)[`${kind}s`] ?? []).map((each) => each[`${kind}Arn`]),
  );
  assert.deepEqual(found.sort(), expected.sort());
  const none = await capture(source, ['--dataset-group', arn('dataset-group/none')]);
  assert.deepEqual([none.code, none.stdout], [1, ''], none.stderr);
  assert.match(none.stderr, /DescribeDatasetGroup .*dataset-group\/none: ResourceNotFoundException/);
});

test('several regions come into one document, in one order', async (t) => {
  const filters = [
    filterNamed('second', { minute: 1 }),
    filterNamed('first', { region: 'eu-west-1' }),
    filterNamed('third', { region: 'eu-west-1', minute: 2 }),
    filterNamed('elsewhere', { region: 'ap-south-1' }),
  ];
  const source = await startSource(t, { world: { filters } });
  for (const regions of [
    ['us-east-1', 'eu-west-1'],
    ['eu-west-1', 'us-east-1'],
  ]) {
    const flags = regions.flatMap((region) => ['--region', region]);
    assert.deepEqual(filterNames(await captured(source, flags)), ['first', 'second', 'third']);
  }
  const byVariable = { env: { AWS_REGION: '', AWS_DEFAULT_REGION: 'ap-south-1' } };
  assert.deepEqual(filterNames(await captured(source, [], byVariable)), ['elsewhere']);
});

test('--as puts an account in the place of the real one, for roles and keys too', async (t) => {
  const account = '123456789012';
  const group = filmsGroup('us-east-1', account);
  const kmsKeyOf = (owner) => `arn:aws:kms:us-east-1:${owner}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const roleArn = `arn:aws:iam::${account}:role/films`;
  const world = {
    datasetGroups: [{ ...group, roleArn, kmsKeyArn: kmsKeyOf(account) }],
    eventTrackers: [{ ...group, eventTrackerArn: arn('event-tracker/1a2b3c4d', 'us-east-1', account) }],
    filters: [filterNamed('a', { account })],
  };
  const source = await startSource(t, { world });
  const key = account;
  assert.ok((await captured(source, [], { key })).includes(account));
  const document = await captured(source, ['--as', '000000000000'], { key });
  assert.ok(!document.includes(account), document);
  const [copied] = JSON.parse(document).datasetGroups;
  assert.equal(copied.roleArn, 'arn:aws:iam::000000000000:role/films');
  assert.equal(copied.kmsKeyArn, kmsKeyOf('000000000000'));
  await checkedFile(t, document);
});

test('keys come from a profile, and a session has a token', async (t) => {
  const source = await startSource(t, { world: { filters: [filterNamed('a')] } });
  const files = { AWS_SHARED_CREDENTIALS_FILE: source.credentials, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  const session = 'ASIAIOSFODNN7EXAMPLE';
  assert.deepEqual(filterNames(await captured(source, ['--profile', session], { env: files })), ['a']);
  assert.deepEqual(filterNames(await captured(source, [], { env: { ...files, AWS_PROFILE: 'local' } })), ['a']);
  const folder = await folderOf(t, { config: '[profile sso]\nsso_session = films\nregion = us-east-1\n' });
  const env = { ...environmentOf(source), ...files, AWS_CONFIG_FILE: join(folder, 'config') };
  const { code, stderr } = await runProgram(['capture', '--profile', 'sso'], { env });
  assert.equal(code, 2);
  assert.match(stderr, /^personalize-local: [^\n]*sso_session[^\n]*aws configure export-credentials[^\n]*\n$/);
});

test('nothing is printed where nothing can be captured', async (t) => {
  const source = await startSource(t, { world: { filters: [filterNamed('a')] } });
  const gone = await startServer(t);
  await gone.stop();
  const cases = {
    'a wrong secret': [{ env: { AWS_SECRET_ACCESS_KEY: 'wrong' } }, /ListRecipes: InvalidSignatureException: /],
    'a wrong token': [{ env: { AWS_SESSION_TOKEN: 'wrong' } }, /UnrecognizedClientException: /],
    'a CA that is not trusted': [{ env: { AWS_CA_BUNDLE: '' } }, /is not trusted: .* AWS_CA_BUNDLE can name/],
    'HTTPS where there is none': [{ url: source.url.replace('http:', 'https:') }, /does not answer in TLS/],
    'no server': [{ url: gone.url }, /cannot connect to .* \(6 tries\)/],
  };
  for (const [name, [options, message]] of Object.entries(cases)) {
    const run = await capture(source, [], options);
    assert.deepEqual([run.code, run.stdout], [1, ''], `${name}: ${run.stderr}`);
    assert.equal(warningsOf(run).length, 1, `${name}: ${run.stderr}`);
    assert.match(warningsOf(run)[0], message, name);
    assert.match(run.stderr, /^personalize-local: nothing was captured$/m);
  }
});

test('an empty account is a document without resources', async (t) => {
  const source = await startSource(t);
  assert.equal(await captured(source), '{\n}\n');
});

test('a wrong call ends with 2 and one line', async (t) => {
  const source = await startSource(t);
  for (const [args, env, message] of [
    [[], { AWS_REGION: '' }, /no region: name one with --region, or set AWS_REGION/],
    [['--region', 'Virginia'], {}, /--region: expected a region/],
    [['--as', '12'], {}, /--as: expected an account of twelve digits/],
    [['--dataset-group', 'films'], {}, /--dataset-group: expected arn:aws:/],
    [['--profile', 'none'], {}, /there is no profile 'none'/],
    [[], { AWS_SECRET_ACCESS_KEY: '' }, /AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY/],
    [[], { AWS_CA_BUNDLE: '/no/file' }, /AWS_CA_BUNDLE: /],
    [['world.json'], {}, /unknown argument 'world.json'/],
  ]) {
    const { code, stdout, stderr } = await capture(source, args, { env });
    assert.deepEqual([code, stdout], [2, ''], stderr);
    assert.match(stderr, /^personalize-local: [^\n]+\n$/);
    assert.match(stderr, message);
  }
});
