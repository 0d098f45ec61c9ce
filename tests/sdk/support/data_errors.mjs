// Each error of Runtime and Events, and a call that gets it.
import { arn } from './personalize.mjs';

const trackingId = '0f8b9f0e-1111-4222-8333-123456789012';
const actionTrackingId = '7c1d2e3f-4444-4555-8666-210987654321';
const datasetGroupArn = arn('dataset-group/club');
const datasetOf = (type) => arn(`dataset/club/${type}`);

const columns = {
  INTERACTIONS: { USER_ID: 'string', ITEM_ID: 'string', TIMESTAMP: 'long', EVENT_TYPE: 'string' },
  ITEMS: { ITEM_ID: 'string', PRICE: 'float' },
  USERS: { USER_ID: 'string', AGE: 'int' },
  ACTIONS: { ACTION_ID: 'string', VALUE: 'long' },
  ACTION_INTERACTIONS: { USER_ID: 'string', ACTION_ID: 'string', TIMESTAMP: 'long', EVENT_TYPE: 'string' },
};
const records = { ACTION_INTERACTIONS: 'ActionInteractions' };
const titled = (type) => records[type] ?? type[0] + type.slice(1).toLowerCase();

const schemaOf = (type) => ({
  schemaArn: arn(`schema/${type}`),
  schema: JSON.stringify({
    type: 'record',
    name: titled(type),
    fields: Object.entries(columns[type]).map(([name, each]) => ({ name, type: each })),
  }),
});

const datasetWithSchema = (type) => ({
  datasetArn: datasetOf(type),
  datasetGroupArn,
  datasetType: type,
  schemaArn: arn(`schema/${type}`),
  ...(type === 'ACTION_INTERACTIONS' && { trackingId: actionTrackingId }),
});

const campaigns = {
  'for-you': 'aws-user-personalization',
  ranking: 'aws-personalized-ranking',
  actions: 'aws-next-best-action',
};

/** The world in which the calls get their errors. */
export const world = {
  schemas: Object.keys(columns).map(schemaOf),
  datasetGroups: [{ datasetGroupArn }],
  datasets: Object.keys(columns).map(datasetWithSchema),
  eventTrackers: [{ eventTrackerArn: arn('event-tracker/1a2b3c4d'), trackingId, datasetGroupArn }],
  solutionVersions: Object.entries(campaigns).map(([name, recipe]) => ({
    solutionVersionArn: arn(`solution/${name}/1`),
    datasetGroupArn,
    recipeArn: `arn:aws:personalize:::recipe/${recipe}`,
  })),
  campaigns: Object.keys(campaigns).map((name) => ({
    campaignArn: arn(`campaign/${name}`),
    solutionVersionArn: arn(`solution/${name}/1`),
  })),
};

const [runtime, events] = ['personalize-runtime', 'personalize-events'];
const [invalid, absent, busy] = ['InvalidInputException', 'ResourceNotFoundException', 'ResourceInUseException'];
const statuses = { [invalid]: 400, [absent]: 404, [busy]: 409, ThrottlingException: 429 };

const valid = {
  GetRecommendations: { campaignArn: arn('campaign/for-you'), userId: 'u' },
  GetPersonalizedRanking: { campaignArn: arn('campaign/ranking'), userId: 'u', inputList: ['a'] },
  GetActionRecommendations: { campaignArn: arn('campaign/actions'), userId: 'u' },
  PutEvents: {
    trackingId,
    userId: 'u',
    sessionId: 's',
    eventList: [{ eventType: 'watch', itemId: 'a', sentAt: '2026-01-31T12:00:00Z' }],
  },
  PutItems: { datasetArn: datasetOf('ITEMS'), items: [{ itemId: 'a', properties: '{"price":1}' }] },
  PutUsers: { datasetArn: datasetOf('USERS'), users: [{ userId: 'u', properties: '{"age":1}' }] },
  PutActions: { datasetArn: datasetOf('ACTIONS'), actions: [{ actionId: 'x', properties: '{"value":1}' }] },
  PutActionInteractions: {
    trackingId: actionTrackingId,
    actionInteractions: [
      { actionId: 'x', userId: 'u', sessionId: 's', eventType: 'taken', timestamp: '2026-01-31T12:00:00Z' },
    ],
  },
};

const lastOf = (input, list, change) => ({ ...input, [list]: [{ ...input[list][0], ...change }] });
const filterArn = arn('filter/none');

const rows = [
  ['GetRecommendations', invalid, { userId: undefined }],
  ['GetRecommendations', absent, { filterArn }],
  ['GetPersonalizedRanking', invalid, { campaignArn: arn('campaign/for-you') }],
  ['GetPersonalizedRanking', absent, { filterArn }],
  ['GetActionRecommendations', invalid, { campaignArn: arn('campaign/none') }],
  ['GetActionRecommendations', absent, { filterArn }],
  ['PutEvents', invalid, { trackingId: 'none' }],
  ['PutItems', invalid, lastOf(valid.PutItems, 'items', { properties: '{}' })],
  ['PutItems', absent, { datasetArn: arn('dataset/none/ITEMS') }],
  ['PutItems', busy, {}, 'ITEMS'],
  ['PutUsers', invalid, lastOf(valid.PutUsers, 'users', { properties: '[]' })],
  ['PutUsers', absent, { datasetArn: arn('dataset/none/USERS') }],
  ['PutUsers', busy, {}, 'USERS'],
  ['PutActions', invalid, { datasetArn: datasetOf('ITEMS') }],
  ['PutActions', absent, { datasetArn: arn('dataset/none/ACTIONS') }],
  ['PutActions', busy, {}, 'ACTIONS'],
  ['PutActionInteractions', invalid, lastOf(valid.PutActionInteractions, 'actionInteractions', { properties: '"x"' })],
  ['PutActionInteractions', absent, { trackingId: 'none' }],
  ['PutActionInteractions', busy, {}, 'ACTION_INTERACTIONS'],
];

const serviceOf = (operation) => (operation.startsWith('Put') ? events : runtime);

/** Each error: its operation, input and status, and the dataset that must be in an update, if any. */
export const errors = rows.map(([operation, error, change, busyType]) => ({
  service: serviceOf(operation),
  operation,
  error,
  status: statuses[error],
  input: { ...valid[operation], ...change },
  busyDataset: busyType && datasetOf(busyType),
}));

/** A call of each operation that succeeds unless a rule forbids it. */
export const calls = Object.entries(valid).map(([operation, input]) => ({
  service: serviceOf(operation),
  operation,
  input,
}));
