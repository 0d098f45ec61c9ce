// The installed AWS CLI, version 2.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runAws } from './cli_fork.mjs';
import { checkedUrl } from './response_check.mjs';
import { runCommand, temporaryFolder } from './server.mjs';

const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];

/** The first `aws` in PATH of version 2, and its version. A version 1 may come before it. */
async function findAws() {
  for (const candidate of new Set(folders.map((folder) => join(folder, 'aws')))) {
    if (!existsSync(candidate)) continue;
    const { stdout, stderr } = await runCommand(candidate, ['--version']);
    const [, version] = /^aws-cli\/(2\.\S+)/.exec(stdout + stderr) ?? [];
    if (version) return { aws: candidate, version };
  }
  return {};
}

/** The path and the version of the CLI, or both undefined. */
export const { aws, version: awsVersion } = await findAws();

/** Why a test that needs it is skipped, or false. */
export const skipWithoutAws = aws === undefined && 'no AWS CLI of version 2 is in PATH, /usr/bin or /usr/local/bin';

/** An environment in which the CLI has its own home, and a key if the test gives one. */
export async function shellOf(t, accessKeyId) {
  const key = accessKeyId && { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: 'local' };
  return { HOME: await temporaryFolder(t), TZ: 'UTC', AWS_PAGER: '', AWS_EC2_METADATA_DISABLED: 'true', ...key };
}

/** A function that runs `aws` with exactly the given arguments. */
export async function awsOf(t, { accessKeyId, env = {} } = {}) {
  const shell = { ...(await shellOf(t, accessKeyId)), ...env };
  return (...args) => runAws(aws, args, shell);
}

/** A function that runs `aws personalize`, or the command of another service, against the server. */
export async function cliOf(t, server, { accessKeyId, region = 'us-east-1', env, service = 'personalize' } = {}) {
  const run = await awsOf(t, { accessKeyId, env });
  const url = service === 'personalize' ? await checkedUrl(t, server) : server.url;
  const common = ['--endpoint-url', url, '--region', region, ...(accessKeyId ? [] : ['--no-sign-request'])];
  return (...args) => run(service, ...args, ...common);
}

/** The output of a command, which must succeed. */
export async function printed(running) {
  const { code, stdout, stderr } = await running;
  assert.equal(code, 0, stderr);
  return stdout;
}
