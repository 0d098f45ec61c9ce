// For tests of the container image: its Dockerfile, the static program, an empty root to run it in, and an engine that
// has the image.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, chown, copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { atEnd, Child, cleanEnvironment, runCommand, temporaryFolder, until } from './server.mjs';

export const top = fileURLToPath(new URL('../../..', import.meta.url));
export const textOf = (path) => readFileSync(join(top, path), 'utf8');
export const dockerfile = textOf('docker/Dockerfile');

/** The stages of a Dockerfile, each a list of `{name, text}`: an instruction and its arguments on one line. */
export function stagesOf(text) {
  const lines = text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, ' ')
    .split('\n');
  const stages = [[]]; // the first holds the instructions before FROM
  for (const line of lines.filter((each) => each.trim() !== '')) {
    const [, name, rest] = /^(\w+)\s+(.*)$/.exec(line);
    if (name === 'FROM') stages.push([]);
    stages.at(-1).push({ name, text: rest });
  }
  return stages.slice(1);
}

/** The maximum size of the image. */
export const mostBytes = 16 * 1024 * 1024;

export const staticBinary = process.env.PLOCAL_STATIC_BINARY;
export const skipWithoutBinary = !staticBinary && 'PLOCAL_STATIC_BINARY names no static program';

/** The types of an ELF file's program headers. */
export async function segmentTypes(file) {
  const bytes = await readFile(file);
  if (bytes.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') throw new Error(`${file} is no ELF file of 64 bits`);
  const [at, size, count] = [Number(bytes.readBigUInt64LE(32)), bytes.readUInt16LE(54), bytes.readUInt16LE(56)];
  return Array.from({ length: count }, (_, i) => bytes.readUInt32LE(at + i * size));
}

export const user = 65532;
const isRoot = process.getuid() === 0;

/** Runs a shell script in its own namespaces: its mounts end with it, and the program that it executes is process 1. */
const apart = ['--mount', '--pid', '--fork', '--kill-child', ...(isRoot ? [] : ['--map-root-user'])];
const seal = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && ';
const leap = isRoot
  ? `exec chroot --userspec=${user}:${user} --groups= "$@"`
  : `exec unshare --map-user=${user} --map-group=${user} --root="$@"`;
const apartFrom = (root, args) => [...apart, 'sh', '-c', seal + leap, 'sh', root, '/personalize-local', ...args];

/** A folder with the program and /data, like the root of the image. */
export async function emptyRoot(t) {
  const root = await temporaryFolder(t);
  await copyFile(staticBinary, join(root, 'personalize-local'));
  await chmod(join(root, 'personalize-local'), 0o755);
  await mkdir(join(root, 'data'));
  await chmod(root, 0o755);
  if (isRoot) await chown(join(root, 'data'), user, user);
  return root;
}

/** The reason why nothing can run in an empty root, or false. */
export function skipWithoutRoot() {
  if (skipWithoutBinary) return skipWithoutBinary;
  const { status } = spawnSync('unshare', [...apart, 'sh', '-c', 'mount --bind /tmp /tmp']);
  return status !== 0 && 'no namespaces of its own are allowed here';
}

/** Runs the program to its end in the root. */
export const runInRoot = (root, args, env) => runCommand('unshare', apartFrom(root, args), { env });

/** The program as process 1 of the root: a Child with `url`, `port`, `pid` from outside, and `readyMs`. */
export async function startInRoot(t, root, env) {
  const began = performance.now();
  const child = new Child('unshare', apartFrom(root, []), { env: cleanEnvironment(env) });
  atEnd(t, () => child.process.kill('SIGKILL') && child.end());
  await until('the ready line', () => child.stdout.includes('\n') || child.exit);
  if (child.exit) throw new Error(child.stderr);
  child.readyMs = performance.now() - began;
  child.port = Number(/ ready on http:\/\/\S+:(\d+) /.exec(child.stdout)[1]);
  const { pid } = child.process;
  child.pid = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
  return child;
}

/** A field of /proc/PID/status, as text. */
export const statusField = (pid, name) =>
  new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1];

/** The first running engine that has the image, or undefined. */
export const engine = ['docker', 'podman'].find(
  (each) => spawnSync(each, ['image', 'inspect', 'personalize-local:latest']).status === 0,
);
export const skipWithoutEngine = !engine && 'no engine runs that has the image personalize-local:latest';

/** Runs a command of the engine, which must succeed, and returns its output. */
export async function engineSays(...args) {
  const { code, stdout, stderr } = await runCommand(engine, args);
  if (code !== 0) throw new Error(`${engine} ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** Starts a container, removed after the test, and returns its id. */
export async function startImage(t, ...flags) {
  const id = await engineSays('run', '--detach', '--network', 'none', ...flags, 'personalize-local:latest');
  atEnd(t, () => engineSays('rm', '--force', id));
  return id;
}
