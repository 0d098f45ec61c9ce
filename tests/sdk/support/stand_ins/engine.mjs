// A stand-in for `docker` and `podman` as the npm and pip packages use them: a container is the program itself, which has
// the stdin of this process. STAND_IN_STATE is a folder for the addresses of containers and for what was asked.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

const { PLOCAL_BINARY: binary, STAND_IN_STATE: state, STAND_IN_PORT: port, STAND_IN_FAULT: fault } = process.env;
const [command, ...args] = process.argv.slice(2);
const name = basename(process.env.STAND_IN_NAME);

/** The arguments of the program outside of a container: with the folders of volumes, and on a free port. */
function outside(given, volumes) {
  const paths = volumes.map((volume) => /^(.+):(.+):ro$/.exec(volume).slice(1));
  const moved = given.map((arg) => {
    const [source, target] = paths.find(([, each]) => arg.endsWith(`=${each}`)) ?? [];
    return target ? arg.replace(target, source) : arg;
  });
  assert.ok(moved.includes(`--port=${port}`));
  return [...moved.filter((arg) => arg !== `--port=${port}`), '--port=0'];
}

function run() {
  const text = { type: 'string', multiple: true, default: [] };
  const flag = { type: 'boolean' };
  const options = { rm: flag, interactive: flag, name: { type: 'string' }, publish: text, volume: text, 'cap-drop': text };
  const split = args.findIndex((arg) => !arg.startsWith('-'));
  const [given, [image, ...programArgs]] = [args.slice(0, split), args.slice(split)];
  const { values } = parseArgs({ args: given, options });
  assert.ok(values.rm && values.interactive, 'it would be left behind');
  writeFileSync(join(state, 'run.json'), JSON.stringify({ ...values, image, args: programArgs }));
  const env = { PATH: process.env.PATH };
  const child = spawn(binary, outside(programArgs, values.volume), { env, stdio: ['inherit', 'pipe', 'inherit'] });
  writeFileSync(join(state, 'pid'), String(child.pid));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.stdout.setEncoding('utf8').on('data', (line) => {
    writeFileSync(join(state, values.name), / ready on http:\/\/(\S+) /.exec(line)[1]);
    process.stdout.write(line.replace(/http:\/\/\S+/, `http://0.0.0.0:${port}`));
  });
  child.once('close', (code) => process.exit(code));
}

const commands = {
  run,
  info() {
    if (!fault) return console.log('Server: a stand-in');
    console.error(fault);
    process.exitCode = 1;
  },
  port() {
    assert.equal(args[1], `${port}/tcp`);
    console.log(readFileSync(join(state, args[0]), 'utf8'));
  },
};
appendFileSync(join(state, 'commands'), `${name} ${command}\n`);
commands[command]();
