// An input for each operation of the three services, drawn for one tenant. Most are valid; some name what is not there,
// or what is in use.
import * as avro from '../support/film_schemas.mjs';
import { actionIds, itemIds, roleArn, s3, trackingId, userIds } from './world.mjs';

const word = (kind) => kind[0].toUpperCase() + kind.slice(1);
const recipe = (name) => `arn:aws:personalize:::recipe/${name}`;
const recipes = ['aws-user-personalization', 'aws-personalized-ranking', 'aws-item-affinity', 'aws-similar-items'];
const expressions = [
  'EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("watch", "buy")',
  'INCLUDE ItemID WHERE Items.PRICE < 4 AND Items.GENRES IN ("Drama")',
  'INCLUDE ItemID WHERE Items.GENRES IN ($GENRE)',
  'EXCLUDE ItemID WHERE Items.NOTHING IN ("a")',
];

/** The types in ARNs of the kinds, the names that a tenant begins with, and those that it creates. */
const kinds = {
  schema: ['schema', ['interactions', 'items', 'users', 'sales']],
  datasetGroup: ['dataset-group', ['films', 'shop']],
  dataset: ['dataset', ['films/INTERACTIONS', 'films/ITEMS', 'films/USERS', 'films/ACTIONS', 'shop/INTERACTIONS']],
  datasetImportJob: ['dataset-import-job', ['first']],
  datasetExportJob: ['dataset-export-job', ['first']],
  eventTracker: ['event-tracker', ['1a2b3c4d']],
  metricAttribution: ['metric-attribution', ['watches']],
  filter: ['filter', ['unseen', 'genre']],
  solution: ['solution', ['personal', 'ranking', 'next', 'fans']],
  solutionVersion: ['solution', ['personal/1a2b3c4d', 'ranking/1a2b3c4d', 'fans/1a2b3c4d']],
  campaign: ['campaign', ['personal', 'ranking', 'next']],
  recommender: ['recommender', ['popular']],
  batchInferenceJob: ['batch-inference-job', ['first']],
  batchSegmentJob: ['batch-segment-job', ['first']],
  dataDeletionJob: ['data-deletion-job', ['first']],
};
const jobKinds = Object.keys(kinds).filter((kind) => kind.endsWith('Job'));

/** The draws of inputs for one account. */
export class Inputs {
  constructor(draws, account) {
    this.draws = draws;
    this.account = account;
    this.made = {}; // ARNs with ids that the service chose, by kind
  }

  arn(kind, name) {
    return `arn:aws:personalize:us-east-1:${this.account}:${kinds[kind][0]}/${name}`;
  }

  /** The ARN of a resource of this kind, which need not exist. */
  any(kind) {
    const { draws } = this;
    const [, known] = kinds[kind];
    const made = this.made[kind] ?? [];
    if (made.length > 0 && draws.oneIn(2)) return draws.pick(made);
    return this.arn(kind, draws.oneIn(2) ? draws.pick(known) : this.newName());
  }

  /** One that the tenant began with. */
  known(kind) {
    return this.arn(kind, this.draws.pick(kinds[kind][1]));
  }

  newName() {
    return `new-${this.draws.below(6)}`;
  }

  /** Notes what a Create has answered. */
  note(operation, answer) {
    const kind = operation.replace(/^Create(.)/, (_, letter) => letter.toLowerCase());
    const arn = answer[`${kind}Arn`];
    if (!(kind in kinds) || !arn) return;
    this.made[kind] = [...(this.made[kind] ?? []).slice(-5), arn];
  }

  tags() {
    return this.draws.oneIn(3) ? { tags: [{ tagKey: 'team', tagValue: this.newName() }] } : {};
  }

  batchJob(input, version) {
    return {
      jobName: this.newName(),
      solutionVersionArn: version,
      jobInput: { s3DataSource: { path: s3(this.draws.oneIn(9) ? 'in/none.json' : input) } },
      jobOutput: { s3DataDestination: { path: s3(`out/${this.draws.below(20)}/`) } },
      roleArn,
      ...this.tags(),
    };
  }
}

