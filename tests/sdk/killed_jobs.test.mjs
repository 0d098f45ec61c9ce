// Jobs of a program that is killed at any moment: after a restart each is done, whole, as if nothing had happened.
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import * as filmSchemas from './support/film_schemas.mjs';
import { arn } from './support/personalize.mjs';
import { startServer, temporaryFolder } from './support/server.mjs';
import { call, control } from './support/wire.mjs';

const users = 400;
const rowsAUser = 10;
const kills = 2;
const group = arn('dataset-group/club');
const version = arn('solution/club/1234abcd');
const segments = arn('solution/fans/1234abcd');
const roleArn = 'arn:aws:iam::000000000000:role/club';
const recipe = (name) => `arn:aws:personalize:::recipe/${name}`;
const schema = { schemaArn: arn('schema/sales'), schema: filmSchemas.sales };

function* rows() {
  yield 'USER_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP';
  for (let i = 0; i < users * rowsAUser; ++i) yield `user-${i % users},item-${(i * i) % 97},Watch,${1767225600 + i}`;
}
const csv = `${[...rows()].join('\n')}\n`;
const everyone = Array.from({ length: users }, (_, i) => JSON.stringify({ userId: `user-${i}` })).join('\n');
const leaving = ['USER_ID', ...Array.from({ length: users / 2 }, (_, i) => `user-${2 * i}`)].join('\n');

const world = {
  schemas: [schema],
  datasetGroups: [{ datasetGroupArn: group }],
  datasets: [
    {
      datasetArn: arn('dataset/club/INTERACTIONS'),
      datasetGroupArn: group,
      datasetType: 'INTERACTIONS',
      schemaArn: schema.schemaArn,
    },
  ],
  solutions: [
    { solutionArn: arn('solution/club'), datasetGroupArn: group, recipeArn: recipe('aws-user-personalization') },
    { solutionArn: arn('solution/fans'), datasetGroupArn: group, recipeArn: recipe('aws-item-affinity') },
  ],
  solutionVersions: [
    { solutionVersionArn: version, datasetGroupArn: group, recipeArn: recipe('aws-user-personalization') },
    { solutionVersionArn: segments, datasetGroupArn: group, recipeArn: recipe('aws-item-affinity') },
  ],
};

const batch = (solutionVersionArn, key) => ({
  solutionVersionArn,
  jobInput: { s3DataSource: { path: `s3://club/${key}` } },
  jobOutput: { s3DataDestination: { path: 's3://club/out/' } },
  roleArn,
});

/** Each kind of job: its Create, and what has to be there before. */
const jobs = {
  import: {
    create: 'CreateDatasetImportJob',
    input: {
      datasetArn: arn('dataset/club/INTERACTIONS'),
      dataSource: { dataLocation: 's3://club/rows.csv' },
      roleArn,
    },
    isWithoutRows: true,
  },
  export: {
    create: 'CreateDatasetExportJob',
    input: {
      datasetArn: arn('dataset/club/INTERACTIONS'),
      ingestionMode: 'ALL',
      jobOutput: { s3DataDestination: { path: 's3://club/out/' } },
      roleArn,
    },
  },
  'batch inference': { create: 'CreateBatchInferenceJob', input: batch(version, 'users.json') },
  'batch segment': { create: 'CreateBatchSegmentJob', input: { ...batch(segments, 'items.json'), numResults: users } },
  'data deletion': {
    create: 'CreateDataDeletionJob',
    input: { datasetGroupArn: group, dataSource: { dataLocation: 's3://club/leaving.csv' }, roleArn },
  },
};

/** What a job has left: the rows that are seen, and the objects of the output folder. */
async function leftBy(server, folder) {
  const { rows: counts } = await control(server, 'GET', 'health');
  const out = join(folder, 'club', 'out');
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  const objects = {};
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.path, entry.name);
    objects[relative(out, path)] = await readFile(path, 'utf8');
  }
  return { interactions: counts.interactions, objects };
}

/** A server with its own copy of files and rows, where the job begins at once. */
async function startWith(t, { isWithoutRows }) {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 's3', 'club', 'out'), { recursive: true });
  const put = (name, text) => writeFile(join(folder, 's3', 'club', name), text);
  await put('rows.csv', csv);
  await put('users.json', everyone);
  await put('items.json', Array.from({ length: 97 }, (_, i) => JSON.stringify({ itemId: `item-${i}` })).join('\n'));
  await put('leaving.csv', leaving);
  const flags = ['--db', join(folder, 'club.db'), '--s3', join(folder, 's3'), '--pending', '0s', '--in-progress', '0s'];
  const server = await startServer(t, { world, flags });
  if (!isWithoutRows) {
    const path = `data?dataset=${arn('dataset/club/INTERACTIONS')}`;
    await control(server, 'PUT', path, { rows: rowsAsJson() });
  }
  return { server, flags, folder: join(folder, 's3') };
}

function rowsAsJson() {
  const [header, ...lines] = csv.trimEnd().split('\n').map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(cells.map((cell, i) => [header[i], i === 3 ? Number(cell) : cell])));
}

const waitFor = (server, job) => control(server, 'GET', `wait?arn=${job}&timeout=5m`);

for (const [name, job] of Object.entries(jobs)) {
  test(`${name}: a job of a program that is killed is done after the restart`, async (t) => {
    const whole = await startWith(t, job);
    const answer = await call(whole.server, job.create, { jobName: 'one', ...job.input });
    assert.equal(answer.status, 200, answer.body);
    const arnOfJob = Object.values(JSON.parse(answer.body))[0];
    const began = performance.now();
    const { status } = await waitFor(whole.server, arnOfJob);
    const lasted = performance.now() - began;
    assert.ok(['ACTIVE', 'COMPLETED'].includes(status), status);
    const expected = await leftBy(whole.server, whole.folder);
    await whole.server.stop();

    for (let i = 0; i < kills; ++i) {
      const killed = await startWith(t, job);
      assert.equal((await call(killed.server, job.create, { jobName: 'one', ...job.input })).status, 200);
      await new Promise((resolve) => setTimeout(resolve, (lasted * (i + 0.5)) / kills));
      await killed.server.kill();
      const again = await startServer(t, { flags: killed.flags });
      assert.equal((await waitFor(again, arnOfJob)).status, status, `killed after ${i}/${kills} of the job`);
      assert.deepEqual(await leftBy(again, killed.folder), expected, `killed after ${i}/${kills} of the job`);
      await again.stop();
    }
  });
}
