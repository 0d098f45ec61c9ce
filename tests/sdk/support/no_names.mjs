// Imported before a user's script: resolves only localhost, so that a script that would call AWS fails with the name of
// the host.
import dns from 'node:dns';

const { lookup } = dns;

dns.lookup = (host, options, done) =>
  host === 'localhost' ? lookup(host, options, done) : done(new Error(`${host} is not resolved in this test`));
