// The whole deployment of a film club and its shop, step by step, on a server with a frozen clock.
import assert from 'node:assert/strict';
import * as avro from './film_schemas.mjs';
import { create, describe, isEnd, list, remove, statusOf } from './kinds.mjs';
import { clientOf, refusalOf, roleArn } from './personalize.mjs';
import { startServer } from './server.mjs';
import { control } from './wire.mjs';

export const recipe = (name) => `arn:aws:personalize:::recipe/${name}`;

const tagsOf = (what) => [
  { tagKey: 'team', tagValue: 'films' },
  { tagKey: 'what', tagValue: what },
];

const dataset = (name, datasetType, datasetGroupArn, schemaArn) => ({ name, datasetType, datasetGroupArn, schemaArn });
const importJob = (jobName, datasetArn) => ({
  jobName,
  datasetArn,
  dataSource: { dataLocation: `s3://films-bucket/${jobName}.csv` },
  roleArn,
});
const batchJob = (jobName, solutionVersionArn) => ({
  jobName,
  solutionVersionArn,
  jobInput: { s3DataSource: { path: `s3://films-bucket/${jobName}.json` } },
  jobOutput: { s3DataDestination: { path: `s3://films-bucket/${jobName}/` } },
  roleArn,
});
const output = (name) => ({ s3DataDestination: { path: `s3://films-bucket/${name}/` } });

export const metrics = {
  watches: { eventType: 'watch', metricName: 'watches', expression: 'SAMPLECOUNT()' },
  income: { eventType: 'rent', metricName: 'income', expression: 'SUM(Items.PRICE)' },
  tips: { eventType: 'rent', metricName: 'tips', expression: 'SUM(Interactions.EVENT_VALUE)' },
};

/**
 * The resources by name: the kind of each, and the input of its Create as a function of the ARNs of earlier resources.
 * The resources of a step can be created once the steps before it are done.
 */
export const steps = [
  {
    interactionsSchema: ['schema', () => ({ name: 'film-interactions', schema: avro.interactions })],
    itemsSchema: ['schema', () => ({ name: 'film-items', schema: avro.items })],
    studiosSchema: ['schema', () => ({ name: 'film-items-with-studios', schema: avro.itemsWithStudios })],
    usersSchema: ['schema', () => ({ name: 'film-users', schema: avro.users })],
    salesSchema: ['schema', () => ({ name: 'shop-interactions', schema: avro.sales, domain: 'ECOMMERCE' })],
  },
  {
    films: ['datasetGroup', () => ({ name: 'films', tags: tagsOf('group') })],
    shop: ['datasetGroup', () => ({ name: 'shop', domain: 'ECOMMERCE' })],
  },
  {
    interactions: [
      'dataset',
      ({ films, interactionsSchema }) => ({
        ...dataset('film-interactions', 'Interactions', films, interactionsSchema),
        tags: tagsOf('dataset'),
      }),
    ],
    items: ['dataset', ({ films, itemsSchema }) => dataset('film-items', 'Items', films, itemsSchema)],
    users: ['dataset', ({ films, usersSchema }) => dataset('film-users', 'users', films, usersSchema)],
    sales: ['dataset', ({ shop, salesSchema }) => dataset('shop-interactions', 'INTERACTIONS', shop, salesSchema)],
  },
  {
    interactionsImport: [
      'datasetImportJob',
      ({ interactions }) => ({ ...importJob('film-interactions', interactions), tags: tagsOf('import') }),
    ],
    itemsImport: [
      'datasetImportJob',
      ({ items }) => ({ ...importJob('film-items', items), importMode: 'INCREMENTAL' }),
    ],
    usersImport: ['datasetImportJob', ({ users }) => importJob('film-users', users)],
    salesImport: ['datasetImportJob', ({ sales }) => importJob('shop-interactions', sales)],
  },
  {
    tracker: [
      'eventTracker',
      ({ films }) => ({ name: 'film-events', datasetGroupArn: films, tags: tagsOf('tracker') }),
    ],
    attribution: [
      'metricAttribution',
      ({ films }) => ({
        name: 'film-metrics',
        datasetGroupArn: films,
        metrics: [metrics.watches, metrics.income],
        metricsOutputConfig: { ...output('film-metrics'), roleArn },
      }),
    ],
    unseen: [
      'filter',
      ({ films }) => ({
        name: 'not-seen-yet',
        datasetGroupArn: films,
        filterExpression: 'EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("watch")',
        tags: tagsOf('filter'),
      }),
    ],
    ranked: [
      'solution',
      ({ films }) => ({
        name: 'ranked',
        datasetGroupArn: films,
        recipeArn: recipe('aws-user-personalization'),
        performAutoTraining: false,
        tags: tagsOf('solution'),
      }),
    ],
    audience: [
      'solution',
      ({ films }) => ({
        name: 'audience',
        datasetGroupArn: films,
        recipeArn: recipe('aws-item-affinity'),
        performAutoTraining: false,
      }),
    ],
    popular: [
      'recommender',
      ({ shop }) => ({
        name: 'popular',
        datasetGroupArn: shop,
        recipeArn: recipe('aws-ecomm-popular-items-by-views'),
        recommenderConfig: { minRecommendationRequestsPerSecond: 1 },
        tags: tagsOf('recommender'),
      }),
    ],
  },
  {
    rankedVersion: ['solutionVersion', ({ ranked }) => ({ solutionArn: ranked, tags: tagsOf('version') })],
    audienceVersion: ['solutionVersion', ({ audience }) => ({ solutionArn: audience })],
  },
  {
    evening: [
      'campaign',
      ({ rankedVersion }) => ({ name: 'evening', solutionVersionArn: rankedVersion, tags: tagsOf('campaign') }),
    ],
    nightly: [
      'batchInferenceJob',
      ({ rankedVersion, unseen }) => ({
        ...batchJob('nightly', rankedVersion),
        filterArn: unseen,
        numResults: 7,
        tags: tagsOf('batch'),
      }),
    ],
    segments: [
      'batchSegmentJob',
      ({ audienceVersion }) => ({ ...batchJob('segments', audienceVersion), tags: tagsOf('segment') }),
    ],
    backup: [
      'datasetExportJob',
      ({ interactions }) => ({
        jobName: 'backup',
        datasetArn: interactions,
        roleArn,
        jobOutput: output('backup'),
        tags: tagsOf('export'),
      }),
    ],
    forgotten: [
      'dataDeletionJob',
      ({ films }) => ({
        jobName: 'forgotten',
        datasetGroupArn: films,
        dataSource: { dataLocation: 's3://films-bucket/forgotten.csv' },
        roleArn,
        tags: tagsOf('deletion'),
      }),
    ],
  },
];

