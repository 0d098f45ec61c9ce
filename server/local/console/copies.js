// Requests and resources as texts to take along: a call of the AWS CLI, a call of curl, a fixture.
import { describeOf, h, kindOfArn, linkTo, otherPaths, prettyJson, requestTo } from './kit.js';

export const quoted = (text) => (/^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

const dashed = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The Describe of a resource as its own account asks for it. */
const describing = ({ arn, kind, account, region }) => ({
  operation: describeOf(kind),
  account,
  region,
  input: { [`${kind}Arn`]: arn },
});

/** A request of the journal, or the Describe of a resource, as a call of the AWS CLI. */
export function cliCall(of) {
  const { operation, account = 'local', region = 'us-east-1', input = {} } = of.arn ? describing(of) : of;
  const isPlain = Object.values(input).every((value) => typeof value === 'string');
  const flags = Object.entries(input).map(([name, value]) => `--${dashed(name)} ${quoted(value)}`);
  const given = isPlain ? flags.join(' ') : `--cli-input-json ${quoted(JSON.stringify(input))}`;
  const call = `aws ${otherPaths[operation]?.[0] ?? 'personalize'} ${dashed(operation).slice(1)} ${given}`;
  const keys = `AWS_ACCESS_KEY_ID=${account} AWS_SECRET_ACCESS_KEY=local`;
  return `${keys} \\\n  ${call} \\\n  --endpoint-url ${location.origin} --region ${region}`;
}

export function curlCall(of) {
  const { operation, account, region, input = {} } = of.arn ? describing(of) : of;
  const { path, headers } = requestTo(operation, { account, region });
  const body = typeof input === 'string' ? input : JSON.stringify(input);
  const lines = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  return [`curl ${location.origin}${path}`, ...lines, `-d ${quoted(body)}`].join(' \\\n  ');
}

export function fixtureOf({ describe }) {
  const isTime = (name, value) => name.endsWith('DateTime') && typeof value === 'number';
  return JSON.stringify(
    describe,
    (name, value) => (isTime(name, value) ? new Date(value * 1000).toISOString() : value),
    2,
  );
}

/** JSON to read, in which each ARN of a resource leads to it. */
export function linkedJson(value, label) {
  const parts = prettyJson(value).split(/("arn:aws[^"\s]*")/);
  const shown = parts.map((part) => {
    const arn = part.slice(1, -1);
    if (!part.startsWith('"arn:aws') || !kindOfArn(arn)) return part;
    return ['"', h('a', { href: linkTo('world', arn) }, arn), '"'];
  });
  return h('pre.code', { tabIndex: 0, role: 'region', 'aria-label': label }, shown);
}
