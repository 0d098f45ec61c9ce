// The three services by each real client, in one form: `open(t, server)` gives `{call, knows}`. A call takes the input
// with its times as texts, and returns the output, or throws a Refusal.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as personalize from '@aws-sdk/client-personalize';
import * as events from '@aws-sdk/client-personalize-events';
import * as runtime from '@aws-sdk/client-personalize-runtime';
import { cliOf, skipWithoutAws } from './cli.mjs';
import { clients } from './clients.mjs';
import { configFor } from './personalize.mjs';
import { atEnd, cleanEnvironment } from './server.mjs';

/** How a client shows an error: `type` is its class where it has one, else the code of the error. */
export class Refusal extends Error {
  constructor({ type, code, message, status }) {
    super(message);
    Object.assign(this, { type, code, status });
  }
}

const identity = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_DEFAULT_REGION: 'us-east-1' };
const sdks = {
  personalize: [personalize, personalize.PersonalizeClient],
  'personalize-events': [events, events.PersonalizeEventsClient],
  'personalize-runtime': [runtime, runtime.PersonalizeRuntimeClient],
};

const times = ['sentAt', 'timestamp'];
const withDates = (input) =>
  JSON.parse(JSON.stringify(input), (key, value) => (times.includes(key) ? new Date(value) : value));

async function openSdk(t, server) {
  const opened = {};
  for (const [service, [, Client]] of Object.entries(sdks)) opened[service] = new Client(configFor(server));
  atEnd(t, () => Object.values(opened).forEach((client) => client.destroy()));
  return {
    knows: () => true,
    async call(service, operation, input) {
      try {
        const { $metadata: _, ...output } = await opened[service].send(
          new sdks[service][0][`${operation}Command`](withDates(input)),
        );
        return output;
      } catch (error) {
        const { name, message, $metadata } = error;
        throw new Refusal({ type: error.constructor.name, code: name, message, status: $metadata?.httpStatusCode });
      }
    },
  };
}

const boto3Program = fileURLToPath(new URL('boto3_calls.py', import.meta.url));

async function openBoto3(t, server) {
  const env = cleanEnvironment({ ...identity, AWS_MAX_ATTEMPTS: '1', AWS_CONFIG_FILE: '/dev/null' });
  const python = spawn(clients.boto3.python, [boto3Program, server.url], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  atEnd(t, async () => {
    const ended = python.exitCode === null && once(python, 'exit');
    python.stdin.end();
    await ended;
  });
  const ask = async (service, operation, input) => {
    python.stdin.write(`${JSON.stringify({ service, operation, input })}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error(`${boto3Program} has ended`);
    return JSON.parse(value);
  };
  return {
    knows: async (service, operation) => !(await ask(service, operation, null)).unknown,
    async call(service, operation, input) {
      const { output, refused } = await ask(service, operation, input);
      if (refused) throw new Refusal(refused);
      return output;
    },
  };
}

const kebab = (name) => name.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
const refusedByCli =
  /An error occurred \((\w+)\) when calling the \w+ operation(?: \(reached max retries: \d+\))?: (.*)/;

async function openCli(t, server) {
  const shells = {};
  for (const service of Object.keys(sdks)) {
    shells[service] = await cliOf(t, server, { accessKeyId: 'local', service, env: { AWS_MAX_ATTEMPTS: '1' } });
  }
  return {
    knows: async (service, operation) =>
      !/invalid choice/i.test((await shells[service](kebab(operation))).stderr),
    async call(service, operation, input) {
      const args = ['--cli-input-json', JSON.stringify(input), '--output', 'json'];
      const { code, stdout, stderr } = await shells[service](kebab(operation), ...args);
      if (code === 0) return stdout.trim() === '' ? {} : JSON.parse(stdout);
      const [, type, message] = refusedByCli.exec(stderr) ?? [];
      if (!type) throw new Error(`aws ${service} ${kebab(operation)}: ${stderr}`);
      throw new Refusal({ type, code: type, message: message.trimEnd() });
    },
  };
}

/** Each client: the reason why its tests are skipped, or false, and the type that an unmodelled error has there. */
export const dataClients = {
  'the SDK for JavaScript': {
    skip: false,
    open: openSdk,
    typeOfUnmodelled: (service) => `${sdks[service][1].name.replace('Client', '')}ServiceException`,
  },
  boto3: { skip: clients.boto3.skip, open: openBoto3, typeOfUnmodelled: () => 'ClientError' },
  'the AWS CLI': { skip: skipWithoutAws, open: openCli, typeOfUnmodelled: (_, code) => code },
};
