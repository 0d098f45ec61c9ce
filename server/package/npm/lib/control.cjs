'use strict';
// One call under /_local/ of a server. It goes past proxies, and waits as long as the server does.
const http = require('node:http');
const https = require('node:https');

/** The server refused a call, or did not answer it. `status` is undefined without an answer. */
class ControlError extends Error {
  constructor(call, { status, answer = {}, cause } = {}) {
    super(`${call}: ${status === undefined ? cause.message : `${status}, ${answer.error ?? JSON.stringify(answer)}`}`);
    this.name = 'ControlError';
    Object.assign(this, { status, answer });
    if (cause) this.cause = cause;
  }
}

function send(url, { method, headers, body }) {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const length = { 'content-length': Buffer.byteLength(body) };
    const sending = request(url, { method, headers: { ...headers, ...length }, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => (text += piece));
      response.once('error', reject).once('end', () => resolve({ response, text }));
    });
    sending.once('error', reject).end(body);
  });
}

/**
 * Calls `/_local/${path}` and returns the answer: parsed if it is JSON, else as text. `body` is sent as JSON, a text
 * as it is. Of `query`, what is undefined is left out.
 */
async function control(endpoint, method, path, { query = {}, body, headers = {} } = {}) {
  const url = new URL(`${endpoint.replace(/\/$/, '')}/_local/${path}`);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
  const text = body === undefined || typeof body === 'string' ? (body ?? '') : JSON.stringify(body);
  const call = `${method} ${url}`;
  const answered = await send(url, { method, headers, body: text }).catch((cause) => {
    throw new ControlError(call, { cause });
  });
  const isJson = /^application\/json\b/.test(answered.response.headers['content-type']);
  const answer = isJson ? JSON.parse(answered.text) : answered.text;
  const status = answered.response.statusCode;
  if (status >= 400) throw new ControlError(call, { status, answer: isJson ? answer : { error: answer } });
  return answer;
}

module.exports = { control, ControlError };
