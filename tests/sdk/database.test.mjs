// Database files: what they keep, and what the server refuses.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ListBatchInferenceJobsCommand } from '@aws-sdk/client-personalize';
import { arn, clientOf, createJob, describeJob, jobNamed, solutionVersionArn, world } from './support/personalize.mjs';
import { runProgram, startServer, temporaryFolder } from './support/server.mjs';
import { control } from './support/wire.mjs';

async function databaseIn(t) {
  return join(await temporaryFolder(t), 'personalize.db');
}

test('a job whose Create was answered still exists after SIGKILL', async (t) => {
  const flags = ['--db', await databaseIn(t)];
  const first = await startServer(t, { world, flags });
  const client = clientOf(t, first);
  const created = [];
  for (let i = 0; i < 20; ++i) created.push(await createJob(client, jobNamed(`job-${i}`, { numResults: i + 1 })));
  await first.kill();

  const second = await startServer(t, { flags });
  const again = clientOf(t, second);
  for (const [i, job] of created.entries()) assert.equal((await describeJob(again, job)).numResults, i + 1);
});

test('jobs created while the server is killed either exist completely or were never answered', async (t) => {
  const flags = ['--db', await databaseIn(t)];
  const first = await startServer(t, { world, flags });
  const client = clientOf(t, first);
  const answered = [];
  const creating = Array.from({ length: 40 }, (_, i) =>
    createJob(client, jobNamed(`job-${i}`)).then((job) => {
      answered.push(job);
      if (answered.length === 10) first.process.kill('SIGKILL');
    }),
  );
  first.isKilled = true;
  await Promise.allSettled(creating);
  await first.end();
  assert.ok(answered.length >= 10);

  const second = await startServer(t, { flags });
  const again = clientOf(t, second);
  for (const job of answered) assert.equal((await describeJob(again, job)).solutionVersionArn, solutionVersionArn);
});

test('after SIGTERM everything is unchanged, including dates and statuses', async (t) => {
  const flags = [
    '--db',
    await databaseIn(t),
    '--clock',
    'frozen@2026-01-31T12:00:00Z',
    '--progression',
    'calls',
    '--calls',
    '1',
  ];
  const first = await startServer(t, { world, flags });
  const client = clientOf(t, first);
  const job = await createJob(client, jobNamed('kept', { tags: [{ tagKey: 'a', tagValue: 'b' }] }));
  assert.equal((await describeJob(client, job)).status, 'PENDING');
  await first.stop();

  const second = await startServer(t, { flags });
  const again = clientOf(t, second);
  const kept = await describeJob(again, job);
  assert.equal(kept.status, 'IN PROGRESS');
  assert.equal(kept.creationDateTime.toISOString(), '2026-01-31T12:00:00.000Z');
  assert.match(second.readyLine, /\(db .*personalize\.db, 3 resources\)$/);
});

test('a page token is still valid after a restart', async (t) => {
  const flags = ['--db', await databaseIn(t)];
  const first = await startServer(t, { world, flags });
  const client = clientOf(t, first);
  for (let i = 0; i < 5; ++i) await createJob(client, jobNamed(`job-${i}`));
  const { nextToken } = await client.send(new ListBatchInferenceJobsCommand({ maxResults: 2 }));
  await first.stop();

  const again = clientOf(t, await startServer(t, { flags }));
  const { batchInferenceJobs } = await again.send(new ListBatchInferenceJobsCommand({ nextToken }));
  assert.deepEqual(
    batchInferenceJobs.map((job) => job.jobName),
    ['job-2', 'job-1', 'job-0'],
  );
});

test('a second process on the same file is refused, and the first continues', async (t) => {
  const database = await databaseIn(t);
  const client = clientOf(t, await startServer(t, { world, flags: ['--db', database] }));
  const { code, stdout, stderr } = await runProgram(['--port', '0', '--db', database]);
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^personalize-local: [^\n]*personalize\.db[^\n]*\n$/);
  await createJob(client, jobNamed('still-there'));
});

