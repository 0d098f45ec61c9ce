'use strict';
// The program of this platform, which a package of its own brings, and its arguments.
const { existsSync } = require('node:fs');
const { dirname, join } = require('node:path');

const platform = `${process.platform}-${process.arch}`;

/** The path of the program, or undefined if there is none for this platform or its package is not installed. */
function findProgram() {
  try {
    const file = require.resolve(`@personalize-local/${platform}/package.json`);
    const program = join(dirname(file), 'bin', 'personalize-local');
    return existsSync(program) ? program : undefined;
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

const longestArgument = 120 * 1024; // bytes; Linux takes a little more

function argumentOf(name, value) {
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const bytes = Buffer.byteLength(text);
  if (bytes <= longestArgument) return `${flag}=${text}`;
  const remedy = name === 'fixturesJson' ? ': write it to a file, and give the path as fixtures' : '';
  throw new RangeError(`${name} has ${bytes} bytes, and at most ${longestArgument} fit${remedy}`);
}

/** The options as flags: `inProgress` is --in-progress, an array repeats its flag. The program checks them. */
function argumentsOf(flags) {
  return Object.entries(flags).flatMap(([name, value]) =>
    [value]
      .flat()
      .filter((each) => each !== undefined && each !== null)
      .map((each) => argumentOf(name, each)),
  );
}

module.exports = { argumentsOf, findProgram, platform };
