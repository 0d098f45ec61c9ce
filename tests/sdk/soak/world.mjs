// What every tenant of the soak begins with: a film club and a shop, with a resource of each kind and rows of each type,
// and the objects that jobs read.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as avro from '../support/film_schemas.mjs';

export const roleArn = 'arn:aws:iam::000000000000:role/soak';
export const bucket = 'soak';
export const s3 = (key) => `s3://${bucket}/${key}`;
export const userIds = Array.from({ length: 40 }, (_, i) => `user-${i}`);
export const itemIds = Array.from({ length: 60 }, (_, i) => `item-${i}`);
export const actionIds = ['join', 'rate', 'share'];
export const trackingId = '0f8b9f0e-1111-4222-8333-123456789012';

const arn = (kindAndName) => `arn:aws:personalize:us-east-1:000000000000:${kindAndName}`;
const recipe = (name) => `arn:aws:personalize:::recipe/${name}`;
const films = arn('dataset-group/films');
const shop = arn('dataset-group/shop');
const second = 1_767_225_600; // 2026-01-01
const genres = ['Crime|Drama', 'Horror', 'Comedy', null];

const schemaTexts = {
  interactions: avro.interactions,
  items: avro.items,
  users: avro.users,
  actions: avro.actions,
  'action-interactions': avro.actionInteractions,
  sales: avro.sales,
};

const interactionsOf = (count) =>
  Array.from({ length: count }, (_, i) => ({
    USER_ID: userIds[i % userIds.length],
    ITEM_ID: itemIds[(i * i + 7 * i) % itemIds.length],
    EVENT_TYPE: i % 9 === 0 ? 'buy' : 'watch',
    TIMESTAMP: second + 60 * i,
  }));

const rows = {
  INTERACTIONS: interactionsOf(1500),
  ITEMS: itemIds.map((id, i) => ({ ITEM_ID: id, GENRES: genres[i % 4], PRICE: (i % 7) + 0.5, CREATION_TIMESTAMP: second + i })),
  USERS: userIds.map((id, i) => ({ USER_ID: id, AGE: 18 + i, COUNTRY: i % 3 ? 'FR' : 'DE' })),
  ACTIONS: actionIds.map((id, i) => ({ ACTION_ID: id, CATEGORY: 'club', VALUE: i + 1 })),
  ACTION_INTERACTIONS: userIds.map((id, i) => ({
    USER_ID: id,
    ACTION_ID: actionIds[i % 3],
    EVENT_TYPE: i % 2 ? 'TAKEN' : 'NOT_TAKEN',
    TIMESTAMP: second + i,
  })),
};

const dataset = (group, groupName, type, schema) => ({
  datasetArn: arn(`dataset/${groupName}/${type}`),
  name: `${groupName}-${type.toLowerCase()}`,
  datasetGroupArn: group,
  datasetType: type,
  schemaArn: arn(`schema/${schema}`),
  _local: { rows: type === 'INTERACTIONS' && group === shop ? interactionsOf(1200) : rows[type] },
});

const solutions = {
  personal: 'aws-user-personalization',
  ranking: 'aws-personalized-ranking',
  next: 'aws-next-best-action',
  fans: 'aws-item-affinity',
};

