// The AWS CLI, version 2, unchanged and with --endpoint-url.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { aws, cliOf, printed, shellOf, skipWithoutAws as skip } from './support/cli.mjs';
import { account, arn, filterArn, jobNamed, roleArn, solutionVersionArn, world } from './support/personalize.mjs';
import { runCommand, runProgram, startServer, temporaryFolder } from './support/server.mjs';

const create = (name, ...more) => {
  const { jobInput, jobOutput } = jobNamed(name);
  return [
    'create-batch-inference-job',
    '--job-name',
    name,
    '--solution-version-arn',
    solutionVersionArn,
    '--job-input',
    JSON.stringify(jobInput),
    '--job-output',
    JSON.stringify(jobOutput),
    '--role-arn',
    roleArn,
    ...more,
  ];
};

const describe = (name, ...more) => [
  'describe-batch-inference-job',
  '--batch-inference-job-arn',
  arn(`batch-inference-job/${name}`),
  ...more,
];

/** A world with jobs of these names, oldest first. */
const worldWith = (names) => ({
  batchInferenceJobs: names.map((name, i) => ({
    batchInferenceJobArn: arn(`batch-inference-job/${name}`),
    solutionVersionArn,
    creationDateTime: 1769860800 + i,
  })),
});

before(() => {
  if (!skip) console.log(`the AWS CLI under test is ${aws}`);
});

test('the CLI creates, describes and lists a job', { skip }, async (t) => {
  const server = await startServer(t, { world, flags: ['--clock', 'frozen@2026-01-31T12:00:00.250Z'] });
  const cli = await cliOf(t, server, { accessKeyId: 'local' });
  const batchInferenceJobArn = arn('batch-inference-job/cli');

  const created = await printed(cli(...create('cli', '--filter-arn', filterArn, '--num-results', '7')));
  assert.deepEqual(JSON.parse(created), { batchInferenceJobArn });

  const described = JSON.parse(await printed(cli(...describe('cli', '--output', 'json')))).batchInferenceJob;
  assert.equal(described.status, 'PENDING');
  assert.equal(described.numResults, 7);
  assert.equal(described.filterArn, filterArn);
  assert.deepEqual(described.jobInput, jobNamed('cli').jobInput);
  assert.match(described.creationDateTime, /^2026-01-31T12:00:00\.250000\+00:00$/);

  const listed = JSON.parse(await printed(cli('list-batch-inference-jobs')));
  assert.deepEqual(
    listed.batchInferenceJobs.map((job) => job.jobName),
    ['cli'],
  );
});

test('the CLI works without a key', { skip }, async (t) => {
  const cli = await cliOf(t, await startServer(t, { world: worldWith(['open']) }));
  const job = JSON.parse(await printed(cli(...describe('open')))).batchInferenceJob;
  assert.equal(job.jobName, 'open');
  assert.equal(job.status, 'ACTIVE');
});

test('--query and --output text print one word', { skip }, async (t) => {
  const cli = await cliOf(t, await startServer(t, { world: worldWith(['queried']) }));
  const query = ['--query', 'batchInferenceJob.status', '--output', 'text'];
  assert.equal(await printed(cli(...describe('queried', ...query))), 'ACTIVE\n');
});

test('the CLI follows the pages of a list by itself, up to --max-items', { skip }, async (t) => {
  const names = Array.from({ length: 25 }, (_, i) => `job-${i}`);
  const cli = await cliOf(t, await startServer(t, { world: worldWith(names) }));
  const newestFirst = [...names].reverse();
  const list = ['list-batch-inference-jobs', '--output', 'json', '--page-size', '4'];
  const namesOf = ({ batchInferenceJobs }) => batchInferenceJobs.map((job) => job.jobName);

  const all = JSON.parse(await printed(cli(...list)));
  assert.deepEqual(namesOf(all), newestFirst);
  const some = JSON.parse(await printed(cli(...list, '--max-items', '10')));
  assert.deepEqual(namesOf(some), newestFirst.slice(0, 10));
  const rest = JSON.parse(await printed(cli(...list, '--starting-token', some.NextToken)));
  assert.deepEqual(namesOf(rest), newestFirst.slice(10));
});

