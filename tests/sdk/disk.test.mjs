// Disks that are full, or mounted read-only: real ones, in memory, where root may mount them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { arn, clientOf, createJob, describeJob, jobNamed, world } from './support/personalize.mjs';
import { list } from './support/kinds.mjs';
import { atEnd, runProgram, startServer, temporaryFolder } from './support/server.mjs';
import { call, control, send } from './support/wire.mjs';
import * as filmSchemas from './support/film_schemas.mjs';

const mount = (...args) => execFileSync('mount', args, { stdio: 'pipe' });

/** A file system of its own, unmounted after the test. */
async function smallDisk(t, size) {
  const folder = await temporaryFolder(t);
  mount('-t', 'tmpfs', '-o', `size=${size}`, 'none', folder);
  atEnd(t, () => execFileSync('umount', [folder]));
  return folder;
}

function whyNoMount() {
  try {
    mount('-t', 'tmpfs', '-o', 'size=64k', 'none', '/mnt');
    execFileSync('umount', ['/mnt']);
    return false;
  } catch {
    return 'mounting needs root, and is not permitted here';
  }
}
const skip = whyNoMount();

const itemsArn = arn('dataset/club/ITEMS');
const club = {
  ...world,
  schemas: [{ schemaArn: arn('schema/items'), schema: filmSchemas.items }],
  datasetGroups: [{ datasetGroupArn: arn('dataset-group/club') }],
  datasets: [
    {
      datasetArn: itemsArn,
      datasetGroupArn: arn('dataset-group/club'),
      schemaArn: arn('schema/items'),
      datasetType: 'ITEMS',
      _local: { rows: [{ ITEM_ID: 'old', CREATION_TIMESTAMP: 1 }] },
    },
  ],
};

const items = (count) =>
  JSON.stringify({ rows: Array.from({ length: count }, (_, i) => ({ ITEM_ID: `item-${i}`, CREATION_TIMESTAMP: i })) });

const itemsOf = async (server) => (await control(server, 'GET', `data?dataset=${itemsArn}&limit=3`)).rows.map((row) => row.ITEM_ID);

/** Fills a disk to its last byte, and returns what makes room again. */
async function fill(folder) {
  const ballast = join(folder, 'ballast');
  await writeFile(ballast, Buffer.alloc(64 << 20)).catch(({ code }) => assert.equal(code, 'ENOSPC'));
  return () => rm(ballast);
}

test('a full disk loses nothing that was acknowledged, and the server goes on once there is room', { skip }, async (t) => {
  const folder = await smallDisk(t, '4m');
  const flags = ['--db', join(folder, 'personalize.db')];
  const server = await startServer(t, { world: club, flags });
  const client = clientOf(t, server);
  const jobs = [await createJob(client, jobNamed('before'))];
  const makeRoom = await fill(folder);
  let refusal;
  for (let i = 0; i < 500 && !refusal; ++i) {
    await createJob(client, jobNamed(`job-${i}`)).then((job) => jobs.push(job), (error) => (refusal = error));
  }
  assert.equal(refusal?.name, 'InternalFailure');
  assert.equal(refusal.$metadata.httpStatusCode, 500);
  assert.match(await server.logged(/failure/), /(full|I\/O error).*personalize\.db/);
  const put = await send(`${server.url}/_local/data?dataset=${itemsArn}`, { method: 'PUT', body: items(20_000) });
  assert.ok([500, 507].includes(put.status), `${put.status} ${put.body}`);
  assert.deepEqual(await itemsOf(server), ['old']);
  assert.equal((await describeJob(client, jobs[0])).jobName, 'before');
  assert.equal((await list(client, 'batchInferenceJob')).length, jobs.length);

  await makeRoom();
  jobs.push(await createJob(client, jobNamed('afterwards')));
  assert.equal((await control(server, 'PUT', `data?dataset=${itemsArn}`, JSON.parse(items(3)))).rows, 3);
  await server.kill();

  const again = await startServer(t, { flags });
  const kept = (await list(clientOf(t, again), 'batchInferenceJob')).map((job) => job.batchInferenceJobArn);
  assert.deepEqual(kept.sort(), jobs.sort());
  assert.deepEqual(await itemsOf(again), ['item-0', 'item-1', 'item-2']);
});

test('a database on a read-only disk is refused by name, and used again once it can be written', { skip }, async (t) => {
  const folder = await smallDisk(t, '4m');
  const flags = ['--db', join(folder, 'personalize.db')];
  const first = await startServer(t, { world, flags });
  const job = await createJob(clientOf(t, first), jobNamed('kept'));
  await first.stop();

  mount('-o', 'remount,ro', folder);
  const { code, stderr } = await runProgram(['--port', '0', ...flags]);
  assert.equal(code, 2);
  assert.match(stderr, /^personalize-local: '[^\n]*personalize\.db' cannot be written: let this user write to it[^\n]*\n$/);

  mount('-o', 'remount,rw', folder);
  const second = await startServer(t, { flags });
  assert.equal((await describeJob(clientOf(t, second), job)).jobName, 'kept');
});

/** Exports the items, and returns the job. */
async function exportItems(server, jobName) {
  const input = {
    jobName,
    datasetArn: itemsArn,
    ingestionMode: 'ALL',
    roleArn: 'arn:aws:iam::000000000000:role/club',
    jobOutput: { s3DataDestination: { path: 's3://bucket/out/' } },
  };
  const { datasetExportJobArn } = JSON.parse((await call(server, 'CreateDatasetExportJob', input)).body);
  const described = await call(server, 'DescribeDatasetExportJob', { datasetExportJobArn });
  return JSON.parse(described.body).datasetExportJob;
}

const hindrances = {
  'is full': [fill, /No space left on device/],
  'is mounted read-only': [
    async (folder) => {
      mount('-o', 'remount,ro', folder);
      return () => mount('-o', 'remount,rw', folder);
    },
    /Read-only file system/,
  ],
};

for (const [what, [hinder, reason]] of Object.entries(hindrances)) {
  test(`a job whose objects lie on a disk that ${what} fails and says so, and the next one succeeds`, { skip }, async (t) => {
    const folder = await smallDisk(t, '1m');
    await mkdir(join(folder, 'bucket'));
    const flags = ['--s3', folder, '--progression', 'immediate'];
    const server = await startServer(t, { world: club, flags });
    const mend = await hinder(folder);
    const failed = await exportItems(server, 'failing');
    assert.equal(failed.status, 'CREATE FAILED');
    assert.match(failed.failureReason, reason);
    await mend();
    assert.equal((await exportItems(server, 'next')).status, 'ACTIVE');
  });
}

test('a new database on a full disk is refused by name', { skip }, async (t) => {
  const folder = await smallDisk(t, '64k');
  const makeRoom = await fill(folder);
  const { code, stderr } = await runProgram(['--port', '0', '--db', join(folder, 'personalize.db')]);
  assert.notEqual(code, 0);
  assert.match(stderr, /^personalize-local: [^\n]*personalize\.db[^\n]*\n$/);
  await makeRoom();
});
