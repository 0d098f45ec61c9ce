// The output of `aws personalize describe-batch-inference-job`: its options, and each member in each status.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { aws, awsVersion, cliOf, printed, shellOf, skipWithoutAws as skip } from './support/cli.mjs';
import { onTerminal, serverOfFile, skipWithoutTerminal } from './support/cli_options.mjs';
import { arn, filterArn, roleArn, solutionVersionArn } from './support/personalize.mjs';
import { runCommand, startServer, temporaryFolder } from './support/server.mjs';
import { control } from './support/wire.mjs';

const fixturesFile = (name) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const fixtures = (name) => JSON.parse(readFileSync(fixturesFile(name), 'utf8'));

const jobArn = (name) => arn(`batch-inference-job/${name}`);
const describe = ['describe-batch-inference-job'];
const of = (name) => [...describe, '--batch-inference-job-arn', jobArn(name)];
const unsigned = (url) => ['--endpoint-url', url, '--region', 'us-east-1', '--no-sign-request'];
const parsed = async (running) => JSON.parse(await printed(running));

/** A job with members that every CLI version knows, as `--output json` prints it. */
const plain = {
  jobName: 'plain',
  batchInferenceJobArn: jobArn('plain'),
  filterArn,
  solutionVersionArn,
  numResults: 7,
  jobInput: { s3DataSource: { path: 's3://films-bucket/users.json' } },
  jobOutput: { s3DataDestination: { path: 's3://films-bucket/recommendations/' } },
  roleArn,
  status: 'ACTIVE',
  creationDateTime: '2026-01-31T12:00:00.250000+00:00',
  lastUpdatedDateTime: '2026-01-31T12:19:02.700000+00:00',
};

/** A job of this name and status with every member; only a failed one has a failureReason. */
function fullJob(jobName, status) {
  const { failureReason, ...rest } = fixtures('full-job.json').batchInferenceJob;
  const why = status === 'CREATE FAILED' && { failureReason };
  return { ...rest, ...why, jobName, batchInferenceJobArn: jobArn(jobName), status };
}

const named = { PENDING: 'pending', 'IN PROGRESS': 'in-progress', ACTIVE: 'active', 'CREATE FAILED': 'failed' };
const observed = { PENDING: 'CREATE PENDING', 'IN PROGRESS': 'CREATE IN_PROGRESS' };
const pinned = { _local: { progression: 'manual' } };
const fullJobs = Object.entries(named).map(([status, name]) => ({ ...fullJob(name, status), ...pinned }));
const world = { batchInferenceJobs: [plain, ...fullJobs] };

const servers = {
  documented: serverOfFile({ world }),
  observed: serverOfFile({ world, flags: ['--status-names', 'observed'] }),
};
const server = servers.documented;

/** The members of a job that the installed CLI knows: an older one knows fewer. */
async function outputSkeleton() {
  const words = ['personalize', ...of('any'), '--region', 'us-east-1', '--generate-cli-skeleton', 'output'];
  return (await parsed(runCommand(aws, words))).batchInferenceJob;
}
const skeleton = skip ? {} : await outputSkeleton();

/** `value` without the members that the CLI does not know. Adds their paths to the last argument. */
function known(value, shape, unknown, path = '') {
  const isMap = Object.keys(shape).join() === 'KeyName';
  if (isMap || typeof value !== 'object') return value;
  const kept = {};
  for (const [member, inner] of Object.entries(value)) {
    if (member in shape) kept[member] = known(inner, shape[member], unknown, `${path}/${member}`);
    else unknown.push(`${path}/${member}`);
  }
  return kept;
}

const unknown = [];
known(fullJob('any', 'CREATE FAILED'), skeleton, unknown);

/** The rows of a table as the CLI draws it: the cells between its lines, without headings. */
const cellsIn = (table) =>
  table
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => cells.filter((cell) => cell !== ''))
    .filter((cells) => cells.length === 2);

/** Every scalar value of a document with its name. */
const leavesOf = (document) =>
  Object.entries(document).flatMap(([name, value]) =>
    typeof value === 'object' ? leavesOf(value) : [[name, String(value)]],
  );

test('--output json prints each member once, in the order of the model', { skip }, async (t) => {
  const cli = await cliOf(t, server());
  const text = await printed(cli(...of('plain'), '--output', 'json'));
  assert.equal(text, `${JSON.stringify({ batchInferenceJob: plain }, null, 4)}\n`);
});

test('--output text prints the values sorted by name, with tabs', { skip }, async (t) => {
  const cli = await cliOf(t, server());
  const text = await printed(cli(...of('plain'), '--output', 'text'));
  const flat = Object.keys(plain).filter((name) => typeof plain[name] !== 'object');
  const rows = [
    ['BATCHINFERENCEJOB', ...flat.sort().map((name) => plain[name])],
    ['S3DATASOURCE', plain.jobInput.s3DataSource.path],
    ['S3DATADESTINATION', plain.jobOutput.s3DataDestination.path],
  ];
  assert.equal(text, rows.map((row) => `${row.join('\t')}\n`).join(''));
});