const creates = {
  Schema: (at) => ({ name: at.newName(), schema: at.draws.pick([avro.items, avro.sales, avro.users, '{}']) }),
  DatasetGroup: (at) => ({ name: at.newName(), ...(at.draws.oneIn(4) ? { domain: 'ECOMMERCE' } : {}), ...at.tags() }),
  Dataset: (at) => ({
    name: at.newName(),
    datasetType: at.draws.pick(['Interactions', 'Items', 'Users']),
    schemaArn: at.any('schema'),
    datasetGroupArn: at.any('datasetGroup'),
  }),
  DatasetImportJob: (at) => ({
    jobName: at.newName(),
    ...at.draws.pick([
      { datasetArn: at.arn('dataset', 'films/INTERACTIONS'), dataSource: { dataLocation: s3('in/interactions.csv') } },
      { datasetArn: at.arn('dataset', 'films/ITEMS'), dataSource: { dataLocation: s3('in/items.csv') } },
      { datasetArn: at.arn('dataset', 'films/ITEMS'), dataSource: { dataLocation: s3('in/unfit.csv') } },
    ]),
    importMode: at.draws.pick(['FULL', 'INCREMENTAL']),
    roleArn,
    ...at.tags(),
  }),
  DatasetExportJob: (at) => ({
    jobName: at.newName(),
    datasetArn: at.known('dataset'),
    ingestionMode: at.draws.pick(['BULK', 'PUT', 'ALL']),
    roleArn,
    jobOutput: { s3DataDestination: { path: s3(`out/${at.draws.below(20)}/`) } },
  }),
  DataDeletionJob: (at) => ({
    jobName: at.newName(),
    datasetGroupArn: at.arn('datasetGroup', 'films'),
    dataSource: { dataLocation: s3('in/leaving.csv') },
    roleArn,
  }),
  EventTracker: (at) => ({ name: at.newName(), datasetGroupArn: at.any('datasetGroup') }),
  MetricAttribution: (at) => ({
    name: at.newName(),
    datasetGroupArn: at.any('datasetGroup'),
    metrics: [{ eventType: 'buy', metricName: 'bought', expression: 'SAMPLECOUNT()' }],
    metricsOutputConfig: { s3DataDestination: { path: s3('out/metrics/') }, roleArn },
  }),
  Filter: (at) => ({
    name: at.newName(),
    datasetGroupArn: at.arn('datasetGroup', 'films'),
    filterExpression: at.draws.pick(expressions),
  }),
  Solution: (at) => ({
    name: at.newName(),
    datasetGroupArn: at.arn('datasetGroup', 'films'),
    recipeArn: recipe(at.draws.pick(recipes)),
    performAutoTraining: at.draws.oneIn(3),
    ...at.tags(),
  }),
  SolutionVersion: (at) => ({ solutionArn: at.any('solution') }),
  Campaign: (at) => ({ name: at.newName(), solutionVersionArn: at.any('solutionVersion') }),
  Recommender: (at) => ({
    name: at.newName(),
    datasetGroupArn: at.arn('datasetGroup', 'shop'),
    recipeArn: recipe('aws-ecomm-popular-items-by-views'),
  }),
  BatchInferenceJob: (at) => ({
    ...at.batchJob('in/users.json', at.arn('solutionVersion', 'personal/1a2b3c4d')),
    ...(at.draws.oneIn(2) ? { filterArn: at.any('filter'), numResults: 5 } : {}),
  }),
  BatchSegmentJob: (at) => at.batchJob('in/items.json', at.arn('solutionVersion', 'fans/1a2b3c4d')),
};

const updates = {
  UpdateCampaign: (at) => ({ campaignArn: at.any('campaign'), minProvisionedTPS: 1 + at.draws.below(3) }),
  UpdateDataset: (at) => ({ datasetArn: at.known('dataset'), schemaArn: at.any('schema') }),
  UpdateMetricAttribution: (at) => ({
    metricAttributionArn: at.any('metricAttribution'),
    addMetrics: [{ eventType: 'buy', metricName: at.newName(), expression: 'SAMPLECOUNT()' }],
    ...(at.draws.oneIn(2) ? { removeMetrics: [at.newName()] } : {}),
  }),
  UpdateRecommender: (at) => ({
    recommenderArn: at.any('recommender'),
    recommenderConfig: { minRecommendationRequestsPerSecond: 1 + at.draws.below(3) },
  }),
  UpdateSolution: (at) => ({ solutionArn: at.any('solution'), performAutoTraining: at.draws.oneIn(2) }),
};

