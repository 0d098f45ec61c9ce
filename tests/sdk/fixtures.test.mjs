// Fixtures: how they are given, and the messages about bad ones.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import * as filmSchemas from './support/film_schemas.mjs';
import { arn } from './support/personalize.mjs';
import { folderOf, runProgram, startServer } from './support/server.mjs';
import { call } from './support/wire.mjs';

const arnOf = (name) => `arn:aws:personalize:us-east-1:000000000000:batch-inference-job/${name}`;
const job = (name, more = {}) => ({ batchInferenceJobArn: arnOf(name), ...more });
const alone = (name, more) => ({ batchInferenceJob: job(name, more) });

async function namesIn(server) {
  const { body } = await call(server, 'ListBatchInferenceJobs');
  return JSON.parse(body)
    .batchInferenceJobs.map((each) => each.jobName)
    .sort();
}

/** The problems that a refused run printed, one per line, as [position, message]. */
function problemsIn({ code, stdout, stderr }) {
  assert.equal(code, 2, stderr);
  assert.equal(stdout, '');
  const lines = stderr.trimEnd().split('\n');
  return lines.map((line) => /^personalize-local: (.*?): (expected .*, found .*)$/.exec(line)?.slice(1) ?? [line, '']);
}

test('fixtures can be files, folders and texts, all together', async (t) => {
  const folder = await folderOf(t, {
    'b.json': { batchInferenceJobs: [job('second'), job('third')] },
    'a.json': alone('first'),
    'notes.txt': 'no fixture, and not JSON either',
  });
  const other = await folderOf(t, { 'lone.json': alone('fourth') });
  const server = await startServer(t, {
    flags: ['--fixtures', folder, '--fixtures', join(other, 'lone.json')],
    world: alone('fifth'),
  });
  assert.deepEqual(await namesIn(server), ['fifth', 'first', 'fourth', 'second', 'third']);
});

test('the variable of --fixtures takes several paths, separated by commas', async (t) => {
  const folder = await folderOf(t, { 'a.json': alone('first'), 'b.json': alone('second') });
  const paths = [join(folder, 'a.json'), join(folder, 'b.json')];
  const server = await startServer(t, { env: { PERSONALIZE_LOCAL_FIXTURES: paths.join(',') } });
  assert.deepEqual(await namesIn(server), ['first', 'second']);
});

test('an ARN alone describes a job', async (t) => {
  const server = await startServer(t, { world: alone('tiny'), flags: ['--clock', 'frozen@2026-01-31T12:00:00Z'] });
  const { body } = await call(server, 'DescribeBatchInferenceJob', job('tiny'));
  assert.deepEqual(JSON.parse(body).batchInferenceJob, {
    batchInferenceJobArn: arnOf('tiny'),
    jobName: 'tiny',
    status: 'ACTIVE',
    creationDateTime: 1769860800,
    lastUpdatedDateTime: 1769860800,
  });
});

test('a job may name resources that the fixtures do not have, which the log notes', async (t) => {
  const solutionVersionArn = 'arn:aws:personalize:us-east-1:000000000000:solution/films/1a2b3c4d';
  const server = await startServer(t, { world: alone('lone', { solutionVersionArn }) });
  assert.ok((await server.logged(/taken to exist/)).includes(solutionVersionArn));
  const created = await call(server, 'CreateBatchInferenceJob', {
    jobName: 'another',
    solutionVersionArn,
    jobInput: { s3DataSource: { path: 's3://films-bucket/users.json' } },
    jobOutput: { s3DataDestination: { path: 's3://films-bucket/out/' } },
    roleArn: 'arn:aws:iam::000000000000:role/personalize-batch',
  });
  assert.equal(created.status, 200, created.body);
});

test('members that the SDKs and the CLI print beside a job are ignored', async (t) => {
  const world = { ...alone('printed'), ResponseMetadata: { HTTPStatusCode: 200, RetryAttempts: 0 } };
  assert.deepEqual(await namesIn(await startServer(t, { world })), ['printed']);
});

