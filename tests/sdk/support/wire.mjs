// Requests without an SDK, for details that an SDK hides.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';
import { atEnd } from './server.mjs';

/** Sends one request over a new connection: `{status, headers, body}`. */
export async function send(url, { method = 'GET', headers = {}, body = '' } = {}) {
  const request = http.request(url, { method, headers, agent: false });
  request.end(body);
  const [response] = await once(request, 'response');
  let text = '';
  for await (const piece of response.setEncoding('utf8')) text += piece;
  return { status: response.statusCode, headers: response.headers, body: text };
}

/** Calls an operation of Personalize with `input`, as JSON text or as a value. */
export function call(server, operation, input = {}, headers = {}) {
  return send(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonPersonalize.${operation}`,
      ...headers,
    },
    body: typeof input === 'string' ? input : JSON.stringify(input),
  });
}

/** An authorization header of a client with this key, without a valid signature. */
export function signedBy(accessKeyId, { region = 'us-east-1', service = 'personalize' } = {}) {
  return {
    authorization:
      `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260131/${region}/${service}/aws4_request, ` +
      `SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
  };
}

/** A connection that sends only what a test writes to it, closed after the test. */
export async function connectionTo(t, server) {
  const socket = net.connect(server.port, '127.0.0.1');
  atEnd(t, () => socket.destroy());
  socket.on('error', () => {}); // the server may close it first
  await once(socket, 'connect');
  return socket;
}

/** True if the server accepts new connections. */
export async function isOpen(server) {
  const socket = net.connect(server.port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A call of the control API that must succeed: `control(server, 'POST', 'clock/advance', { by: '1s' })`. */
export async function control(server, method, path, body) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const answer = await send(`${server.url}/_local/${path}`, { method, body: text });
  assert.equal(answer.status, 200, `${method} /_local/${path}: ${answer.body}`);
  return JSON.parse(answer.body);
}
