// A film club, from its first schema to recommendations that an event changes, by any client.
import assert from 'node:assert/strict';
import * as filmSchemas from './film_schemas.mjs';
import { arn } from './personalize.mjs';

const group = arn('dataset-group/club');
const userOf = (name) => `user-${name}`;
const films = { heat: 'Crime|Drama', solaris: 'Drama', alien: 'Horror', thing: 'Horror' };
const watched = {
  ann: ['heat', 'alien', 'thing'],
  bob: ['heat', 'alien', 'thing'],
  cid: ['heat', 'solaris'],
  dan: ['heat', 'solaris'],
  eve: ['heat', 'solaris'],
};

const campaignOf = (name) => arn(`campaign/${name}`);
const filterOf = (name) => arn(`filter/${name}`);
const day = (number) => `2026-01-${String(number).padStart(2, '0')}T12:00:00Z`;

const filters = {
  genre: 'INCLUDE ItemID WHERE Items.GENRES IN ($GENRE)',
  unseen: 'EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("watch")',
  'not-taken': 'EXCLUDE ActionID WHERE Action_Interactions.EVENT_TYPE IN ("taken")',
};

const schemas = {
  Interactions: filmSchemas.interactions,
  Items: filmSchemas.items,
  Users: filmSchemas.users,
  Actions: filmSchemas.actions,
  Action_Interactions: filmSchemas.actionInteractions,
};

const listOf = ({ itemList, personalizedRanking, actionList }) => itemList ?? personalizedRanking ?? actionList;
const idsOf = (answer) => listOf(answer).map(({ itemId, actionId }) => itemId ?? actionId);

/** The calls of the story, by one client. */
class Story {
  constructor({ call }) {
    this.personalize = (operation, input) => call('personalize', operation, input);
    this.events = (operation, input) => call('personalize-events', operation, input);
    this.runtime = (operation, input) => call('personalize-runtime', operation, input);
  }

  async makeGroup(types) {
    await this.personalize('CreateDatasetGroup', { name: 'club' });
    for (const datasetType of types) {
      const name = `club-${datasetType.toLowerCase()}`;
      const { schemaArn } = await this.personalize('CreateSchema', { name, schema: schemas[datasetType] });
      await this.personalize('CreateDataset', { name, datasetGroupArn: group, datasetType, schemaArn });
    }
    const { trackingId } = await this.personalize('CreateEventTracker', { name: 'club', datasetGroupArn: group });
    this.trackingId = trackingId;
  }

  async putRows() {
    const items = Object.entries(films).map(([itemId, genres]) => ({
      itemId,
      properties: JSON.stringify({ genres, price: 3, creationTimestamp: 1 }),
    }));
    await this.events('PutItems', { datasetArn: arn('dataset/club/ITEMS'), items });
    const users = [{ userId: userOf('zoe'), properties: JSON.stringify({ age: 30 }) }];
    await this.events('PutUsers', { datasetArn: arn('dataset/club/USERS'), users });
    for (const [user, list] of Object.entries(watched)) await this.watch(user, ...list);
  }

  watch(user, ...list) {
    const eventList = list.map((itemId, i) => ({ eventType: 'Watch', itemId, sentAt: day(i + 1) }));
    const { trackingId } = this;
    return this.events('PutEvents', { trackingId, userId: userOf(user), sessionId: `session-of-${user}`, eventList });
  }

  async makeCampaign(name, recipe) {
    const recipeArn = `arn:aws:personalize:::recipe/${recipe}`;
    const { solutionArn } = await this.personalize('CreateSolution', { name, datasetGroupArn: group, recipeArn });
    const { solutionVersionArn } = await this.personalize('CreateSolutionVersion', { solutionArn });
    await this.personalize('CreateCampaign', { name, solutionVersionArn });
  }

  async makeFilter(name) {
    await this.personalize('CreateFilter', { name, datasetGroupArn: group, filterExpression: filters[name] });
  }

  recommend(more) {
    return this.runtime('GetRecommendations', { campaignArn: campaignOf('for-you'), userId: userOf('zoe'), ...more });
  }

  rank() {
    const input = { campaignArn: campaignOf('ranking'), userId: userOf('zoe'), inputList: ['solaris', 'thing', 'new'] };
    return this.runtime('GetPersonalizedRanking', input);
  }

  nextActions() {
    const input = { campaignArn: campaignOf('actions'), userId: userOf('zoe'), filterArn: filterOf('not-taken') };
    return this.runtime('GetActionRecommendations', input);
  }
}

/** Rows put one by one become recommendations, and the very next answers know an event. */
export async function tellOfFilms(client) {
  const story = new Story(client);
  await story.makeGroup(['Interactions', 'Items', 'Users']);
  await story.putRows();
  await story.makeCampaign('for-you', 'aws-user-personalization');
  await story.makeCampaign('ranking', 'aws-personalized-ranking');
  await story.makeFilter('unseen');
  await story.makeFilter('genre');

  const first = await story.recommend();
  assert.deepEqual(idsOf(first), ['heat', 'solaris', 'alien', 'thing'], 'what is popular');
  assert.match(first.recommendationId, /^RID-[0-9a-f-]{25}-CID-[0-9a-f]{6}$/);
  const sum = listOf(first).reduce((total, { score }) => total + score, 0);
  assert.ok(Math.abs(sum - 1) < 1e-6, String(sum));
  const drama = { filterArn: filterOf('genre'), filterValues: { GENRE: '"Drama"' } };
  assert.deepEqual(idsOf(await story.recommend(drama)), ['heat', 'solaris']);
  assert.deepEqual(idsOf(await story.rank()), ['solaris', 'thing', 'new']);

  await story.watch('zoe', 'alien');
  const unseen = { filterArn: filterOf('unseen') };
  const then = idsOf(await story.recommend(unseen));
  assert.deepEqual([...then].sort(), ['heat', 'solaris', 'thing'], 'without what was watched');
  assert.ok(then.indexOf('thing') < then.indexOf('solaris'), `what goes with it comes first: ${then}`);
  assert.deepEqual(idsOf(await story.rank()), ['thing', 'solaris', 'new']);
}

/** The same for actions. */
export async function tellOfActions(client) {
  const story = new Story(client);
  await story.makeGroup(['Interactions', 'Actions', 'Action_Interactions']);
  const actions = { mail: 9, call: 5 };
  await story.events('PutActions', {
    datasetArn: arn('dataset/club/ACTIONS'),
    actions: Object.entries(actions).map(([actionId, value]) => ({ actionId, properties: JSON.stringify({ value }) })),
  });
  await story.makeCampaign('actions', 'aws-next-best-action');
  await story.makeFilter('not-taken');
  assert.deepEqual(listOf(await story.nextActions()), [
    { actionId: 'mail', score: 0 },
    { actionId: 'call', score: 0 },
  ]);

  const datasetArn = arn('dataset/club/ACTION_INTERACTIONS');
  const { dataset } = await story.personalize('DescribeDataset', { datasetArn });
  const taken = { actionId: 'mail', userId: userOf('zoe'), sessionId: 's', eventType: 'Taken', timestamp: day(1) };
  const { trackingId } = dataset;
  await story.events('PutActionInteractions', { trackingId, actionInteractions: [taken] });
  assert.deepEqual(idsOf(await story.nextActions()), ['call']);
}