/** The fixtures document of the soak. */
export const world = {
  algorithm: { algorithmArn: 'arn:aws:personalize:::algorithm/aws-similar-items' },
  featureTransformation: { featureTransformationArn: 'arn:aws:personalize:::feature-transformation/similar-items' },
  schemas: Object.entries(schemaTexts).map(([name, schema]) => ({
    schemaArn: arn(`schema/${name}`),
    schema,
    ...(name === 'sales' ? { domain: 'ECOMMERCE' } : {}),
  })),
  datasetGroups: [{ datasetGroupArn: films }, { datasetGroupArn: shop, domain: 'ECOMMERCE' }],
  datasets: [
    dataset(films, 'films', 'INTERACTIONS', 'interactions'),
    dataset(films, 'films', 'ITEMS', 'items'),
    dataset(films, 'films', 'USERS', 'users'),
    dataset(films, 'films', 'ACTIONS', 'actions'),
    {
      ...dataset(films, 'films', 'ACTION_INTERACTIONS', 'action-interactions'),
      trackingId: '7c1d2e3f-4444-4555-8666-210987654321',
    },
    dataset(shop, 'shop', 'INTERACTIONS', 'sales'),
  ],
  eventTrackers: [{ eventTrackerArn: arn('event-tracker/1a2b3c4d'), name: 'clicks', trackingId, datasetGroupArn: films }],
  metricAttribution: {
    metricAttributionArn: arn('metric-attribution/watches'),
    datasetGroupArn: films,
    _local: { metrics: [{ eventType: 'watch', metricName: 'watches', expression: 'SAMPLECOUNT()' }] },
  },
  solutions: Object.entries(solutions).map(([name, of]) => ({
    solutionArn: arn(`solution/${name}`),
    datasetGroupArn: films,
    recipeArn: recipe(of),
  })),
  solutionVersions: Object.entries(solutions).map(([name, of]) => ({
    solutionVersionArn: arn(`solution/${name}/1a2b3c4d`),
    datasetGroupArn: films,
    recipeArn: recipe(of),
  })),
  campaigns: ['personal', 'ranking', 'next'].map((name) => ({
    campaignArn: arn(`campaign/${name}`),
    solutionVersionArn: arn(`solution/${name}/1a2b3c4d`),
  })),
  recommenders: [
    {
      recommenderArn: arn('recommender/popular'),
      datasetGroupArn: shop,
      recipeArn: recipe('aws-ecomm-popular-items-by-purchases'),
    },
  ],
  Filters: [
    {
      filterArn: arn('filter/unseen'),
      datasetGroupArn: films,
      filterExpression: 'EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("watch")',
    },
    {
      filterArn: arn('filter/genre'),
      datasetGroupArn: films,
      filterExpression: 'INCLUDE ItemID WHERE Items.GENRES IN ($GENRE)',
    },
  ],
  datasetImportJob: { datasetImportJobArn: arn('dataset-import-job/first'), datasetArn: arn('dataset/films/ITEMS') },
  datasetExportJob: { datasetExportJobArn: arn('dataset-export-job/first'), datasetArn: arn('dataset/films/ITEMS') },
  dataDeletionJob: { dataDeletionJobArn: arn('data-deletion-job/first'), datasetGroupArn: films },
  batchInferenceJobs: [{ batchInferenceJobArn: arn('batch-inference-job/first') }],
  batchSegmentJob: { batchSegmentJobArn: arn('batch-segment-job/first') },
};

const csv = (header, lines) => `${[header, ...lines].join('\n')}\n`;

/** Writes the objects of the bucket into a folder. */
export async function writeObjects(folder) {
  const at = (name) => join(folder, bucket, name);
  await mkdir(at('in'), { recursive: true });
  const interactions = interactionsOf(1200).map((row) => Object.values(row).join(','));
  await writeFile(at('in/interactions.csv'), csv('USER_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP,EVENT_VALUE', interactions.map((row) => `${row},1`)));
  const items = rows.ITEMS.map((row) => Object.values(row).map((value) => value ?? '').join(','));
  await writeFile(at('in/items.csv'), csv('ITEM_ID,GENRES,PRICE,CREATION_TIMESTAMP', items));
  await writeFile(at('in/unfit.csv'), csv('ITEM_ID,GENRES,PRICE,CREATION_TIMESTAMP', ['a,Drama,much,1']));
  await writeFile(at('in/users.json'), userIds.map((userId) => JSON.stringify({ userId })).join('\n'));
  await writeFile(at('in/items.json'), itemIds.slice(0, 5).map((itemId) => JSON.stringify({ itemId })).join('\n'));
  await writeFile(at('in/leaving.csv'), csv('USER_ID', userIds.slice(0, 3)));
}