const others = {
  DescribeAlgorithm: () => ({ algorithmArn: 'arn:aws:personalize:::algorithm/aws-similar-items' }),
  DescribeFeatureTransformation: () => ({
    featureTransformationArn: 'arn:aws:personalize:::feature-transformation/similar-items',
  }),
  DescribeRecipe: (at) => ({ recipeArn: recipe(at.draws.pick([...recipes, 'aws-none'])) }),
  ListRecipes: (at) => ({ maxResults: 1 + at.draws.below(100) }),
  GetSolutionMetrics: (at) => ({ solutionVersionArn: at.any('solutionVersion') }),
  ListMetricAttributionMetrics: (at) => ({ metricAttributionArn: at.any('metricAttribution') }),
  StartRecommender: (at) => ({ recommenderArn: at.any('recommender') }),
  StopRecommender: (at) => ({ recommenderArn: at.any('recommender') }),
  StopSolutionVersionCreation: (at) => ({ solutionVersionArn: at.any('solutionVersion') }),
  TagResource: (at) => ({ resourceArn: at.any('campaign'), tags: [{ tagKey: at.newName(), tagValue: 'v' }] }),
  UntagResource: (at) => ({ resourceArn: at.any('campaign'), tagKeys: [at.newName()] }),
  ListTagsForResource: (at) => ({ resourceArn: at.any(at.draws.pick(['campaign', 'solution', 'datasetGroup'])) }),
};

const moment = (at) => 1_780_000_000 + at.draws.below(1_000_000);
const itemFields = (at) => JSON.stringify({ genres: 'Drama', price: at.draws.below(9), creationTimestamp: 1_767_225_600 });

const dataPlane = {
  GetRecommendations: (at) => ({
    ...(at.draws.oneIn(4) ? { recommenderArn: at.any('recommender') } : { campaignArn: at.any('campaign') }),
    userId: at.draws.pick([...userIds, 'nobody']),
    numResults: 1 + at.draws.below(30),
    ...at.draws.pick([
      {},
      {},
      { filterArn: at.arn('filter', 'unseen') },
      { filterArn: at.arn('filter', 'genre'), filterValues: { GENRE: '"Drama"' } },
    ]),
  }),
  GetPersonalizedRanking: (at) => ({
    campaignArn: at.draws.oneIn(4) ? at.any('campaign') : at.arn('campaign', 'ranking'),
    userId: at.draws.pick(userIds),
    inputList: at.draws.some(itemIds, 20),
  }),
  GetActionRecommendations: (at) => ({ campaignArn: at.arn('campaign', 'next'), userId: at.draws.pick(userIds) }),
  PutEvents: (at) => ({
    trackingId: at.draws.oneIn(9) ? '00000000-1111-4222-8333-123456789012' : trackingId,
    userId: at.draws.pick(userIds),
    sessionId: `session-${at.draws.below(50)}`,
    eventList: at.draws.some(itemIds, 9).map((itemId) => ({ eventType: 'watch', itemId, sentAt: moment(at) })),
  }),
  PutItems: (at) => ({
    datasetArn: at.arn('dataset', 'films/ITEMS'),
    items: at.draws.some(itemIds, 9).map((itemId) => ({ itemId, properties: itemFields(at) })),
  }),
  PutUsers: (at) => ({
    datasetArn: at.arn('dataset', 'films/USERS'),
    users: at.draws.some(userIds, 9).map((userId) => ({ userId, properties: '{"age":30,"country":"FR"}' })),
  }),
  PutActions: (at) => ({
    datasetArn: at.arn('dataset', 'films/ACTIONS'),
    actions: at.draws.some(actionIds, 2).map((actionId) => ({ actionId, properties: '{"category":"club","value":2}' })),
  }),
  PutActionInteractions: (at) => ({
    trackingId: '7c1d2e3f-4444-4555-8666-210987654321',
    actionInteractions: at.draws.some(actionIds, 2).map((actionId) => ({
      actionId,
      userId: at.draws.pick(userIds),
      sessionId: `session-${at.draws.below(50)}`,
      eventType: 'TAKEN',
      timestamp: moment(at),
    })),
  }),
};

const ofKinds = Object.keys(kinds).flatMap((kind) => {
  const named = (at) => ({ [`${kind}Arn`]: at.any(kind) });
  const page = (at) => ({ maxResults: 1 + at.draws.below(100) });
  const deleted = jobKinds.includes(kind) || kind === 'solutionVersion' ? [] : [[`Delete${word(kind)}`, named]];
  return [[`Describe${word(kind)}`, named], [`List${word(kind)}s`, page], ...deleted];
});

/** The input of each of the 79 operations, as a function of Inputs. */
export const inputs = {
  ...Object.fromEntries(Object.entries(creates).map(([noun, input]) => [`Create${noun}`, input])),
  ...Object.fromEntries(ofKinds),
  ...updates,
  ...others,
  ...dataPlane,
};
