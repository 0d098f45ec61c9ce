// The examples in docker/examples, and what runs them where there is no engine: the program itself in a container's place.
import { chmod, copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aws } from './cli.mjs';
import { atEnd, runCommand, temporaryFolder } from './server.mjs';

const placeOf = (path) => fileURLToPath(new URL(path, import.meta.url));

export const folder = placeOf('../../../docker/examples');
export const top = placeOf('../../..');
const sdk = placeOf('../node_modules/@aws-sdk');
const standIns = placeOf('stand_ins');

/** What `./dev image` makes, and the port that the program listens on by default. */
export const image = 'personalize-local:latest';
export const port = 7377;

export const textOf = (name) => readFile(join(folder, name), 'utf8');

/** The variables of the program among these. */
export const ours = (variables) =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => name.startsWith('PERSONALIZE_LOCAL_')));

/** Writes a command into a folder for PATH. */
async function addCommand(bin, name, text) {
  await writeFile(join(bin, name), text);
  await chmod(join(bin, name), 0o755);
}

/** What surrounds a script: a PATH that begins with commands of the test's own, and a home without AWS settings. */
async function surroundings(t, commands) {
  const home = await temporaryFolder(t);
  for (const [name, text] of Object.entries(commands)) await addCommand(home, name, text);
  const quiet = { AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: '', TZ: 'UTC' };
  return { HOME: home, PATH: home + delimiter + process.env.PATH, ...quiet };
}

/** An `aws` that finds the server by the variable, as those before 2.13 do not by themselves. */
const awsCommand = `#!/bin/sh\nexec '${aws}' "$@" --endpoint-url "\${AWS_ENDPOINT_URL_PERSONALIZE:?}"\n`;

/** Runs a command of an application or a job, in the examples' folder, beside the server. */
export async function runBeside(t, server, command, args, env) {
  const endpoint = { AWS_ENDPOINT_URL_PERSONALIZE: server.url };
  const around = await surroundings(t, { aws: awsCommand });
  return runCommand(command, args, { cwd: folder, env: { ...env, ...around, ...endpoint } });
}

const standing = { STAND_IN_IMAGE: image, STAND_IN_PORT: String(port), PLOCAL_BINARY: process.env.PLOCAL_BINARY };

/** Runs the example for Node, in whose packages `testcontainers` is a stand-in. `change` is done to its text. */
export async function runNodeExample(t, change = (text) => text) {
  const place = await temporaryFolder(t);
  const standIn = join(place, 'node_modules/testcontainers');
  await mkdir(standIn, { recursive: true });
  await copyFile(join(standIns, 'testcontainers.mjs'), join(standIn, 'index.mjs'));
  await writeFile(join(standIn, 'package.json'), '{"name": "testcontainers", "exports": "./index.mjs"}');
  await symlink(sdk, join(place, 'node_modules/@aws-sdk'));
  await writeFile(join(place, 'personalize.test.mjs'), change(await textOf('personalize.test.mjs')));
  // This process is itself under `node --test`, which a child would go along with.
  const env = { ...standing, NODE_TEST_CONTEXT: undefined, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  return runCommand(process.execPath, ['--test-reporter=tap', 'personalize.test.mjs'], { cwd: place, env });
}

/** Runs the example for Python, the same way. */
export async function runPythonExample(t, change = (text) => text) {
  const place = await temporaryFolder(t);
  const standIn = join(place, 'testcontainers/core');
  await mkdir(standIn, { recursive: true });
  for (const name of ['container.py', 'waiting_utils.py']) {
    await copyFile(join(standIns, 'testcontainers.py'), join(standIn, name));
  }
  await writeFile(join(place, 'test_personalize.py'), change(await textOf('test_personalize.py')));
  const env = { ...standing, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  return runCommand('python3', ['-B', '-m', 'unittest', 'test_personalize'], { cwd: place, env });
}

const dockerCommand = `#!/bin/sh\nexec '${process.execPath}' '${join(standIns, 'docker.mjs')}' "$@"\n`;

/**
 * Runs docker-run.sh with a stand-in for docker: `{code, stdout, stderr}`, the `flags` that the container was started
 * with, and the `commands` that docker was asked for.
 */
export async function runDockerExample(t, args, env = {}) {
  const state = await temporaryFolder(t);
  const around = await surroundings(t, { docker: dockerCommand, aws: awsCommand });
  const read = (name) => readFile(join(state, name), 'utf8').catch(() => '');
  atEnd(t, async () => endLeftOver(await read('pid')));
  const result = await runCommand(join(folder, 'docker-run.sh'), args, {
    env: { ...around, ...standing, STAND_IN_STATE: state, ...env },
  });
  const [flags, commands] = [await read('run.json'), await read('commands')];
  return { ...result, flags: flags && JSON.parse(flags), commands: commands.trim().split('\n') };
}

/** Ends a container that the script has left running: one that it has stopped is nobody's any more. */
function endLeftOver(pid) {
  try {
    if (pid) process.kill(Number(pid), 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Why a test that runs `command` is skipped, or false. */
export async function skipWithout(command, args, what = command) {
  const trying = await runCommand(command, args).catch(() => ({ code: 1 }));
  return trying.code !== 0 && `${what} is not installed`;
}

export const parseJava = (file) => runCommand('java', [join(standIns, 'ParseJava.java'), file]);
