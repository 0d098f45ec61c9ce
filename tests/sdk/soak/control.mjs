// Calls of /_local/, drawn for one tenant: what a test does with its world between the requests of its clients.
import { itemIds, userIds } from './world.mjs';

const get = (path) => ({ method: 'GET', path });
const sendTo = (method, path, body) => ({ method, path, body });
const dataset = (at, name) => `data?dataset=${at.arn('dataset', name)}`;

const rules = [
  { match: { operation: 'Describe*' }, error: { type: 'ThrottlingException' }, times: 2 },
  { match: { operation: 'List*' }, delay: '1ms..20ms', probability: 0.5 },
  { match: { operation: 'CreateCampaign' }, lifecycle: { outcome: 'CREATE FAILED', failureReason: 'no capacity' } },
  { match: { operation: 'GetRecommendations' }, candidates: ['item-1', 'item-2'], times: 5 },
  { match: { operation: 'Put*' }, error: { type: 'ResourceInUseException', afterCommit: true }, probability: 0.1 },
];

/** After these, a connection may end without an answer until the rules are gone. */
const faults = ['reset', 'close', 'truncate'].map((connection) => ({
  match: { operation: 'Describe*' },
  connection,
  times: 3,
}));

/** What each call needs of its draws: the path without the account, which is added. */
export const controls = {
  health: () => get('health'),
  clock: () => get('clock'),
  lifecycle: () => get('lifecycle'),
  quotas: () => get('quotas'),
  rules: () => get('rules'),
  jobs: () => get('jobs'),
  requests: (at) => get(`requests?limit=${1 + at.draws.below(50)}`),
  events: (at) => get(`events?limit=${1 + at.draws.below(50)}`),
  history: (at) => get(`history?arn=${at.known('campaign')}`),
  wait: (at) => get(`wait?arn=${at.any('batchInferenceJob')}&status=ACTIVE&timeout=${at.draws.below(300)}ms`),
  state: (at) => get(`state?data=${at.draws.oneIn(2)}`),
  rows: (at) => get(`${dataset(at, 'films/ITEMS')}&limit=${1 + at.draws.below(100)}`),
  rowsOfAUser: (at) => get(`${dataset(at, 'films/INTERACTIONS')}&userId=${at.draws.pick(userIds)}`),
  advance: (at) => sendTo('POST', 'clock/advance', { by: at.draws.pick(['1s', '90s', '10m', '1h']) }),
  advanceUntilIdle: () => sendTo('POST', 'clock/advance', { until: 'idle' }),
  speed: (at) => sendTo('PUT', 'clock', { speed: 1 + at.draws.below(20) }),
  putLifecycle: (at) => sendTo('PUT', 'lifecycle', { default: { pending: `${at.draws.below(40)}ms`, inProgress: '10ms..90ms' } }),
  putQuotas: (at) => sendTo('PUT', 'quotas', { datasetGroups: 3 + at.draws.below(5) }),
  transition: (at) => sendTo('POST', 'transition', { arn: at.known('campaign'), to: 'ACTIVE', force: true }),
  train: (at) => sendTo('POST', 'train', { arn: at.arn('solutionVersion', 'personal/1a2b3c4d') }),
  explain: (at) =>
    sendTo('POST', 'explain', {
      operation: 'GetRecommendations',
      input: { campaignArn: at.arn('campaign', 'personal'), userId: at.draws.pick(userIds) },
    }),
  putRows: (at) =>
    sendTo('PUT', dataset(at, 'films/ITEMS'), {
      rows: at.draws.some(itemIds, 60).map((id) => ({ ITEM_ID: id, GENRES: 'Drama', CREATION_TIMESTAMP: 1_767_225_600 })),
    }),
  addRows: (at) =>
    sendTo('POST', dataset(at, 'films/USERS'), { rows: [{ USER_ID: at.draws.pick(userIds), AGE: 1, COUNTRY: 'FR' }] }),
  putRules: (at) => sendTo('PUT', 'rules', { rules: at.draws.some(rules, 3) }),
  addRule: (at) => sendTo('POST', 'rules', at.draws.pick(rules)),
  addFault: (at) => ({ ...sendTo('POST', 'rules', at.draws.pick(faults)), breaks: true }),
  deleteRules: () => sendTo('DELETE', 'rules'),
  addState: (at) =>
    sendTo('POST', 'state', { accounts: { [at.account]: { batchInferenceJob: { batchInferenceJobArn: at.any('batchInferenceJob') } } } }),
  unknown: () => get('no-such-call'),
  badBody: () => sendTo('PUT', 'rules', { rules: 7 }),
};

/** The calls that belong to no account, or to all. */
export const commonCalls = ['', 'metrics', 'openapi.json', 'health', 'jobs'];
