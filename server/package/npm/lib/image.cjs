'use strict';
// The server in a container, where there is no program for the platform. The client of the container engine is the
// child: what happens to its stdin happens to that of the server.
const { execFile } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const { existsSync } = require('node:fs');
const { basename, resolve } = require('node:path');
const { StartError } = require('./child.cjs');
const { argumentsOf, platform } = require('./program.cjs');
const { image: ownImage } = require('../package.json').personalizeLocal;

const port = 7377;
const paths = ['fixtures', 'credentials']; // options whose files a container can be given
const without = ['host', 'db', 'tlsCert', 'tlsKey', 'tlsPort', 'tlsName'];

/** `{error, stdout, stderr}` of a command that has ended. */
const run = (command, args) =>
  new Promise((done) => {
    execFile(command, args, { windowsHide: true }, (error, stdout, stderr) => done({ error, stdout, stderr }));
  });

const firstLine = (text) => text.trim().split('\n')[0];

/** The client of the container engine that works here. Throws StartError with what is missing. */
async function findEngine(why) {
  const silent = [];
  for (const command of ['docker', 'podman']) {
    const { error, stdout, stderr } = await run(command, ['info']);
    if (!error) return command;
    if (error.code !== 'ENOENT') silent.push({ command, says: firstLine(stderr) || firstLine(stdout) });
  }
  const [first] = silent;
  const missing = first
    ? `${first.command} does not work (${first.says}): start it`
    : 'neither docker nor podman is installed: install one of them';
  throw new StartError(`${why}, but ${missing}, or set PERSONALIZE_LOCAL_ENDPOINT to a server that runs already`);
}

/** The options for the server in the container, and the volumes with the files that they name. */
function mounted(flags) {
  const volumes = [];
  const inside = { ...flags };
  for (const name of paths.filter((each) => flags[each] !== undefined)) {
    inside[name] = [flags[name]].flat().map((path) => {
      if (!existsSync(path)) throw new StartError(`${name}: there is no file or folder ${path}`);
      const target = `/mounted/${volumes.length}/${basename(path)}`;
      volumes.push(`--volume=${resolve(path)}:${target}:ro`);
      return target;
    });
  }
  return { inside, volumes };
}

/** How to run the image: `{command, args, find}`. `find` returns the endpoint once the server is ready. */
async function containerOf(flags, givenImage) {
  const image = givenImage ?? (process.env.PERSONALIZE_LOCAL_IMAGE || ownImage);
  const useless = without.find((each) => flags[each] !== undefined);
  if (useless) throw new StartError(`it runs as the image ${image} here, which cannot be given ${useless}`);
  if (flags.s3 !== undefined && !/:\/\/|^none$/.test(flags.s3)) {
    throw new StartError(`it runs as the image ${image} here, which cannot be given a folder as s3: give an endpoint`);
  }
  const reason = givenImage ? 'its image was asked for' : `there is no program for ${platform}, so its image is run`;
  const { port: published, ...rest } = flags;
  const { inside, volumes } = mounted(rest);
  const command = await findEngine(reason);
  const name = `personalize-local-${randomBytes(6).toString('hex')}`;
  const publish = `--publish=127.0.0.1:${published || ''}:${port}`;
  const options = ['--rm', '--interactive', `--name=${name}`, publish, '--cap-drop=ALL', ...volumes];
  const args = ['run', ...options, image, `--port=${port}`, '--end-with=stdin', ...argumentsOf(inside)];
  const find = async () => {
    const { error, stdout } = await run(command, ['port', name, `${port}/tcp`]);
    if (error) throw new StartError(`${command} does not know the port of the container`, { stderr: error.message });
    return `http://${firstLine(stdout)}`;
  };
  return { command, args, find };
}

module.exports = { containerOf };