test('check-fixtures prints the number of resources and ends with 0', async (t) => {
  const folder = await folderOf(t, { 'a.json': { batchInferenceJobs: [job('first'), job('second')] } });
  const { code, stdout, stderr } = await runProgram(['check-fixtures', folder]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^2 resources/m);
  assert.equal(stderr, '');
});

const badFiles = {
  'a-no-json.json': '{"batchInferenceJob": ',
  'b-no-object.json': '[]',
  'c-many.json': {
    batchInferenceJobs: [
      job('fine'),
      job('numbers', { numResults: 'many' }),
      job('misspelt', { jobNmae: 'x', status: 'RUNNING', roleArn: 'admin' }),
      { jobName: 'no-arn' },
      job('dated', { creationDateTime: 'yesterday' }),
      job('life', { status: 'PENDING', _local: { pending: 'soon', progression: 'fast', color: 'red' } }),
      'text',
    ],
  },
  'd-unknown.json': { batchInferenceJbo: {}, solutionVersion: { solutionVersionArn: 'arn:aws:s3:::films' } },
};

const badPlaces = [
  ['a-no-json.json', '', /JSON/],
  ['b-no-object.json', '', /an object/],
  ['c-many.json', '/batchInferenceJobs/1/numResults', /"many"/],
  ['c-many.json', '/batchInferenceJobs/2/jobNmae', /expected jobName/],
  ['c-many.json', '/batchInferenceJobs/2/status', /PENDING, IN PROGRESS, ACTIVE or CREATE FAILED, found "RUNNING"/],
  ['c-many.json', '/batchInferenceJobs/2/roleArn', /'admin'|"admin"/],
  [
    'c-many.json',
    '/batchInferenceJobs/3/batchInferenceJobArn',
    /arn:aws:personalize:REGION:ACCOUNT:batch-inference-job\/NAME/,
  ],
  ['c-many.json', '/batchInferenceJobs/4/creationDateTime', /"yesterday"/],
  ['c-many.json', '/batchInferenceJobs/5/_local/pending', /"soon"/],
  ['c-many.json', '/batchInferenceJobs/5/_local/progression', /"fast"/],
  ['c-many.json', '/batchInferenceJobs/5/_local/color', /./],
  ['c-many.json', '/batchInferenceJobs/6', /an object, found "text"/],
  ['d-unknown.json', '/batchInferenceJbo', /expected batchInferenceJob,/],
  ['d-unknown.json', '/solutionVersion/solutionVersionArn', /solution\/PARENT\/ID/],
];

function assertAllReported(problems, sourceOf) {
  for (const [file, pointer, what] of badPlaces) {
    const place = new RegExp(`^${sourceOf(file).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[ :#]*${pointer}$`);
    const reported = problems.filter(([where]) => place.test(where));
    assert.equal(reported.length, 1, `${file} ${pointer}: ${reported.length} reports in\n${problems.join('\n')}`);
    assert.match(reported[0][1], what);
  }
  assert.equal(problems.length, badPlaces.length, problems.join('\n'));
}

test('check-fixtures reports every problem of every file, with its position', async (t) => {
  const folder = await folderOf(t, badFiles);
  assertAllReported(problemsIn(await runProgram(['check-fixtures', folder])), (file) => join(folder, file));
  const paths = Object.keys(badFiles).map((file) => join(folder, file));
  assertAllReported(problemsIn(await runProgram(['check-fixtures', ...paths])), (file) => join(folder, file));
});

test('a server with bad fixtures reports the same problems and does not start', async (t) => {
  const folder = await folderOf(t, badFiles);
  const args = ['--port', '0', '--fixtures', folder];
  assertAllReported(problemsIn(await runProgram(args)), (file) => join(folder, file));
});

