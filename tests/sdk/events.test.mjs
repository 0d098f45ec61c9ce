// Personalize Events as the SDK for JavaScript uses it: what is put, what is refused, and what became of each record.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DescribeDatasetCommand } from '@aws-sdk/client-personalize';
import {
  InvalidInputException,
  PersonalizeEventsClient,
  PutActionInteractionsCommand,
  PutActionsCommand,
  PutEventsCommand,
  PutItemsCommand,
  PutUsersCommand,
  ResourceInUseException,
  ResourceNotFoundException,
} from '@aws-sdk/client-personalize-events';
import { arn, clientOf, configFor, refusalOf } from './support/personalize.mjs';
import { atEnd, folderOf, startServer } from './support/server.mjs';
import { control } from './support/wire.mjs';

/** The reason that a response gives beside its error. */
const whyOf = (error) => error.$response.headers['x-personalize-local-why'];

const trackingId = '0f8b9f0e-1111-4222-8333-123456789012';
const actionTrackingId = '7c1d2e3f-4444-4555-8666-210987654321';
const datasetGroupArn = arn('dataset-group/movies');
const datasetArn = (type) => arn(`dataset/movies/${type}`);

const columns = {
  INTERACTIONS: { USER_ID: 'string', ITEM_ID: 'string', TIMESTAMP: 'long', EVENT_TYPE: 'string' },
  ITEMS: { ITEM_ID: 'string', GENRES: ['string', 'null'], CREATION_TIMESTAMP: 'long' },
  USERS: { USER_ID: 'string', AGE: ['int', 'null'] },
  ACTIONS: { ACTION_ID: 'string', VALUE: ['long', 'null'], CATEGORY: ['string', 'null'] },
  ACTION_INTERACTIONS: { USER_ID: 'string', ACTION_ID: 'string', TIMESTAMP: 'long', EVENT_TYPE: 'string' },
};

const nameOf = (type) => type.toLowerCase().replace(/(^|_)[a-z]/g, (match) => match.at(-1).toUpperCase());
const types = Object.keys(columns);
const world = {
  schemas: types.map((type) => ({
    schemaArn: arn(`schema/${type}`),
    schema: JSON.stringify({
      type: 'record',
      name: nameOf(type),
      fields: Object.entries(columns[type]).map(([column, of]) => ({ name: column, type: of })),
    }),
  })),
  datasetGroups: [{ datasetGroupArn }],
  datasets: types.map((type) => ({
    datasetArn: datasetArn(type),
    datasetGroupArn,
    datasetType: type,
    schemaArn: arn(`schema/${type}`),
    ...(type === 'ACTION_INTERACTIONS' && { trackingId: actionTrackingId }),
  })),
  eventTrackers: [{ eventTrackerArn: arn('event-tracker/1a2b3c4d'), trackingId, datasetGroupArn }],
};

async function start(t, options = {}) {
  const server = await startServer(t, { world, ...options });
  const client = new PersonalizeEventsClient(configFor(server));
  atEnd(t, () => client.destroy());
  return { server, client, send: (command) => client.send(command) };
}

const event = (more = {}) => ({ eventType: 'watch', itemId: 'a', sentAt: new Date(1_700_000_000_000), ...more });
const put = (eventList, more = {}) =>
  new PutEventsCommand({ trackingId, userId: 'u', sessionId: 's', eventList, ...more });

const logOf = async (server, query = '') => (await control(server, 'GET', `events${query}`)).events;
const outcomesOf = async (server) => (await logOf(server)).map(({ outcome }) => outcome).reverse();

test('each of the five operations stores what it is sent', async (t) => {
  const { server, send } = await start(t);
  const action = { actionId: 'x', userId: 'u', sessionId: 's', timestamp: new Date(7000), eventType: 'Taken' };
  const commands = [
    put([event()]),
    new PutItemsCommand({
      datasetArn: datasetArn('ITEMS'),
      items: [{ itemId: 'a', properties: JSON.stringify({ genres: 'Horror|Action', creationTimestamp: 1 }) }],
    }),
    new PutUsersCommand({
      datasetArn: datasetArn('USERS'),
      users: [{ userId: 'u', properties: JSON.stringify({ age: 7 }) }],
    }),
    new PutActionsCommand({ datasetArn: datasetArn('ACTIONS'), actions: [{ actionId: 'x' }] }),
    new PutActionInteractionsCommand({ trackingId: actionTrackingId, actionInteractions: [action] }),
  ];
  for (const command of commands) assert.equal((await send(command)).$metadata.httpStatusCode, 200);
  assert.deepEqual(
    (await logOf(server)).map(({ operation, outcome, why }) => [operation, outcome, why]).reverse(),
    commands.map((command) => [command.constructor.name.replace('Command', ''), 'stored', undefined]),
  );
});

