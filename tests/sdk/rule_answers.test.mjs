// Answers that rules give or change, as the clients of all three services read them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DescribeSchemaCommand, ListRecipesCommand } from '@aws-sdk/client-personalize';
import { PersonalizeEventsClient, PutItemsCommand } from '@aws-sdk/client-personalize-events';
import { GetRecommendationsCommand, PersonalizeRuntimeClient } from '@aws-sdk/client-personalize-runtime';
import { arn, clientOf, configFor, refusalOf } from './support/personalize.mjs';
import { atEnd, startServer } from './support/server.mjs';
import { control } from './support/wire.mjs';

const campaignArn = arn('campaign/evening');

/** A server with these rules, each for one operation. */
async function serverWith(t, ...rules) {
  const server = await startServer(t);
  for (const { operation, ...effects } of rules) {
    const answer = await control(server, 'POST', 'rules', { match: { operation }, ...effects });
    assert.ok(!answer.error, answer.error);
  }
  return server;
}

function clientIn(t, server, Client) {
  const client = new Client(configFor(server));
  atEnd(t, () => client.destroy());
  return client;
}

test('the runtime client reads recommendations that change from call to call', async (t) => {
  const operation = 'GetRecommendations';
  const first = { itemList: [{ itemId: 'a', score: 0.6, metadata: { genre: 'Drama' }, reason: ['Popular item'] }] };
  const server = await serverWith(t, { operation, times: 1, output: first }, { operation, output: { itemList: [] } });
  const client = clientIn(t, server, PersonalizeRuntimeClient);
  const recommend = () => client.send(new GetRecommendationsCommand({ campaignArn, userId: 'u' }));

  const one = await recommend();
  assert.deepEqual(one.itemList, first.itemList);
  assert.match(one.recommendationId, /^RID-[0-9a-f-]{25}-CID-[0-9a-f]{6}$/);
  const two = await recommend();
  assert.deepEqual(two.itemList, []);
  assert.notEqual(two.recommendationId, one.recommendationId);
  assert.equal(two.recommendationId.slice(-10), one.recommendationId.slice(-10), 'the campaign is the same');
});

test('the events client takes the empty answer of a rule', async (t) => {
  const server = await serverWith(t, { operation: 'PutItems', output: {} });
  const client = clientIn(t, server, PersonalizeEventsClient);
  const command = new PutItemsCommand({ datasetArn: arn('dataset/films/ITEMS'), items: [{ itemId: 'a' }] });
  assert.equal((await client.send(command)).$metadata.httpStatusCode, 200);
});

test('the client reads an answer for a schema that does not exist, with its dates', async (t) => {
  const schema = { name: 'films', creationDateTime: '2026-01-31T12:00:00.5Z' };
  const server = await serverWith(t, { operation: 'DescribeSchema', times: 1, output: { schema } });
  const client = clientOf(t, server);
  const describe = () => client.send(new DescribeSchemaCommand({ schemaArn: arn('schema/films') }));
  assert.deepEqual((await describe()).schema, { name: 'films', creationDateTime: new Date(schema.creationDateTime) });
  assert.equal((await refusalOf(describe())).name, 'ResourceNotFoundException');
});

test('the client reads an answer that a rule has changed', async (t) => {
  const recipes = [{ name: 'ours', recipeArn: arn('recipe/ours') }];
  const server = await serverWith(t, { operation: 'ListRecipes', merge: { recipes, nextToken: 'more' } });
  const answer = await clientOf(t, server).send(new ListRecipesCommand({}));
  assert.deepEqual(answer.recipes, recipes);
  assert.equal(answer.nextToken, 'more');
});

test('the journal says which rule has answered', async (t) => {
  const output = { itemList: [], recommendationId: 'RID-1' };
  const server = await serverWith(t, { operation: 'GetRecommendations', id: 'none-today', output });
  await clientIn(t, server, PersonalizeRuntimeClient).send(new GetRecommendationsCommand({ campaignArn }));
  const { requests } = await control(server, 'GET', 'requests');
  assert.equal(requests[0].rule, 'none-today');
  assert.deepEqual(requests[0].output, output);
});