test('a refusal is exit code 254 and the message of AWS', { skip }, async (t) => {
  const server = await startServer(t, { world });
  const cli = await cliOf(t, server, { accessKeyId: 'local' });
  await printed(cli(...create('taken')));
  const namePattern = '^[a-zA-Z0-9][a-zA-Z0-9\\-_]*';
  const refusals = [
    [
      describe('missing'),
      'An error occurred (ResourceNotFoundException) when calling the DescribeBatchInferenceJob operation: ' +
        `The given batch inference job does not exist: ${arn('batch-inference-job/missing')}`,
    ],
    [
      create('taken'),
      'An error occurred (ResourceAlreadyExistsException) when calling the CreateBatchInferenceJob operation: ' +
        `Another resource with Arn ${arn('batch-inference-job/taken')} already exists.`,
    ],
    [
      create('no blanks'),
      'An error occurred (ValidationException) when calling the CreateBatchInferenceJob operation: ' +
        "1 validation error detected: Value 'no blanks' at 'jobName' failed to satisfy constraint: " +
        `Member must satisfy regular expression pattern: ${namePattern}`,
    ],
    [
      ['list-batch-inference-jobs', '--no-paginate', '--next-token', 'page-2'],
      'An error occurred (InvalidNextTokenException) when calling the ListBatchInferenceJobs operation: ' +
        'The token is not valid.',
    ],
  ];
  for (const [args, text] of refusals) {
    const { code, stdout, stderr } = await cli(...args);
    assert.equal(code, 254, stderr);
    assert.equal(stdout, '');
    assert.equal(stderr.trim().split('\n').at(-1).trim(), text.trim());
  }
});

test('a campaign that is not there is refused too', { skip }, async (t) => {
  const cli = await cliOf(t, await startServer(t), { service: 'personalize-runtime' });
  const { code, stdout, stderr } = await cli('get-recommendations', '--campaign-arn', arn('campaign/films'));
  assert.equal(code, 254, stderr);
  assert.equal(stdout, '');
  const message = `${arn('campaign/films')} does not exist or is not active yet.`;
  const text = `An error occurred (InvalidInputException) when calling the GetRecommendations operation: ${message}`;
  assert.equal(stderr.trim().split('\n').at(-1).trim(), text);
});

test('the output of describe is a fixture, which prints the same output again', { skip }, async (t) => {
  const flags = ['--clock', 'frozen@2026-01-31T12:00:00.250Z', '--progression', 'immediate'];
  const first = await startServer(t, { world, flags });
  const env = { TZ: 'Asia/Kolkata' }; // a zone with a half hour proves that offsets are read
  const createCommand = create(
    'round-trip',
    '--num-results',
    '9',
    '--filter-arn',
    filterArn,
    '--batch-inference-job-config',
    JSON.stringify({ itemExplorationConfig: { explorationWeight: '0.3', explorationItemAgeCutOff: '30' } }),
  );
  const toFirst = await cliOf(t, first, { env });
  await printed(toFirst(...createCommand));
  const text = await printed(toFirst(...describe('round-trip', '--output', 'json')));
  const file = join(await temporaryFolder(t), 'round-trip.json');
  writeFileSync(file, text);

  const checked = await runProgram(['check-fixtures', file]);
  assert.equal(checked.code, 0, checked.stderr);

  const second = await startServer(t, { flags: ['--fixtures', file] });
  const toSecond = await cliOf(t, second, { env });
  assert.equal(await printed(toSecond(...describe('round-trip', '--output', 'json'))), text);
});

test('a shell loop waits for the job', { skip }, async (t) => {
  const server = await startServer(t, { world, flags: ['--progression', 'calls', '--calls', '1'] });
  const loop = `
    set -eu
    personalize() { "$AWS" personalize "$@" --endpoint-url "$ENDPOINT" --output text; }
    arn=$(personalize create-batch-inference-job --job-name loop --solution-version-arn "$VERSION" \\
      --job-input s3DataSource={path=s3://films-bucket/users.json} \\
      --job-output s3DataDestination={path=s3://films-bucket/out/} \\
      --role-arn "$ROLE" --query batchInferenceJobArn)
    while :; do
      status=$(personalize describe-batch-inference-job --batch-inference-job-arn "$arn" \\
        --query batchInferenceJob.status)
      echo "$status"
      case $status in ACTIVE) exit 0 ;; 'CREATE FAILED') exit 1 ;; esac
    done`;
  const ours = { AWS: aws, ENDPOINT: server.url, VERSION: solutionVersionArn, ROLE: roleArn };
  const env = { ...(await shellOf(t, account)), AWS_DEFAULT_REGION: 'us-east-1', ...ours };
  const { code, stdout, stderr } = await runCommand('/bin/sh', ['-c', loop], { env });
  assert.equal(code, 0, stderr);
  assert.equal(stdout, 'PENDING\nIN PROGRESS\nACTIVE\n');
});

test('a key of twelve digits sees only its own account', { skip }, async (t) => {
  const server = await startServer(t, { world: worldWith(['of-zeros']) });
  const [owner, other] = [
    await cliOf(t, server, { accessKeyId: account }),
    await cliOf(t, server, { accessKeyId: '111122223333' }),
  ];
  await printed(owner(...describe('of-zeros')));
  assert.equal((await other(...describe('of-zeros'))).code, 254);
});
