// One tenant's connection to the server: requests that are kept alive, and connections that break.
import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const longestMs = 60_000;

export class Wire {
  constructor(port) {
    this.port = port;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  }

  /** `{status, headers, body}`. Throws where there is no whole answer. */
  async send({ method, path, headers = {}, body = '' }) {
    const request = http.request({ port: this.port, host: '127.0.0.1', agent: this.agent, method, path, headers, timeout: longestMs });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${longestMs} ms`)));
    request.end(body);
    const [response] = await once(request, 'response');
    let text = '';
    for await (const piece of response.setEncoding('utf8')) text += piece;
    return { status: response.statusCode, headers: response.headers, body: text };
  }

  /** Sends the beginning of a request, or all of it, and breaks the connection at once or a little later. */
  async breakOff(text, draws) {
    const socket = net.connect(this.port, '127.0.0.1');
    socket.on('error', () => {}); // what breaks here is meant to
    await once(socket, 'connect');
    socket.write(text.slice(0, 1 + draws.below(text.length)));
    await pause(draws.below(5));
    if (draws.oneIn(2)) socket.resetAndDestroy();
    else socket.destroy();
  }

  close() {
    this.agent.destroy();
  }
}

/** A request as bytes. */
export const bytesOf = ({ method, path, headers = {}, body = '' }) =>
  [
    `${method} ${path} HTTP/1.1`,
    'host: localhost',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