test('a bad text is reported with its flag', async () => {
  const problems = problemsIn(await runProgram(['--port', '0', '--fixtures-json', '{"batchInferenceJob": 7}']));
  assert.equal(problems.length, 1);
  assert.match(problems[0][0], /^--fixtures-json[ :#]*\/batchInferenceJob$/);
});

test('a missing path, or a folder without fixtures, is a problem', async (t) => {
  const empty = await folderOf(t, { 'readme.md': '# nothing' });
  for (const path of [join(empty, 'missing.json'), empty]) {
    const problems = problemsIn(await runProgram(['check-fixtures', path]));
    assert.equal(problems.length, 1);
    assert.ok(problems[0][0].startsWith(path), problems[0][0]);
  }
});

test('an ARN in two files is a problem only if the two resources differ', async (t) => {
  const same = await folderOf(t, {
    'a.json': alone('twin', { numResults: 1 }),
    'b.json': alone('twin', { numResults: 1 }),
  });
  assert.equal((await runProgram(['check-fixtures', same])).code, 0);
  const differ = await folderOf(t, {
    'a.json': alone('twin', { numResults: 1 }),
    'b.json': alone('twin', { numResults: 2 }),
  });
  const problems = problemsIn(await runProgram(['check-fixtures', differ]));
  assert.equal(problems.length, 1);
  assert.ok(problems[0][0].startsWith(join(differ, 'b.json')), problems[0][0]);
  assert.ok(problems[0][1].includes(join(differ, 'a.json')), problems[0][1]);
});

/** A world that no Create would make: its filter reads a column and a dataset that its group has not. */
function doubtful() {
  const group = arn('dataset-group/club');
  const filter = (name, filterExpression) => ({ filterArn: arn(`filter/${name}`), datasetGroupArn: group, filterExpression });
  const schemaArn = arn('schema/items');
  return {
    schemas: [{ schemaArn, schema: filmSchemas.items }],
    datasetGroups: [{ datasetGroupArn: group }],
    datasets: [
      { datasetArn: arn('dataset/club/ITEMS'), datasetGroupArn: group, datasetType: 'ITEMS', schemaArn },
    ],
    filters: [
      filter('good', 'INCLUDE ItemID WHERE Items.GENRES IN ("Drama")'),
      filter('column', 'INCLUDE ItemID WHERE Items.STUDIO IN ("Drama")'),
      filter('dataset', 'EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("watch")'),
    ],
    campaign: {
      campaignArn: arn('campaign/club'),
      campaignConfig: { itemExplorationConfig: { explorationWeight: '2' } },
    },
  };
}

test('what Create would refuse of a captured world is noted by check-fixtures and at the start', async (t) => {
  const folder = await folderOf(t, { 'world.json': doubtful() });
  const { code, stdout } = await runProgram(['check-fixtures', folder]);
  assert.equal(code, 0);
  const notes = stdout.split('\n').filter((line) => line.includes('the service would refuse this'));
  const expected = [/campaign: .*explorationWeight/, /filters\/1: .*STUDIO/, /filters\/2: .*no dataset of type INTERACTIONS/];
  assert.equal(notes.length, expected.length, stdout);
  for (const pattern of expected) assert.ok(notes.some((note) => pattern.test(note)), `${pattern}: ${stdout}`);
  const server = await startServer(t, { flags: ['--fixtures', folder] });
  for (const pattern of expected) await server.logged(pattern);
  const told = server.logLines().filter((line) => line.includes('the service would refuse this'));
  assert.equal(told.length, expected.length, server.stderr);
});

test('an ARN of an account that nobody can have is refused', async (t) => {
  const folder = await folderOf(t, {
    'world.json': { filter: { filterArn: 'arn:aws:personalize:us-east-1:123:filter/short' } },
  });
  const { code, stderr } = await runProgram(['check-fixtures', folder]);
  assert.equal(code, 2);
  assert.match(stderr, /world\.json#\/filter\/filterArn: expected .*, with an account of twelve digits, found /);
});

test('check-fixtures without a path is a usage error', async () => {
  const { code, stderr } = await runProgram(['check-fixtures']);
  assert.equal(code, 2);
  assert.match(stderr, /^personalize-local: [^\n]+\n$/);
});
