// A film club that keeps its data in files: uploaded, imported, trained on, asked in batches, exported. By any client.
import assert from 'node:assert/strict';
import * as filmSchemas from './film_schemas.mjs';
import { arn } from './personalize.mjs';

export const bucket = 'film-club';
const group = arn('dataset-group/club');
const roleArn = arn('role/club').replace(':personalize:us-east-1:', ':iam::');
const s3 = (key) => `s3://${bucket}/${key}`;

export const interactions = `USER_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP,EVENT_VALUE
ann,heat,Watch,1767225600,5.0
ann,alien,Watch,1767225601,
bob,heat,Watch,1767225602,4.5
bob,alien,Watch,1767225603,
cid,heat,Watch,1767225604,
cid,"solaris, again",Watch,1767225605,1.0
`;

/** In another order and case than the schema, with a surplus column, as people's own programs write it. */
export const items = `\ufeff"price","item_id","genres","creation_timestamp","title"
3.5,heat,Crime|Drama,1,Heat
2.0,alien,Horror,2,"Alien ""1979"""
,"solaris, again",,3,
`;

const lines = (text) => text.trimEnd().split('\n');
const jsonLines = (rows) => rows.map((row) => JSON.stringify(row)).join('\n');

/** The calls of the story. `files` has `put(key, text)`, `get(key)` and `keys()` of the bucket. */
export class FileStory {
  constructor({ call }, files) {
    this.personalize = (operation, input) => call('personalize', operation, input);
    this.runtime = (operation, input) => call('personalize-runtime', operation, input);
    this.files = files;
  }

  async makeDatasets() {
    await this.personalize('CreateDatasetGroup', { name: 'club' });
    for (const [datasetType, schema] of Object.entries({ Interactions: filmSchemas.interactions, Items: filmSchemas.items })) {
      const name = `club-${datasetType.toLowerCase()}`;
      const { schemaArn } = await this.personalize('CreateSchema', { name, schema });
      await this.personalize('CreateDataset', { name, datasetGroupArn: group, datasetType, schemaArn });
    }
  }

  async import(type, key, jobName) {
    const { datasetImportJobArn } = await this.personalize('CreateDatasetImportJob', {
      jobName,
      datasetArn: arn(`dataset/club/${type}`),
      dataSource: { dataLocation: s3(key) },
      roleArn,
    });
    const { datasetImportJob } = await this.personalize('DescribeDatasetImportJob', { datasetImportJobArn });
    return datasetImportJob;
  }

  async train() {
    const recipeArn = 'arn:aws:personalize:::recipe/aws-user-personalization';
    const { solutionArn } = await this.personalize('CreateSolution', { name: 'club', datasetGroupArn: group, recipeArn });
    const { solutionVersionArn } = await this.personalize('CreateSolutionVersion', { solutionArn });
    this.solutionVersionArn = solutionVersionArn;
    await this.personalize('CreateCampaign', { name: 'club', solutionVersionArn });
  }

  async infer(jobName, more = {}) {
    const { batchInferenceJobArn } = await this.personalize('CreateBatchInferenceJob', {
      jobName,
      solutionVersionArn: this.solutionVersionArn,
      jobInput: { s3DataSource: { path: s3('batch/users.json') } },
      jobOutput: { s3DataDestination: { path: s3('answers/') } },
      roleArn,
      ...more,
    });
    const { batchInferenceJob } = await this.personalize('DescribeBatchInferenceJob', { batchInferenceJobArn });
    return batchInferenceJob;
  }

  async export(type, ingestionMode) {
    const jobName = `export-${type.toLowerCase()}`;
    const { datasetExportJobArn } = await this.personalize('CreateDatasetExportJob', {
      jobName,
      datasetArn: arn(`dataset/club/${type}`),
      ingestionMode,
      roleArn,
      jobOutput: { s3DataDestination: { path: s3(`exports/${type}/`) } },
    });
    const { datasetExportJob } = await this.personalize('DescribeDatasetExportJob', { datasetExportJobArn });
    assert.equal(datasetExportJob.status, 'ACTIVE', datasetExportJob.failureReason);
    const keys = (await this.files.keys()).filter((key) => key.startsWith(`exports/${type}/`));
    const parts = await Promise.all(keys.map((key) => this.files.get(key)));
    return parts.join('');
  }

