// Checks every answer to a client against the model as it was received, before an SDK parses it.
import assert from 'node:assert/strict';
import http from 'node:http';
import { once } from 'node:events';
import { atEnd } from './server.mjs';
import { faultsOfOutput, faultsOfRefusal } from './output_shape.mjs';

async function bytesOf(body) {
  const pieces = [];
  for await (const piece of body ?? []) pieces.push(piece);
  return Buffer.concat(pieces);
}

function faultsOf(operation, { statusCode, headers }, text) {
  if (statusCode === 200) return faultsOfOutput(operation, text);
  const isRuled = (headers['x-personalize-local-why'] ?? '').endsWith('(ruled)');
  return faultsOfRefusal(operation, statusCode, text, { isRuled });
}

/**
 * Fails each call of the client whose answer does not fit the model, and the test with it, even if the test expects a
 * refusal. A truncated answer stays a network error.
 */
export function checkResponses(t, client) {
  const found = [];
  const check =
    (next, { commandName }) =>
    async (args) => {
      const result = await next(args);
      const { response } = result;
      response.body = await bytesOf(response.body);
      const operation = commandName.replace(/Command$/, '');
      const faults = faultsOf(operation, response, response.body.toString());
      found.push(...faults.map((fault) => `${operation}: ${fault}`));
      assert.deepEqual(faults, [], `what ${operation} answers is not what the model says`);
      return result;
    };
  client.middlewareStack.add(check, { step: 'deserialize', priority: 'low', name: 'checkResponses' });
  atEnd(t, () => assert.deepEqual(found, [], 'some answers are not what the model says'));
}

/** Forwards one request and returns its answer unchanged. A truncated answer is truncated here too. */
async function forward(server, request, response, note) {
  const { method, headers } = request;
  const forwarded = http.request(new URL(request.url, server.url), { method, headers, agent: false });
  forwarded.end(await bytesOf(request));
  const [answered] = await once(forwarded, 'response');
  const body = await bytesOf(answered);
  const [, operation] = /^AmazonPersonalize\.(.+)$/.exec(headers['x-amz-target'] ?? '') ?? [];
  if (operation) note(operation, faultsOf(operation, answered, body.toString()));
  response.writeHead(answered.statusCode, answered.headers);
  response.end(body);
}

/**
 * The address of a proxy before the server, for clients whose raw answers no test can read. The proxy reads them all
 * and fails the test if one does not fit the model.
 */
export async function checkedUrl(t, server) {
  const found = [];
  const note = (operation, faults) => found.push(...faults.map((fault) => `${operation}: ${fault}`));
  const proxy = http.createServer((request, response) => {
    forward(server, request, response, note).catch(() => response.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  atEnd(t, async () => {
    proxy.closeAllConnections?.();
    proxy.close();
    assert.deepEqual(found, [], 'some answers are not what the model says');
  });
  return `http://127.0.0.1:${proxy.address().port}`;
}