const everything = Object.assign({}, ...steps);

/** Asserts that the call is refused with an error of this name. */
export const assertRefused = (sending, name = 'ResourceInUseException') => assert.rejects(sending, { name });

/** One deployment on one server: its created resources by name. */
export class Deployment {
  constructor(server, client) {
    this.server = server;
    this.client = client;
    this.arns = {};
    this.made = {}; // name: { kind, input, answer, arn }
  }

  /** The input that `create` sends for this name, with the members of `more`. */
  inputOf(name, more = {}) {
    return { ...everything[name][1](this.arns), ...more };
  }

  /** Creates the resources with these names, without waiting for them. */
  async create(...names) {
    for (const name of names) await this.createAs(name, everything[name][0], this.inputOf(name));
  }

  /** Creates a resource that is not in the steps, under a new name, and returns its ARN. */
  async createAs(name, kind, input) {
    const answer = await create(this.client, kind, input);
    this.made[name] = { kind, input, answer, arn: answer[`${kind}Arn`] };
    this.arns[name] = this.made[name].arn;
    return this.arns[name];
  }

  /** Returns the error with which this Create is refused. Asserts that it changes no list. */
  async refusalToCreate(name, more) {
    const [kind] = everything[name];
    const before = await list(this.client, kind);
    const error = await refusalOf(create(this.client, kind, this.inputOf(name, more)));
    assert.deepEqual(await list(this.client, kind), before, `${name} was refused and created`);
    return error;
  }

  /** Creates step after step, up to the one with this name or the last. Returns the statuses of each resource. */
  async build(lastName) {
    const seen = {};
    for (const step of steps) {
      const names = Object.keys(step);
      await this.create(...names);
      const statuses = await this.watch(names.map((name) => () => this.statusOf(name)));
      names.forEach((name, i) => (seen[name] = statuses[i]));
      if (names.includes(lastName)) break;
    }
    return seen;
  }

  describe(name) {
    return describe(this.client, this.made[name].kind, this.arns[name]);
  }

  statusOf(name) {
    return statusOf(this.client, this.made[name].kind, this.arns[name]);
  }

  remove(name) {
    return remove(this.client, this.made[name].kind, this.arns[name]);
  }

  /** The error with which the Delete of a resource is refused. */
  refusalToRemove(name) {
    return refusalOf(this.remove(name));
  }

  advance(by) {
    return control(this.server, 'POST', 'clock/advance', { by });
  }

  /** Advances the clock until every status is stable. */
  settle() {
    return control(this.server, 'POST', 'clock/advance', { until: 'idle' });
  }

  /**
   * Polls and advances the clock, as the usual waiting loop does, until each poll has returned a final status. Returns
   * the statuses of each poll, without repetitions.
   */
  async watch(polls) {
    const seen = polls.map(() => []);
    for (let round = 0; round < 40; ++round) {
      for (const [i, poll] of polls.entries()) {
        if (seen[i].length > 0 && isEnd(seen[i].at(-1))) continue;
        const status = await poll();
        if (seen[i].length === 0 || seen[i].at(-1) !== status) seen[i].push(status);
      }
      if (seen.every((statuses) => isEnd(statuses.at(-1)))) return seen;
      await this.advance('500ms');
    }
    return assert.fail(`some never reach a final status: ${JSON.stringify(seen)}`);
  }

  /** The statuses of one poll. */
  async watchOne(poll) {
    return (await this.watch([poll]))[0];
  }
}

export const now = '2026-01-31T12:00:00.250Z';

/** Starts a server with an empty deployment. */
export async function startDeployment(t) {
  const server = await startServer(t, { flags: ['--clock', `frozen@${now}`] });
  return new Deployment(server, clientOf(t, server));
}