test('--output table prints a row for each value', { skip }, async (t) => {
  const cli = await cliOf(t, server());
  const text = await printed(cli(...of('plain'), '--output', 'table'));
  assert.match(text, /^-+\n\| +DescribeBatchInferenceJob +\|\n/);
  assert.deepEqual(cellsIn(text).sort(), leavesOf(plain).sort());
});

const yamlOf = (indent) =>
  `batchInferenceJob:
  batchInferenceJobArn: ${plain.batchInferenceJobArn}
  creationDateTime: '${plain.creationDateTime}'
  filterArn: ${filterArn}
  jobInput:
    s3DataSource:
      path: s3://films-bucket/users.json
  jobName: plain
  jobOutput:
    s3DataDestination:
      path: s3://films-bucket/recommendations/
  lastUpdatedDateTime: '${plain.lastUpdatedDateTime}'
  numResults: 7
  roleArn: ${roleArn}
  solutionVersionArn: ${solutionVersionArn}
  status: ACTIVE
`.replaceAll(/^(?=.)/gm, indent);

test('--output yaml prints the values sorted by name', { skip }, async (t) => {
  const cli = await cliOf(t, server());
  assert.equal(await printed(cli(...of('plain'), '--output', 'yaml')), yamlOf(''));
});

test('--output yaml-stream prints a list of one such document', { skip }, async (t) => {
  const cli = await cliOf(t, server());
  const text = await printed(cli(...of('plain'), '--output', 'yaml-stream'));
  assert.equal(text, yamlOf('  ').replace('  ', '- '));
});

test('--query selects from the answer', { skip }, async (t) => {
  const cli = await cliOf(t, server());
  const query = 'batchInferenceJob.{name: jobName, results: numResults, why: failureReason}';
  assert.deepEqual(await parsed(cli(...of('plain'), '--query', query)), { name: 'plain', results: 7, why: null });
});

const table = [...of('plain'), '--output', 'table', '--color'];
const colour = '\x1b[';