test('the tracking id of action interactions is the one that DescribeDataset shows', async (t) => {
  const { server } = await start(t);
  const { dataset } = await clientOf(t, server).send(
    new DescribeDatasetCommand({ datasetArn: datasetArn('ACTION_INTERACTIONS') }),
  );
  assert.equal(dataset.trackingId, actionTrackingId);
});

test('ten events are taken, eleven are not', async (t) => {
  const { server, send } = await start(t);
  const list = Array.from({ length: 11 }, (_, i) => event({ sentAt: new Date(i * 1000) }));
  await send(put(list.slice(0, 10)));
  assert.equal((await refusalOf(send(put(list)))).name, 'ValidationException');
  assert.deepEqual(await outcomesOf(server), [...Array(10).fill('stored'), ...Array(11).fill('refused')]);
});

test('the client parses each refusal into its own class', async (t) => {
  const { server, send } = await start(t);
  const unknown = await refusalOf(send(put([event()], { trackingId: 'none' })));
  assert.ok(unknown instanceof InvalidInputException);
  assert.equal(unknown.$metadata.httpStatusCode, 400);
  assert.match(whyOf(unknown), /no event tracker/);

  const items = [{ itemId: 'a', properties: '{"creationTimestamp":1}' }];
  const missing = await refusalOf(send(new PutItemsCommand({ datasetArn: arn('dataset/none/ITEMS'), items })));
  assert.ok(missing instanceof ResourceNotFoundException);
  assert.equal(missing.$metadata.httpStatusCode, 404);

  await control(server, 'POST', 'transition', { arn: datasetArn('ITEMS'), to: 'UPDATE IN_PROGRESS', force: true });
  const busy = await refusalOf(send(new PutItemsCommand({ datasetArn: datasetArn('ITEMS'), items })));
  assert.ok(busy instanceof ResourceInUseException);
  assert.equal(busy.$metadata.httpStatusCode, 409);
});

test('properties that are encoded twice are refused with the words of the service', async (t) => {
  const { send } = await start(t);
  const properties = JSON.stringify(JSON.stringify({ itemId: 'a' }));
  const error = await refusalOf(send(put([event({ properties })])));
  assert.ok(error instanceof InvalidInputException);
  assert.equal(error.message, 'Error parsing properties json');
});

test('an event that is ignored is a success, and the list of events says why', async (t) => {
  const { server, send } = await start(t);
  await send(put([event({ eventId: 'e' }), event({ eventId: 'e', itemId: 'b' })]));
  await send(put([event({ itemId: 'c' })], { sessionId: 'null' }));
  assert.deepEqual(await outcomesOf(server), ['stored', 'ignored', 'ignored']);
  const [dropped] = await logOf(server, '?outcome=ignored&limit=1');
  assert.equal(dropped.record.itemId, 'c');
  assert.match(dropped.why, /sessionId/);
});

test('a reset and a DELETE empty the list of events', async (t) => {
  const { server, send } = await start(t);
  await send(put([event()]));
  await control(server, 'POST', 'reset');
  assert.deepEqual(await logOf(server), []);
  await send(put([event()]));
  assert.deepEqual(await control(server, 'DELETE', 'events'), { events: [] });
});

test('what was put outlives a restart', async (t) => {
  const db = `${await folderOf(t, {})}/world.db`;
  const first = await start(t, { flags: ['--db', db] });
  await first.send(put([event({ eventId: 'e' })]));
  await first.server.stop();
  const second = await start(t, { flags: ['--db', db] });
  await second.send(put([event({ eventId: 'e' })]));
  assert.deepEqual(await outcomesOf(second.server), ['ignored'], 'the event id is known');
});
