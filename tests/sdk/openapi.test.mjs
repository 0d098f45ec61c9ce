// Checks the description of the control API against the server: makes each described call, with valid and with invalid
// input.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import {
  badBodies,
  badQueries,
  badQueriesOf,
  calls,
  queryOf,
  startTime,
  statusesOfStops,
  world,
} from './support/control_calls.mjs';
import {
  assertFits,
  assertIsAs,
  document,
  examples,
  faultsOf,
  faultsOfQuery,
  operations,
  responseNamed,
} from './support/openapi.mjs';
import { startServer } from './support/server.mjs';
import { send } from './support/wire.mjs';

const start = (t, flags = []) =>
  startServer(t, { world, flags: ['--clock', `frozen@${startTime}`, '--threads', '1', ...flags] });

const textOf = (body) => (typeof body === 'string' ? body : JSON.stringify(body));

/** Calls an operation and returns the answer. */
function make(server, { method, path }, { query = {}, params = {}, body = '', headers } = {}) {
  const filled = path.replace(/{(\w+)}/g, (_, name) => params[name] ?? 'any');
  const search = new URLSearchParams(query).toString();
  const url = `${server.url}${filled}${search === '' ? '' : `?${search}`}`;
  return send(url, { method, headers, body: textOf(body) });
}

/** Asserts that an answer fits the description of its status. */
function assertIsDescribed(operation, answer, what) {
  const response = operation.responses.get(answer.status);
  assert.ok(response, `${what}: no description of status ${answer.status}: ${answer.body}`);
  assertIsAs(response, answer, what);
}

async function makeAsDescribed(server, operation, call) {
  await call.first?.(server);
  const body = typeof call.body === 'function' ? await call.body(server) : call.body;
  const answering = make(server, operation, { ...call, body });
  await call.meanwhile?.(server);
  const answer = await answering;
  const what = `${operation.name} ${JSON.stringify({ query: call.query, body })}`;
  assert.equal(answer.status, call.status ?? 200, `${what}: ${answer.body}`);
  assertIsDescribed(operation, answer, what);
  if (answer.status !== 200) return answer.status;
  assert.equal(faultsOfQuery(operation, call.query ?? {}), '', what);
  assert.equal(body === undefined, operation.body === undefined, `${what}: a body, or none, against the description`);
  const isJson = !call.headers?.['content-type'];
  if (body !== undefined && isJson) assertFits(operation.body, body, `the body of ${what}`);
  return answer.status;
}

async function refuseStranger(server, operation, headers) {
  const answer = await make(server, operation, { headers });
  assert.equal(answer.status, 403, operation.name);
  assertIsDescribed(operation, answer, `${operation.name} ${JSON.stringify(headers)}`);
}

async function refuseQuery(server, operation, query) {
  const what = `${operation.name} ${JSON.stringify(query)}`;
  assert.notEqual(faultsOfQuery(operation, query), '', `${what}: the description lets it pass`);
  const answer = await make(server, operation, { query });
  assert.equal(answer.status, 400, `${what}: ${answer.body}`);
  assertIsDescribed(operation, answer, what);
}

async function refuseBody(server, operation, body, pointer) {
  const what = `${operation.name} ${JSON.stringify(body)}`;
  assert.notEqual(faultsOf(operation.body, body), '', `${what}: the description lets it pass`);
  const answer = await make(server, operation, { query: queryOf(operation), body: JSON.stringify(body) });
  assert.equal(answer.status, 400, `${what}: ${answer.body}`);
  assertIsDescribed(operation, answer, what);
  assert.equal(JSON.parse(answer.body).pointer ?? '', pointer, `${what}: ${answer.body}`);
}

test('the description is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document));
  assert.ok(valid, JSON.stringify(errors, null, 2));
  assert.equal(validator.version, '3.1');
});

test('every operation has a unique id and a summary', () => {
  const ids = operations.map((operation) => operation.id);
  assert.deepEqual(ids, [...new Set(ids)]);
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item)) if (operation.responses) assert.ok(operation.summary);
  }
});