test('--color on colours a table in every output', { skip }, async (t) => {
  const cli = await cliOf(t, server());
  const text = await printed(cli(...table, 'on'));
  assert.ok(text.includes(colour));
  assert.deepEqual(cellsIn(text.replaceAll(/\x1b\[\d+m/g, '')).sort(), leavesOf(plain).sort());
});

test('--color off prints a plain table, even on a terminal', { skip: skip || skipWithoutTerminal }, async (t) => {
  const words = ['personalize', ...table, 'off', ...unsigned(server().url)];
  const { code, stdout } = await onTerminal(words, await shellOf(t));
  assert.equal(code, 0, stdout);
  assert.ok(stdout.includes('films-bucket') && !stdout.includes(colour), stdout);
});

test('--color auto colours it only on a terminal', { skip: skip || skipWithoutTerminal }, async (t) => {
  const cli = await cliOf(t, server());
  assert.ok(!(await printed(cli(...table, 'auto'))).includes(colour));
  const words = ['personalize', ...table, 'auto', ...unsigned(server().url)];
  const { code, stdout } = await onTerminal(words, await shellOf(t));
  assert.equal(code, 0, stdout);
  assert.ok(stdout.includes(colour), stdout);
});

for (const format of ['base64', 'raw-in-base64-out']) {
  test(`--cli-binary-format ${format} changes nothing, since no member is binary`, { skip }, async (t) => {
    const cli = await cliOf(t, server());
    const plain = await printed(cli(...of('plain')));
    assert.equal(await printed(cli(...of('plain'), '--cli-binary-format', format)), plain);
  });
}

test('--no-cli-pager prints without a pager on a terminal', { skip: skip || skipWithoutTerminal }, async (t) => {
  const folder = await temporaryFolder(t);
  const [pager, mark] = [join(folder, 'pager'), join(folder, 'mark')];
  await writeFile(pager, `#!/bin/sh\ntouch '${mark}'\nexec cat\n`);
  await chmod(pager, 0o755);
  const env = { ...(await shellOf(t)), AWS_PAGER: pager };
  const query = ['--query', 'batchInferenceJob.status'];
  const command = ['personalize', ...of('plain'), ...query, ...unsigned(server().url)];

  const unpaged = await onTerminal([...command, '--no-cli-pager'], env);
  assert.equal(unpaged.stdout.trim(), '"ACTIVE"');
  assert.ok(!existsSync(mark), 'the pager has run');
  const paged = await onTerminal(command, env);
  assert.equal(paged.stdout.trim(), '"ACTIVE"');
  assert.ok(existsSync(mark), 'this pager never runs, so the test shows nothing');
});

test('--generate-cli-skeleton input prints an input to fill in', { skip }, async (t) => {
  const cli = await cliOf(t, server());
  const input = await parsed(cli(...describe, '--generate-cli-skeleton', 'input'));
  assert.deepEqual(input, { batchInferenceJobArn: '' });
  const filled = JSON.stringify({ ...input, batchInferenceJobArn: jobArn('plain') });
  assert.deepEqual(await parsed(cli(...describe, '--cli-input-json', filled)), { batchInferenceJob: plain });
});

test('--generate-cli-skeleton yaml-input prints an input to fill in', { skip }, async (t) => {
  const cli = await cliOf(t, server());
  const input = await printed(cli(...describe, '--generate-cli-skeleton', 'yaml-input'));
  assert.match(input, /^batchInferenceJobArn: ''  # \[REQUIRED\]/);
  const filled = input.replace("''", jobArn('plain'));
  assert.deepEqual(await parsed(cli(...describe, '--cli-input-yaml', filled)), { batchInferenceJob: plain });
});

test('--generate-cli-skeleton output prints the members of an answer, without a request', { skip }, async (t) => {
  const describeCount = async () => (await control(server(), 'GET', 'requests')).counts.DescribeBatchInferenceJob;
  const cli = await cliOf(t, server());
  const answer = await parsed(cli(...of('failed')));
  const before = await describeCount();
  const output = await parsed(cli(...of('failed'), '--generate-cli-skeleton', 'output'));
  assert.equal(await describeCount(), before);
  const membersOf = ({ batchInferenceJob }) => Object.keys(batchInferenceJob).sort();
  assert.deepEqual(membersOf(output), membersOf(answer));
});

test('--no-paginate prints the first page of a long list and its token', { skip }, async (t) => {
  const cli = await cliOf(t, await startServer(t, { flags: ['--fixtures', fixturesFile('250-jobs.json')] }));
  const list = ['list-batch-inference-jobs', '--no-paginate'];
  const first = await parsed(cli(...list));
  assert.deepEqual(Object.keys(first).sort(), ['batchInferenceJobs', 'nextToken']);
  const second = await parsed(cli(...list, '--next-token', first.nextToken));
  const arnsIn = ({ batchInferenceJobs }) => batchInferenceJobs.map((each) => each.batchInferenceJobArn);
  const newestFirst = arnsIn(fixtures('250-jobs.json')).reverse();
  assert.deepEqual(arnsIn(first), newestFirst.slice(0, 100));
  assert.deepEqual(arnsIn(second), newestFirst.slice(100, 200));
});

test('--no-paginate is accepted for operations without pages', { skip }, async (t) => {
  const cli = await cliOf(t, server());
  assert.deepEqual(await parsed(cli(...of('plain'), '--no-paginate')), { batchInferenceJob: plain });
});

for (const [spelling, spelt] of Object.entries({ documented: {}, observed })) {
  for (const [status, name] of Object.entries(named)) {
    const spelled = spelt[status] ?? status;
    test(`${spelled}, as ${spelling}: each member has its value and no other member exists`, { skip }, async (t) => {
      const cli = await cliOf(t, servers[spelling]());
      const job = known({ ...fullJob(name, status), status: spelled }, skeleton, []);
      assert.deepEqual(await parsed(cli(...of(name), '--output', 'json')), { batchInferenceJob: job });
    });
  }
}

const tooOld = skip || (unknown.length > 0 && `the AWS CLI ${awsVersion} does not know ${unknown.join(', ')}`);

test('the newest members are printed too', { skip: tooOld }, async (t) => {
  const cli = await cliOf(t, server());
  const { batchInferenceJob } = await parsed(cli(...of('active')));
  assert.deepEqual(batchInferenceJob, fullJob('active', 'ACTIVE'));
});

test('a failed job shows its reason, and each change moves lastUpdatedDateTime', { skip }, async (t) => {
  const begun = { batchInferenceJobArn: jobArn('begun'), status: 'PENDING', ...pinned };
  const flags = ['--clock', 'frozen@2026-01-31T12:00:00Z'];
  const living = await startServer(t, { world: { batchInferenceJob: begun }, flags });
  const cli = await cliOf(t, living);
  const query = 'batchInferenceJob.[status, failureReason, creationDateTime, lastUpdatedDateTime]';
  const current = () => parsed(cli(...of('begun'), '--query', query));
  const at = (time) => `2026-01-31T${time}+00:00`;

  assert.deepEqual(await current(), ['PENDING', null, at('12:00:00'), at('12:00:00')]);
  await control(living, 'POST', 'clock/advance', { by: '90s' });
  await control(living, 'POST', 'transition', { arn: jobArn('begun') });
  assert.deepEqual(await current(), ['IN PROGRESS', null, at('12:00:00'), at('12:01:30')]);
  await control(living, 'POST', 'clock/advance', { by: '1500ms' });
  const end = { to: 'CREATE FAILED', failureReason: 'Invalid S3 input path' };
  await control(living, 'POST', 'transition', { arn: jobArn('begun'), ...end });
  assert.deepEqual(await current(), ['CREATE FAILED', end.failureReason, at('12:00:00'), at('12:01:31.500000')]);
});