test('a file of a newer version is refused by name, and stays as it is', async (t) => {
  const database = await databaseIn(t);
  const first = await startServer(t, { world, flags: ['--db', database] });
  const job = await createJob(clientOf(t, first), jobNamed('kept'));
  await first.stop();
  // SQLite's header has the version of the tables, its user_version, at byte 60.
  const bytes = await readFile(database);
  const version = bytes.readUInt32BE(60);
  bytes.writeUInt32BE(version + 1, 60);
  await writeFile(database, bytes);
  const { code, stdout, stderr } = await runProgram(['--port', '0', '--db', database]);
  assert.equal(code, 2);
  assert.equal(stdout, '');
  const refusal = `holds version ${version + 1} of the tables, this program knows ${version}: use a newer personalize-local`;
  assert.equal(stderr, `personalize-local: '${database}' ${refusal} or name another file\n`);

  const after = await readFile(database);
  assert.equal(after.readUInt32BE(60), version + 1);
  after.writeUInt32BE(version, 60);
  await writeFile(database, after);
  const again = clientOf(t, await startServer(t, { flags: ['--db', database] }));
  assert.equal((await describeJob(again, job)).jobName, 'kept');
});

test('fixtures loaded a second time change nothing', async (t) => {
  const flags = ['--db', await databaseIn(t), '--progression', 'calls', '--calls', '1'];
  const underway = { batchInferenceJobArn: arn('batch-inference-job/underway'), status: 'PENDING', numResults: 3 };
  const withJob = { ...world, batchInferenceJob: underway };
  const first = await startServer(t, { world: withJob, flags });
  const client = clientOf(t, first);
  const before = await describeJob(client, underway.batchInferenceJobArn);
  await first.stop();

  const second = await startServer(t, { world: withJob, flags });
  const after = await describeJob(clientOf(t, second), underway.batchInferenceJobArn);
  assert.equal(after.status, 'IN PROGRESS');
  assert.deepEqual(after.creationDateTime, before.creationDateTime);
  await second.stop();
  assert.doesNotMatch(second.stderr, /differs/);
});

test('a fixture that differs from the database causes a warning, and the database stays unchanged', async (t) => {
  const flags = ['--db', await databaseIn(t), '--log-format', 'json'];
  const job = { batchInferenceJobArn: arn('batch-inference-job/changed'), solutionVersionArn, numResults: 3 };
  await (await startServer(t, { world: { ...world, batchInferenceJob: job }, flags })).stop();

  const changed = { ...world, batchInferenceJob: { ...job, numResults: 4 } };
  const second = await startServer(t, { world: changed, flags });
  assert.equal((await describeJob(clientOf(t, second), job.batchInferenceJobArn)).numResults, 3);
  const warning = JSON.parse(await second.logged(/differs/));
  assert.match(warning.level, /^warn/);
  assert.match(warning.text, /batch-inference-job\/changed/);
});

/** Whole numbers below `bound`, the same in each run: a linear congruential generator. */
function draws(seed) {
  let state = seed;
  return (bound) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * bound);
  };
}

const jobsNamed = (prefix, count) => ({
  batchInferenceJobs: Array.from({ length: count }, (_, i) => ({
    batchInferenceJobArn: arn(`batch-inference-job/${prefix}-${i}`),
    solutionVersionArn,
    numResults: 3,
  })),
});

async function jobArnsOf(server) {
  const { batchInferenceJobs = [] } = await control(server, 'GET', 'state');
  return batchInferenceJobs.map((job) => job.batchInferenceJobArn).sort();
}

const arnsOf = (document) => document.batchInferenceJobs.map((job) => job.batchInferenceJobArn).sort();

test('a server that is killed during a load has the old state or the new one, and nothing in between', async (t) => {
  const database = await databaseIn(t);
  const fixtures = jobsNamed('fixture', 50);
  const draw = draws(20_260_131);
  for (let round = 0; round < 9; ++round) {
    const server = await startServer(t, { world: fixtures, flags: ['--db', database] });
    const before = await jobArnsOf(server);
    const next = jobsNamed(`round-${round}`, 4_000);
    const [method, call, body, after] = [
      ['PUT', 'state', next, arnsOf(next)],
      ['POST', 'state', next, [...before, ...arnsOf(next)].sort()],
      ['POST', 'reset', undefined, arnsOf(fixtures)],
    ][round % 3];
    const loading = control(server, method, call, body).catch(() => {}); // its connection ends with the server
    for (let answers = draw(25); answers > 0; --answers) await control(server, 'GET', 'health');
    await server.kill();
    await loading;

    const again = await startServer(t, { flags: ['--db', database] });
    const present = await jobArnsOf(again);
    assert.deepEqual(present, present.length === before.length ? before : after, `round ${round}, ${method} ${call}`);
    await again.stop();
  }
});
