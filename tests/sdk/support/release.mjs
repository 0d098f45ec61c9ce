// For tests of the workflows and the action for GitHub.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { textOf, top } from './documents.mjs';
import { standInDocker } from './examples.mjs';
import { runCommand, temporaryFolder } from './server.mjs';

export const yamlOf = (file) => parse(textOf(file), { strict: true });

/** Runs the step of the action with these inputs, as a job of GitHub does: its end, variables, outputs and flags. */
export async function runAction(t, inputs, env = {}) {
  const { inputs: declared, runs } = yamlOf('action.yml');
  const [{ run, env: given }] = runs.steps;
  const defaults = Object.fromEntries(Object.entries(declared).map(([name, each]) => [`inputs.${name}`, each.default]));
  const [path, repository, ref] = ['path', 'repository', 'ref'].map((name) => `github.action_${name}`);
  const values = { ...defaults, [path]: top, [repository]: 'Somebody/local', [ref]: 'v1.2.3' };
  for (const [name, value] of Object.entries(inputs)) values[`inputs.${name}`] = value;
  const filled = Object.entries(given).map(([name, text]) => [name, values[text.slice(4, -3)]]);
  for (const [name, value] of filled) assert.notEqual(value, undefined, name);
  const written = await temporaryFolder(t);
  const outputs = { GITHUB_ENV: join(written, 'env'), GITHUB_OUTPUT: join(written, 'output') };
  const docker = await standInDocker(t, inputs.image || 'ghcr.io/somebody/personalize-local:1.2.3');
  const all = { ...docker.env, ...outputs, ...Object.fromEntries(filled), ...env };
  const ended = await runCommand('bash', ['-e', '-c', run], { env: all, cwd: join(top, 'docker/examples') });
  const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8').trim() : '');
  return { ...ended, env: read(outputs.GITHUB_ENV), output: read(outputs.GITHUB_OUTPUT), flags: await docker.flags() };
}
