// Runs the examples in docker/examples without a container engine: the program itself takes the place of a container.
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

/** The image that `./dev image` builds, and the default port of the program. */
export const image = 'personalize-local:latest';
export const port = 7377;

export const textOf = (name) => readFile(join(folder, name), 'utf8');

/** Those of these variables that belong to the program. */
export const ours = (variables) =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => name.startsWith('PERSONALIZE_LOCAL_')));

/** Writes an executable script into a folder for PATH. */
async function addCommand(bin, name, text) {
  await writeFile(join(bin, name), text);
  await chmod(join(bin, name), 0o755);
}

/** The environment of a script: a PATH that begins with commands of the test, and a home without AWS settings. */
async function surroundings(t, commands) {
  const home = await temporaryFolder(t);
  for (const [name, text] of Object.entries(commands)) await addCommand(home, name, text);
  const quiet = { AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: '', TZ: 'UTC' };
  return { HOME: home, PATH: home + delimiter + process.env.PATH, ...quiet };
}

/** An `aws` that finds the server, or S3, by the variable, which versions before 2.13 ignore. */
const awsCommand = `#!/bin/sh
case $1 in s3*) url=\${AWS_ENDPOINT_URL_S3:?} ;; *) url=\${AWS_ENDPOINT_URL_PERSONALIZE:?} ;; esac
exec '${aws}' "$@" --endpoint-url "$url"
`;

/** Runs a command of an application or a job in the folder of the examples, with a running server. */
export async function runBeside(t, server, command, args, env) {
  const endpoint = { AWS_ENDPOINT_URL_PERSONALIZE: server.url };
  const around = await surroundings(t, { aws: awsCommand });
  return runCommand(command, args, { cwd: folder, env: { ...env, ...around, ...endpoint } });
}

const standing = { STAND_IN_IMAGE: image, STAND_IN_PORT: String(port), PLOCAL_BINARY: process.env.PLOCAL_BINARY };

/** Runs the example for Node with a stand-in for `testcontainers`, after `change` has edited its text. */
export async function runNodeExample(t, change = (text) => text) {
  const place = await temporaryFolder(t);
  const standIn = join(place, 'node_modules/testcontainers');
  await mkdir(standIn, { recursive: true });
  await copyFile(join(standIns, 'testcontainers.mjs'), join(standIn, 'index.mjs'));
  await writeFile(join(standIn, 'package.json'), '{"name": "testcontainers", "exports": "./index.mjs"}');
  await symlink(sdk, join(place, 'node_modules/@aws-sdk'));
  await writeFile(join(place, 'personalize.test.mjs'), change(await textOf('personalize.test.mjs')));
  // This process runs under `node --test`; a child would report to the same runner.
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
 * The environment of a script that runs an image by a stand-in for docker. `flags` answers those of its container, and
 * `commands` what the script used of docker.
 */
export async function standInDocker(t, ofImage = image) {
  const state = await temporaryFolder(t);
  const around = await surroundings(t, { docker: dockerCommand, aws: awsCommand });
  const read = (name) => readFile(join(state, name), 'utf8').catch(() => '');
  atEnd(t, async () => endLeftOver(await read('pid')));
  return {
    env: { ...around, ...standing, STAND_IN_IMAGE: ofImage, STAND_IN_STATE: state },
    flags: async () => JSON.parse((await read('run.json')) || '""'),
    commands: async () => (await read('commands')).trim().split('\n'),
  };
}

/** Runs docker-run.sh that way. Returns `{code, stdout, stderr, flags, commands}`. */
export async function runDockerExample(t, args, env = {}) {
  const docker = await standInDocker(t);
  const result = await runCommand(join(folder, 'docker-run.sh'), args, { env: { ...docker.env, ...env } });
  return { ...result, flags: await docker.flags(), commands: await docker.commands() };
}

/** Ends a container that the script has left running. One that the script has stopped needs nothing. */
function endLeftOver(pid) {
  try {
    if (pid) process.kill(Number(pid), 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** The reason to skip a test that runs `command`, or false. */
export async function skipWithout(command, args, what = command) {
  const trying = await runCommand(command, args).catch(() => ({ code: 1 }));
  return trying.code !== 0 && `${what} is not installed`;
}

/**
 * A folder with the classes of these sources, compiled against stand-ins for Testcontainers, JUnit and the SDK, and of
 * PersonalizeLocalContainer. `sources` are texts by file names.
 */
export async function compileJava(t, sources) {
  const [place, classes] = [await temporaryFolder(t), await temporaryFolder(t)];
  const texts = { 'PersonalizeLocalContainer.java': await textOf('PersonalizeLocalContainer.java'), ...sources };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(place, name), text);
  const files = [...Object.keys(texts).map((name) => join(place, name)), join(standIns, 'java/RunTests.java')];
  const options = ['-Xlint:all', '-Werror', '--release', '17', '-implicit:class', '-sourcepath', join(standIns, 'java')];
  const compiled = await runCommand('javac', [...options, '-d', classes, ...files]);
  return { ...compiled, classes };
}

/** Runs a class of such a folder. */
export const runJava = (classes, name, args = [], env = {}) =>
  runCommand('java', ['-XX:TieredStopAtLevel=1', '-cp', classes, name, ...args], { env: { ...standing, ...env } });

export const parseJava = (file) => runCommand('java', [join(standIns, 'ParseJava.java'), file]);
