// Runs one file of tests for CTest: node run.mjs FILE. Exits 77, for skipped, if the packages that it needs are not
// installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('..', import.meta.url));
const file = process.argv[2];

const needsPackages = /from '(?!node:|\.)|support\/personalize\.mjs/.test(readFileSync(`${home}/${file}`, 'utf8'));
if (needsPackages && !existsSync(`${home}/node_modules`)) {
  console.log('skipped: the AWS SDK for JavaScript and other packages are not installed; run npm ci in tests/sdk');
  process.exit(77);
}
const { status } = spawnSync(process.execPath, ['--test', file], { cwd: home, stdio: 'inherit' });
process.exit(status ?? 1);
