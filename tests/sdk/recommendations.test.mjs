// Personalize Runtime as the SDK for JavaScript uses it: recommendations, rankings and actions from rows of fixtures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PersonalizeEventsClient, PutEventsCommand } from '@aws-sdk/client-personalize-events';
import {
  GetActionRecommendationsCommand,
  GetPersonalizedRankingCommand,
  GetRecommendationsCommand,
  InvalidInputException,
  PersonalizeRuntimeClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-personalize-runtime';
import * as filmSchemas from './support/film_schemas.mjs';
import { arn, configFor, refusalOf } from './support/personalize.mjs';
import { atEnd, startServer } from './support/server.mjs';
import { control } from './support/wire.mjs';

const whyOf = (error) => error.$response.headers['x-personalize-local-why'];

const datasetGroupArn = arn('dataset-group/club');
const trackingId = '0f8b9f0e-1111-4222-8333-123456789012';
const campaignArn = arn('campaign/club');
const rankingArn = arn('campaign/ranking');
const recommenderArn = arn('recommender/top');
const filterArn = arn('filter/genre');

const film = (ITEM_ID, GENRES, PRICE) => ({ ITEM_ID, GENRES, PRICE, CREATION_TIMESTAMP: 1 });
const view = (USER_ID, ITEM_ID, TIMESTAMP, EVENT_TYPE = 'Watch') => ({ USER_ID, ITEM_ID, TIMESTAMP, EVENT_TYPE });

const dataset = (type, schemaArn, rows) => ({
  datasetArn: arn(`dataset/club/${type}`),
  datasetGroupArn,
  datasetType: type,
  schemaArn,
  _local: { rows },
});

const version = (name, recipe) => ({
  solutionVersionArn: arn(`solution/${name}/1`),
  datasetGroupArn,
  recipeArn: `arn:aws:personalize:::recipe/${recipe}`,
});

const world = {
  schemas: [
    { schemaArn: arn('schema/films'), schema: filmSchemas.items },
    { schemaArn: arn('schema/views'), schema: filmSchemas.interactions },
  ],
  datasetGroups: [{ datasetGroupArn }],
  datasets: [
    dataset('ITEMS', arn('schema/films'), [
      film('alien', 'Horror', 4.5),
      film('heat', 'Crime|Drama', 130),
      film('solaris', 'Drama', 3),
    ]),
    dataset('INTERACTIONS', arn('schema/views'), [
      view('ann', 'heat', 1),
      view('bob', 'heat', 2),
      view('bob', 'alien', 3),
      view('cid', 'heat', 4),
      view('cid', 'alien', 5),
      view('dan', 'solaris', 6),
    ]),
  ],
  eventTrackers: [{ eventTrackerArn: arn('event-tracker/1a2b3c4d'), trackingId, datasetGroupArn }],
  solutionVersions: [version('club', 'aws-user-personalization'), version('ranking', 'aws-personalized-ranking')],
  campaigns: [
    {
      campaignArn,
      solutionVersionArn: arn('solution/club/1'),
      campaignConfig: { enableMetadataWithRecommendations: true },
    },
    { campaignArn: rankingArn, solutionVersionArn: arn('solution/ranking/1') },
    { campaignArn: arn('campaign/lone') },
  ],
  recommenders: [
    { recommenderArn, datasetGroupArn, recipeArn: 'arn:aws:personalize:::recipe/aws-vod-top-picks' },
  ],
  filters: [
    { filterArn, datasetGroupArn, filterExpression: 'INCLUDE ItemID WHERE Items.GENRES IN ($GENRE)' },
    {
      filterArn: arn('filter/unseen'),
      datasetGroupArn,
      filterExpression: 'EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("watch")',
    },
  ],
};

async function start(t, options = {}) {
  const server = await startServer(t, { world, ...options });
  const client = new PersonalizeRuntimeClient(configFor(server));
  atEnd(t, () => client.destroy());
  return { server, client, send: (command) => client.send(command) };
}

const get = (more = {}) => new GetRecommendationsCommand({ campaignArn, userId: 'zoe', ...more });
const idsOf = ({ itemList, personalizedRanking }) => (itemList ?? personalizedRanking).map(({ itemId }) => itemId);

test('a campaign recommends items with scores that sum to 1', async (t) => {
  const { send } = await start(t);
  const answer = await send(get());
  assert.deepEqual(idsOf(answer), ['heat', 'alien', 'solaris']);
  assert.match(answer.recommendationId, /^RID-.{25}-CID-[0-9a-f]{6}$/);
  const sum = answer.itemList.reduce((total, { score }) => total + score, 0);
  assert.ok(Math.abs(sum - 1) < 1e-6, String(sum));
});

test('a recommender gives no scores, and leaves out what the user has watched', async (t) => {
  const { send } = await start(t);
  const answer = await send(new GetRecommendationsCommand({ recommenderArn, userId: 'ann' }));
  assert.deepEqual(answer.itemList, [{ itemId: 'alien' }, { itemId: 'solaris' }]);
});

test('filters, promotions and metadata work together', async (t) => {
  const { send } = await start(t);
  const filterValues = { GENRE: '"Drama"' };
  const { itemList } = await send(
    get({
      numResults: 2,
      filterArn,
      filterValues,
      metadataColumns: { ITEMS: ['PRICE', 'GENRES'] },
      promotions: [
        { name: 'scary', percentPromotedItems: 50, filterArn, filterValues: { GENRE: '"Horror"' } },
      ],
    }),
  );
  const shown = itemList.map(({ itemId, promotionName, metadata }) => ({ itemId, promotionName, metadata }));
  assert.deepEqual(shown, [
    { itemId: 'heat', promotionName: undefined, metadata: { genres: 'Crime|Drama', price: '130.0' } },
    { itemId: 'alien', promotionName: 'scary', metadata: { genres: 'Horror', price: '4.5' } },
  ]);
});

test('an event is seen by the filter of the very next request, and by the ranking', async (t) => {
  const { server, send } = await start(t);
  const events = new PersonalizeEventsClient(configFor(server));
  atEnd(t, () => events.destroy());
  const unseen = get({ filterArn: arn('filter/unseen') });
  assert.deepEqual(idsOf(await send(unseen)), ['heat', 'alien', 'solaris']);
  const event = { eventType: 'WATCH', itemId: 'alien', sentAt: new Date() };
  await events.send(new PutEventsCommand({ trackingId, userId: 'zoe', sessionId: 's', eventList: [event] }));
  assert.deepEqual(idsOf(await send(unseen)), ['heat', 'solaris']);
  const rank = (userId) =>
    send(new GetPersonalizedRankingCommand({ campaignArn: rankingArn, userId, inputList: ['heat', 'solaris'] }));
  assert.ok((await rank('zoe')).personalizedRanking[0].score > (await rank('yan')).personalizedRanking[0].score);
});

test('a ranking keeps unknown items at its end, without scores', async (t) => {
  const { send } = await start(t);
  const inputList = ['new', 'alien', 'heat', 'other'];
  const answer = await send(new GetPersonalizedRankingCommand({ campaignArn: rankingArn, userId: 'zoe', inputList }));
  assert.deepEqual(idsOf(answer), ['heat', 'alien', 'new', 'other']);
  assert.deepEqual(answer.personalizedRanking[2], { itemId: 'new' });
});

test('refusals are the exceptions of the SDK', async (t) => {
  const { send } = await start(t);
  const unknown = await refusalOf(send(get({ filterArn: arn('filter/none') })));
  assert.ok(unknown instanceof ResourceNotFoundException, String(unknown));
  const lacking = await refusalOf(send(get({ filterArn })));
  assert.ok(lacking instanceof InvalidInputException, String(lacking));
  assert.match(lacking.message, /GENRE/);
  const absent = await refusalOf(send(get({ campaignArn: arn('campaign/none') })));
  assert.equal(absent.message, `${arn('campaign/none')} does not exist or is not active yet.`);
  assert.match(whyOf(absent), /no such campaign/);
});

test('a lone campaign makes items and actions up', async (t) => {
  const { send } = await start(t);
  const lone = { campaignArn: arn('campaign/lone'), userId: 'ann' };
  const { itemList } = await send(new GetRecommendationsCommand(lone));
  assert.equal(itemList.length, 25);
  assert.match(itemList[0].itemId, /^item-\d+$/);
  const { actionList } = await send(new GetActionRecommendationsCommand(lone));
  assert.match(actionList[0].actionId, /^action-\d+$/);
});

test('explain agrees with the answer, and train lets a model know new rows', async (t) => {
  const { server, send } = await start(t);
  const explain = () =>
    control(server, 'POST', 'explain', {
      operation: 'GetRecommendations',
      input: { campaignArn, userId: 'zoe' },
      itemIds: ['new'],
    });
  const { itemList } = await send(get());
  const { items, model } = await explain();
  assert.deepEqual(
    items.filter(({ place }) => place !== null).map(({ itemId, score }) => ({ itemId, score })),
    itemList,
  );
  assert.equal(items.at(-1).outBy.what, 'unknown');
  const rows = [film('new', null, null)];
  await control(server, 'POST', `data?dataset=${arn('dataset/club/ITEMS')}`, { rows });
  const trained = await control(server, 'POST', 'train', { arn: arn('solution/club/1') });
  assert.equal(trained.items, 4);
  assert.ok(trained.revision > model.revision);
  assert.deepEqual(idsOf(await send(get())), ['heat', 'alien', 'solaris', 'new']);
});

test('many clients that wait for the same model get the same answer', async (t) => {
  const { send } = await start(t);
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(get())));
  const lists = new Set(answers.map(({ itemList }) => JSON.stringify(itemList)));
  const recommendationIds = new Set(answers.map(({ recommendationId }) => recommendationId));
  assert.equal(lists.size, 1);
  assert.equal(recommendationIds.size, 20);
});