  async recommended(userId) {
    const { itemList } = await this.runtime('GetRecommendations', { campaignArn: arn('campaign/club'), userId });
    return itemList;
  }
}

const active = (job) => assert.equal(job.status, 'ACTIVE', job.failureReason);

/** Files in, recommendations out, and the same rows back. */
export async function tellOfFiles(client, files) {
  const story = new FileStory(client, files);
  await story.makeDatasets();
  await files.put('data/interactions.csv', interactions);
  await files.put('data/items.csv', items);
  active(await story.import('INTERACTIONS', 'data/interactions.csv', 'interactions'));
  active(await story.import('ITEMS', 'data/items.csv', 'items'));
  await story.train();

  await files.put('batch/users.json', jsonLines([{ userId: 'ann' }, { userId: 'nobody' }]));
  active(await story.infer('everyone'));
  assert.deepEqual((await files.keys()).filter((key) => key.startsWith('answers/')), [
    'answers/_CHECK',
    'answers/users.json.out',
  ]);
  const answers = lines(await files.get('answers/users.json.out')).map((line) => JSON.parse(line));
  assert.deepEqual(
    answers.map(({ input, error }) => [input, error]),
    [
      [{ userId: 'ann' }, null],
      [{ userId: 'nobody' }, null],
    ],
  );
  for (const { input, output } of answers) {
    const online = await story.recommended(input.userId);
    assert.deepEqual(output.recommendedItems, online.map(({ itemId }) => itemId), input.userId);
    for (const [i, { score }] of online.entries()) assert.ok(Math.abs(output.scores[i] - score) < 1e-6);
  }

  const exported = await story.export('INTERACTIONS', 'BULK');
  assert.deepEqual(lines(exported).slice(1).sort(), lines(interactions).slice(1).sort());
  const [header, ...films] = lines(await story.export('ITEMS', 'ALL'));
  assert.equal(header, 'ITEM_ID,GENRES,PRICE,CREATION_TIMESTAMP');
  assert.deepEqual(films.sort(), ['"solaris, again",,,3', 'alien,Horror,2.0,2', 'heat,Crime|Drama,3.5,1']);
}

/** What people get wrong with their files, as the job tells it. */
export async function tellOfFaults(client, files) {
  const story = new FileStory(client, files);
  await story.makeDatasets();
  const missing = await story.import('INTERACTIONS', 'data/none.csv', 'missing');
  assert.equal(missing.status, 'CREATE FAILED');
  assert.match(missing.failureReason, /s3:\/\/film-club\/data\/none\.csv/);
  await files.put('data/short.csv', 'USER_ID,ITEM_ID\nann,heat\n');
  const short = await story.import('INTERACTIONS', 'data/short.csv', 'short');
  assert.equal(short.status, 'CREATE FAILED');
  assert.match(short.failureReason, /^Input CSV is missing the following columns:\s?\[/);
  for (const column of ['EVENT_TYPE', 'EVENT_VALUE', 'TIMESTAMP']) assert.ok(short.failureReason.includes(column));

  await files.put('data/interactions.csv', interactions);
  active(await story.import('INTERACTIONS', 'data/interactions.csv', 'interactions'));
  await story.train();
  const before = await files.keys();
  const none = await story.infer('no-input');
  assert.equal(none.status, 'CREATE FAILED');
  assert.match(none.failureReason, /s3:\/\/film-club\/batch\/users\.json/);
  assert.deepEqual((await files.keys()).filter((key) => key.endsWith('.out')), []);
  assert.deepEqual(before.filter((key) => key.startsWith('data/')).length, 2);

  await files.put('batch/users.json', jsonLines([{ userId: 'ann' }, { itemId: 'heat' }]) + '\n{"userId":');
  active(await story.infer('two-bad-lines'));
  const [good, ...bad] = lines(await files.get('answers/users.json.out')).map((line) => JSON.parse(line));
  assert.equal(good.error, null);
  assert.deepEqual(bad.map(({ input }) => input), [{ itemId: 'heat' }, '{"userId":']);
  for (const { error, output } of bad) {
    assert.equal(typeof error, 'string');
    assert.equal(output, undefined);
  }
}