test('every example in the description fits its schema', () => {
  assert.ok(examples().length > 0);
  for (const { schema, value, place } of examples()) assertFits(schema, value, place);
});

test('the server returns this description', async (t) => {
  const server = await start(t);
  const { status, body } = await send(`${server.url}/_local/openapi.json`);
  assert.equal(status, 200, body);
  assert.deepEqual(JSON.parse(body), document);
});

test('the description has exactly the calls that the server lists', async (t) => {
  const server = await start(t);
  const { body } = await send(`${server.url}/_local/`);
  const listed = JSON.parse(body).calls.map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual(operations.map(({ name }) => name).sort(), listed.sort());
});

test('every call of this test belongs to a described operation', () => {
  const ids = operations.map((operation) => operation.id);
  for (const table of [calls, badBodies, badQueries]) {
    for (const id of Object.keys(table)) assert.ok(ids.includes(id), id);
  }
});

for (const operation of operations) {
  test(`${operation.name} answers as described, with every described status`, async (t) => {
    assert.ok(calls[operation.id], 'there is no call of it here');
    const server = await start(t);
    await refuseQuery(server, operation, { nonsense: '1' });
    await refuseStranger(server, operation, { host: 'films.example.com' });
    await refuseStranger(server, operation, { origin: 'https://films.example.com' });
    const seen = new Set([400, 403]);
    for (const call of calls[operation.id]) {
      const target = call.flags ? await start(t, call.flags) : server;
      seen.add(await makeAsDescribed(target, operation, call));
    }
    const ofStops = statusesOfStops[operation.id] ?? [];
    assert.ok(!ofStops.some((status) => seen.has(status)), 'a status of the table was seen: remove it');
    const given = [...seen, ...ofStops].sort();
    assert.deepEqual(given, [...operation.responses.keys()].sort(), 'statuses given, and described');
  });

  test(`${operation.name} refuses parameters that do not fit the description`, async (t) => {
    const server = await start(t);
    for (const query of badQueriesOf(operation)) await refuseQuery(server, operation, query);
  });
}

for (const operation of operations.filter(({ body }) => body)) {
  test(`${operation.name} refuses bodies that do not fit the description, with a pointer`, async (t) => {
    assert.ok(badBodies[operation.id], 'there is no bad body for it here');
    const server = await start(t);
    for (const [body, pointer] of badBodies[operation.id]) await refuseBody(server, operation, body, pointer);
  });

  test(`${operation.name} refuses a body that is not JSON`, async (t) => {
    const server = await start(t);
    for (const body of ['', 'hello', '{"by": "1s"', '{} {}']) {
      const answer = await make(server, operation, { query: queryOf(operation), body });
      assert.equal(answer.status, 400, `${JSON.stringify(body)}: ${answer.body}`);
      assertIsDescribed(operation, answer, body);
    }
  });
}

test('every path refuses other methods with 405, and lists the described ones', async (t) => {
  const server = await start(t);
  for (const path of Object.keys(document.paths)) {
    const described = operations.filter((operation) => operation.path === path).map(({ method }) => method);
    for (const method of ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'].filter((each) => !described.includes(each))) {
      const answer = await make(server, { method, path });
      assert.equal(answer.status, 405, `${method} ${path}: ${answer.body}`);
      assertIsAs(responseNamed('WrongMethod'), answer, `${method} ${path}`);
      const allowed = answer.headers.allow.split(', ').filter((each) => each !== 'HEAD');
      assert.deepEqual(allowed.sort(), described.sort(), path);
    }
  }
});

test('a path that is not described is a 404', async (t) => {
  const server = await start(t);
  for (const path of ['/_local/nothing', '/_local/clock/', '/_local/rules/', '/_local']) {
    const answer = await make(server, { method: 'GET', path });
    assert.equal(answer.status, 404, `${path}: ${answer.body}`);
    assertIsAs(responseNamed('NotThere'), answer, path);
  }
});
