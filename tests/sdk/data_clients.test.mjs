// Runtime and Events as each real client uses them: a story from the first schema to recommendations that an event
// changes, and every error as the client's own type.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataClients, Refusal } from './support/data_clients.mjs';
import { calls, errors, world } from './support/data_errors.mjs';
import { tellOfActions, tellOfFilms } from './support/data_story.mjs';
import { refusalOf } from './support/personalize.mjs';
import { startServer } from './support/server.mjs';
import { control } from './support/wire.mjs';

const immediate = { flags: ['--progression', 'immediate'] };
const still = { world, flags: ['--clock', 'frozen'] };
const newerOperations = ['PutActions', 'PutActionInteractions', 'GetActionRecommendations'];

/** The reason why a client cannot send an operation, or false. */
const skipOf = async ({ knows }, { service, operation }) =>
  !(await knows(service, operation)) && `the installed client does not know ${operation}`;

/** The error of a call, with the message that the server wrote. */
async function refused(client, server, { service, operation, input }) {
  const refusal = await refusalOf(client.call(service, operation, input));
  assert.ok(refusal instanceof Refusal, refusal.stack);
  const { requests } = await control(server, 'GET', 'requests?limit=1');
  assert.equal(requests[0].operation, operation);
  assert.equal(refusal.message, requests[0].message);
  assert.notEqual(refusal.message, '');
  return refusal;
}

for (const [name, { open, skip, typeOfUnmodelled }] of Object.entries(dataClients)) {
  test(`${name}: an event changes what was recommended from rows put one by one`, { skip }, async (t) => {
    await tellOfFilms(await open(t, await startServer(t, immediate)));
  });

  test(`${name}: an action that was taken is not recommended again`, { skip }, async (t) => {
    const client = await open(t, await startServer(t, immediate));
    for (const operation of newerOperations) {
      const service = operation.startsWith('Put') ? 'personalize-events' : 'personalize-runtime';
      const unknown = await skipOf(client, { service, operation });
      if (unknown) return t.skip(unknown);
    }
    await tellOfActions(client);
  });

  test(`${name}: each error has its own type, status and message`, { skip }, async (t) => {
    const server = await startServer(t, still);
    const client = await open(t, server);
    for (const row of errors) {
      const { operation, error, status, busyDataset } = row;
      await t.test(`${operation}: ${error}`, { skip: await skipOf(client, row) }, async () => {
        if (busyDataset) {
          await control(server, 'POST', 'transition', { arn: busyDataset, to: 'UPDATE IN_PROGRESS', force: true });
        }
        const refusal = await refused(client, server, row);
        assert.deepEqual([refusal.type, refusal.code], [error, error]);
        assert.ok([status, undefined].includes(refusal.status), String(refusal.status));
      });
    }
  });

  test(`${name}: a rule throttles each operation`, { skip }, async (t) => {
    const server = await startServer(t, still);
    const client = await open(t, server);
    const [code, message] = ['ThrottlingException', 'Rate exceeded'];
    for (const call of calls) {
      const { operation, service, input } = call;
      await t.test(operation, { skip: await skipOf(client, call) }, async () => {
        await client.call(service, operation, input);
        const error = { type: code, message, status: 429 };
        await control(server, 'POST', 'rules', { match: { operation }, error });
        const refusal = await refused(client, server, call);
        assert.deepEqual([refusal.type, refusal.code], [typeOfUnmodelled(service, code), code]);
        assert.equal(refusal.message, message);
      });
    }
  });
}
