'use strict';
// Starts a server, or finds the one that runs already.
const { randomInt } = require('node:crypto');
const { Child, StartError } = require('./child.cjs');
const { ControlError } = require('./control.cjs');
const { containerOf } = require('./image.cjs');
const { argumentsOf, findProgram } = require('./program.cjs');
const { Tenant } = require('./tenant.cjs');

const defaults = { region: 'us-east-1', account: '000000000000', startTimeout: 60_000 };

class Server extends Tenant {
  #child;

  constructor({ child, httpsEndpoint, ...rest }) {
    super(rest);
    this.#child = child;
    this.httpsEndpoint = httpsEndpoint;
  }

  get log() {
    return this.#child?.log ?? '';
  }

  async tenant(account = String(randomInt(100_000_000_000, 1_000_000_000_000))) {
    const { endpoint, region } = this;
    const tenant = new Tenant({ endpoint, region, account });
    await tenant.reset();
    return tenant;
  }

  async stop() {
    await this.#child?.stop();
  }
}

/** The server at an address that the environment names. Nothing is started, and nothing is stopped. */
async function attach(endpoint, place, flags) {
  const server = new Server({ endpoint, ...place });
  await server.health().catch((error) => {
    throw new StartError(`PERSONALIZE_LOCAL_ENDPOINT is ${endpoint}, and no server is ready there: ${error.message}`);
  });
  const names = Object.keys(flags).filter((name) => !(name in defaults) && flags[name] !== undefined);
  if (names.length > 0) {
    process.emitWarning(`the server at ${endpoint} runs already, so these options do not reach it: ${names.join(', ')}`, {
      type: 'PersonalizeLocal',
    });
  }
  return server;
}

/** The addresses in the ready line, as a client can use them. */
function endpointsIn(line) {
  const [http, https] = (/ ready on (\S+)(?: and (\S+))? \(/.exec(line) ?? []).slice(1);
  const reachable = (url) => url?.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
  return { endpoint: reachable(http), httpsEndpoint: reachable(https) };
}

/** The variables of this process. Those of the packages are not for the program. */
function environment() {
  const { PERSONALIZE_LOCAL_ENDPOINT: endpoint, PERSONALIZE_LOCAL_IMAGE: image, ...rest } = process.env;
  return rest;
}

async function start(options = {}) {
  const { program = findProgram(), image, startTimeout = defaults.startTimeout, ...flags } = options;
  const place = { region: flags.region ?? defaults.region, home: flags.account ?? defaults.account };
  const running = process.env.PERSONALIZE_LOCAL_ENDPOINT;
  if (running) return attach(running.replace(/\/$/, ''), place, flags);

  const container = image || !program ? await containerOf(flags, image) : undefined;
  const own = () => ['--port=0', '--end-with=stdin', ...argumentsOf(flags)];
  const child = container
    ? new Child(container.command, container.args, process.env)
    : new Child(program, own(), environment());
  const line = await child.ready(startTimeout);
  try {
    const found = container ? { endpoint: await container.find() } : endpointsIn(line);
    if (!found.endpoint) throw new StartError(`it printed ${line}`, { stderr: child.log });
    return new Server({ child, ...found, ...place });
  } catch (error) {
    child.kill();
    throw error;
  }
}

module.exports = { ControlError, Server, StartError, Tenant, start };
