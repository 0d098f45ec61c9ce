// A stand-in for `docker` with the commands that docker-run.sh uses: a container is the program itself, its folders are
// below STAND_IN_STATE. Every other command is refused.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { PLOCAL_BINARY: binary, STAND_IN_STATE: state, STAND_IN_IMAGE: image, STAND_IN_PORT: port } = process.env;
const id = 'c0ffee';
const place = (name) => join(state, name);
const [command, ...args] = process.argv.slice(2);

/** True if the program runs. One that has ended but was not waited for does not. */
function isRunning() {
  const stat = `/proc/${readFileSync(place('pid'), 'utf8')}/stat`;
  return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
}

const log = () => readFileSync(place('log'), 'utf8');
const address = () => / ready on http:\/\/(\S+) /.exec(log())?.[1];
const isHealthy = () => spawnSync(binary, ['healthcheck', '--url', `http://${address()}`]).status === 0;

/** The path on the host of a path inside the container: below the folder of its volume. */
function outside(path, volumes) {
  for (const volume of volumes) {
    const [source, target] = volume.split(':');
    const folder = source.startsWith('/') ? source : place(source);
    mkdirSync(folder, { recursive: true });
    if (path === target || path.startsWith(`${target}/`)) return folder + path.slice(target.length);
  }
  return path;
}

function run() {
  const text = { type: 'string', multiple: true, default: [] };
  const flag = { type: 'boolean' };
  const options = {
    detach: flag,
    'read-only': flag,
    'cap-drop': text,
    'security-opt': text,
    publish: text,
    volume: text,
    env: text,
  };
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  assert.deepEqual(positionals, [image]);
  assert.ok(values.detach);
  writeFileSync(place('run.json'), JSON.stringify(values));
  const env = values.env
    .map((each) => each.split(/=(.*)/s))
    .map(([name, value]) => [name, outside(value, values.volume)]);
  const output = openSync(place('log'), 'w');
  const stdio = ['ignore', output, output];
  const server = spawn(binary, ['--port', '0'], { env: Object.fromEntries(env), stdio, detached: true });
  writeFileSync(place('pid'), String(server.pid));
  server.unref();
  console.log(id);
}

function inspect() {
  const [flag, template, ...containers] = args;
  assert.deepEqual([flag, template], ['--format', '{{.State.Status}} {{.State.Health.Status}}']);
  assert.deepEqual(containers, [id]);
  if (!isRunning()) console.log('exited unhealthy');
  else console.log(`running ${isHealthy() ? 'healthy' : 'starting'}`);
}

function stop() {
  assert.deepEqual(args, [id]);
  if (isRunning()) process.kill(Number(readFileSync(place('pid'), 'utf8')), 'SIGTERM');
  while (isRunning()) spawnSync('sleep', ['0.01']);
}

const commands = {
  run,
  inspect,
  stop,
  logs: () => console.log(log()),
  rm: () => assert.deepEqual([args, isRunning()], [[id], false]),
  port: () => {
    assert.deepEqual(args, [id, `${port}/tcp`]);
    console.log(address());
  },
};
appendFileSync(place('commands'), `${command}\n`);
commands[command]();
