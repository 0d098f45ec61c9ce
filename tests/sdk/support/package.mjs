// Reads the contents of server/package/ and the packages made from it.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child, cleanEnvironment, runCommand, runProgram, temporaryFolder } from './server.mjs';

export const folder = fileURLToPath(new URL('../../../server/package', import.meta.url));
export const fixtures = fileURLToPath(new URL('../../../fixtures', import.meta.url));
export const textOf = (name) => readFileSync(join(folder, name), 'utf8');
export const manPage = textOf('personalize-local.1');

/** The reason to skip a test that needs these commands, or false. */
export function skipWithout(...commands) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const missing = commands.filter((command) => !folders.some((each) => existsSync(join(each, command))));
  return missing.length > 0 && `not installed: ${missing.join(', ')}`;
}

/** The output of a command, which must succeed. */
export async function printedBy(command, args, options) {
  const { code, stdout, stderr } = await runCommand(command, args, options);
  assert.equal(code, 0, `${command} ${args.join(' ')}: ${stderr}${stdout}`);
  return stdout;
}

/** The flags and commands in the help text of the program: `{flags: [{flag, value, fallback, variable}], commands}`. */
export async function readHelp() {
  const { stdout } = await runProgram(['--help']);
  const rows = stdout.matchAll(/^  (--\S+) ([A-Z]+) +.*\n +\(default: (.*); (PERSONALIZE_LOCAL_\w+)\)$/gm);
  const flags = [...rows].map(([, flag, value, fallback, variable]) => ({ flag, value, fallback, variable }));
  const commands = [...stdout.split('\nSubcommands:\n')[1].matchAll(/^  (\S+) /gm)].map(([, name]) => name);
  assert.ok(flags.length > 20 && commands.length === 4, stdout);
  return { flags, commands };
}

/** What --licenses prints: its `text`, the `libraries` that it lists, `{name, license}`, and the `headings` of notices. */
export async function readLicenses(program) {
  const text = program ? await printedBy(program, ['--licenses']) : (await runProgram(['--licenses'])).stdout;
  const list = text.split(/^=+$/m)[0].matchAll(/^ {4}(\S.*): (.+)$/gm);
  const libraries = [...list].map(([, name, license]) => ({ name, license }));
  const headings = [...text.matchAll(/^(=+)\n(.+)\n\1$/gm)].map(([, , heading]) => heading);
  return { text, libraries, headings };
}

/** The same from the manual page. */
export function readManPage() {
  const rows = manPage.matchAll(/^\.It Fl -(\S+) Ar (\S+)\n((?:(?!\.It).*\n)*?)\.Pq default: (.*); Ev (\S+)$/gm);
  const flags = [...rows].map(([, name, value, , fallback, variable]) => {
    return { flag: `--${name}`, value, fallback, variable };
  });
  const commands = [...manPage.matchAll(/^\.It Cm ([a-z-]+)/gm)].map(([, name]) => name);
  return { flags, commands };
}

const inBash = `
  cd "$1"; . "$2"; shift 2
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
  _personalize_local 2>&1
  printf '%s\\n' "\${COMPREPLY[@]}"`;

/** The candidates of bash for the last word, in a folder. `=` and the texts around it are separate words. */
export async function completedByBash(words, { cwd = fixtures, program = process.env.PLOCAL_BINARY } = {}) {
  const file = join(folder, 'completions/bash/personalize-local');
  const printed = await printedBy('bash', ['--norc', '-c', inBash, 'bash', cwd, file, program, ...words]);
  return printed.split('\n').filter((line) => line !== '');
}

/** The candidates of zsh for each line, one list per line. */
export async function completedByZsh(t, lines, { cwd = fixtures } = {}) {
  const programs = await temporaryFolder(t);
  symlinkSync(process.env.PLOCAL_BINARY, join(programs, 'personalize-local'));
  const script = fileURLToPath(new URL('complete.zsh', import.meta.url));
  const env = { PATH: `${programs}${delimiter}${process.env.PATH}` };
  const printed = await printedBy('zsh', ['-f', script, join(folder, 'completions/zsh'), ...lines], { cwd, env });
  const lists = printed.split('completed\n').slice(1);
  return lists.map((list) => list.split('\n').filter((line) => line !== ''));
}

/** The static program, or undefined if CMake has not built it. Its build folder can be packaged. */
export const staticBinary = process.env.PLOCAL_STATIC_BINARY;
export const skipPacking = staticBinary
  ? skipWithout('cpack', 'dpkg-deb', 'tar')
  : 'PLOCAL_STATIC_BINARY does not name the program of the preset static';

/** Packages the static program under a umask, and returns the files `{deb, archive}`, or the archive alone. */
export async function pack(into, umask, generators = 'DEB;TGZ') {
  const command = `umask ${umask}; exec cpack --config CPackConfig.cmake -G '${generators}' -B '${into}'`;
  const packing = new Child('/bin/sh', ['-c', command], { env: cleanEnvironment(), cwd: dirname(staticBinary) });
  const { code } = await packing.end(240_000); // slow, since the compression is at its maximum
  assert.equal(code, 0, packing.stdout + packing.stderr);
  const ending = (end) => readdirSync(into).filter((name) => name.endsWith(end)).map((name) => join(into, name))[0];
  return { deb: ending('.deb'), archive: ending('.tar.gz') };
}

/** The entries of a listing by `tar -tv` or `dpkg-deb -c`: `{mode, owner, path}`, with paths relative to the root. */
export function entriesOf(listing, before) {
  return listing
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [mode, owner, , , , path] = line.split(/ +/);
      assert.ok(path.startsWith(before), line);
      return { mode, owner, path: path.slice(before.length) || './' };
    });
}
