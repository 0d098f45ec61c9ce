// The clients that find the server only by environment and configuration: those installed here, and their scripts.
import { fileURLToPath } from 'node:url';
import { aws, awsVersion, skipWithoutAws } from './cli.mjs';
import { runCommand } from './server.mjs';

const scriptOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The first Python with boto3: `{python, version}`, or an empty object. */
async function findBoto3() {
  const probe = 'import sys, boto3; print(sys.executable, boto3.__version__)';
  for (const candidate of ['python3', '/usr/bin/python3']) {
    const { code, stdout } = await runCommand(candidate, ['-c', probe]).catch((error) => error);
    const [python, version] = (stdout ?? '').trim().split(' ');
    if (code === 0) return { python, version };
  }
  return {};
}

const boto3 = await findBoto3();

const numbers = (version) => version.split('.').map(Number);

function isOlder(version, than) {
  const [a, b] = [numbers(version), numbers(than)];
  const at = a.findIndex((number, i) => number !== b[i]);
  return at >= 0 && a[at] < b[at];
}

/** The reason if a client of this version ignores endpoints in the environment, else false. */
const tooOld = (name, version, since) =>
  isOlder(version, since) && `${name} ${version} does not look for endpoints in the environment, which ${since} does`;

/**
 * Each client: `skip`, the reason why none of its tests can run, or false; `skipFound`, the same for tests in which the
 * client finds its endpoint by itself; `run(script, env)`; and the variables by which it trusts a CA. Of boto3 also the
 * interpreter.
 */
export const clients = {
  'the AWS CLI': {
    skip: skipWithoutAws,
    skipFound: skipWithoutAws || tooOld('the AWS CLI', awsVersion, '2.13.0'),
    trust: ['AWS_CA_BUNDLE', 'REQUESTS_CA_BUNDLE'],
    run(script, { AWS_ENDPOINT_URL, ...env }) {
      const url = this.skipFound && AWS_ENDPOINT_URL;
      const AWS = url ? `${aws} --endpoint-url ${url}` : aws;
      return runCommand('/bin/sh', [scriptOf(`${script}.sh`)], { env: { AWS, AWS_ENDPOINT_URL, ...env } });
    },
  },
  boto3: {
    python: boto3.python,
    skip: boto3.python === undefined && 'no Python here has boto3',
    get skipFound() {
      return this.skip || tooOld('boto3', boto3.version, '1.28.0');
    },
    trust: ['AWS_CA_BUNDLE', 'REQUESTS_CA_BUNDLE'],
    run: (script, env) => runCommand(boto3.python, [scriptOf(`${script}.py`)], { env }),
  },
  'the SDK for JavaScript': {
    skip: false,
    skipFound: false,
    trust: ['NODE_EXTRA_CA_CERTS'],
    run(script, { HTTPS_PROXY, ...env }) {
      const NODE_OPTIONS = `--import ${scriptOf('no_names.mjs')}`;
      return runCommand(process.execPath, [scriptOf(`${script}.mjs`)], { env: { NODE_OPTIONS, ...env } });
    },
  },
};
