// A stand-in for the package testcontainers: a container is the program itself, with the given variables.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export const Wait = { forLogMessage: (pattern) => pattern };

export class GenericContainer {
  #env;
  #ports;
  #pattern;

  constructor(image) {
    assert.equal(image, process.env.STAND_IN_IMAGE);
  }

  withEnvironment(env) {
    this.#env = env;
    return this;
  }

  withExposedPorts(...ports) {
    this.#ports = ports;
    return this;
  }

  withWaitStrategy(pattern) {
    this.#pattern = pattern;
    return this;
  }

  async start() {
    const stdio = ['ignore', 'pipe', 'inherit'];
    const server = spawn(process.env.PLOCAL_BINARY, ['--port', '0'], { env: this.#env, stdio });
    const [line] = await once(createInterface({ input: server.stdout }), 'line'); // the program prints only one
    if (this.#pattern.test(line)) return new Started(server, this.#ports, /:(\d+) \(db/.exec(line)[1]);
    server.kill('SIGTERM');
    throw new Error(`the container does not say ${this.#pattern}`);
  }
}

class Started {
  constructor(server, ports, port) {
    Object.assign(this, { server, ports, port });
  }

  getHost() {
    return '127.0.0.1';
  }

  getMappedPort(port) {
    assert.ok(this.ports.includes(port), `port ${port} is not exposed`);
    assert.equal(port, Number(process.env.STAND_IN_PORT), 'nothing listens there');
    return Number(this.port);
  }

  async stop() {
    this.server.kill('SIGTERM');
    await once(this.server, 'exit');
  }
}
