// The calls of the page: `/_local/` and the services of the same server. Each answer is a value or a ServerError.
import { tenant } from './tenant.js';

/** What the server has refused, in its words. `pointer` names the place in the body, `name` the exception. */
export class ServerError extends Error {
  constructor(message, { status = 0, pointer = '', name = '', why = '', row, column } = {}) {
    super(message);
    Object.assign(this, { status, pointer, refusal: name, why, row, column });
  }
}

const gone = 'The server does not answer. The page goes on when it does.';

async function send(path, options) {
  try {
    return await fetch(path, { cache: 'no-store', ...options });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ServerError(gone);
  }
}

function parsed(text) {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return text;
  }
}

/** The address of a control call. Members of `query` that are empty are left out. */
export function controlPath(path, query = {}, { account = tenant.account } = {}) {
  const all = Object.entries({ ...query, account }).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(all).toString();
  return `/_local/${path}${search ? `?${search}` : ''}`;
}

/**
 * A call of `/_local/`: `control('PUT', 'clock', { body: { mode: 'frozen' } })`. It is about the account of the tenant
 * picker, unless `account` says otherwise. A body that is no plain value goes out as it is.
 */
export async function control(method, path, { query, body, account, type, signal } = {}) {
  const isPlain = body !== undefined && typeof body !== 'string' && !(body instanceof Blob);
  const kind = type ?? (isPlain && 'application/json');
  const answer = await send(controlPath(path, query, account === undefined ? {} : { account }), {
    method,
    signal,
    headers: { accept: 'application/json', ...(kind && { 'content-type': kind }) },
    body: isPlain ? JSON.stringify(body) : body,
  });
  const value = parsed(await answer.text());
  if (answer.ok) return value;
  throw new ServerError(value.error ?? `The server answered ${answer.status}.`, { ...value, status: answer.status });
}

/** The operations that are not at `/`: their service and path. */
export const otherPaths = {
  GetRecommendations: ['personalize-runtime', 'recommendations'],
  GetPersonalizedRanking: ['personalize-runtime', 'personalize-ranking'],
  GetActionRecommendations: ['personalize-runtime', 'action-recommendations'],
  PutEvents: ['personalize-events', 'events'],
  PutItems: ['personalize-events', 'items'],
  PutUsers: ['personalize-events', 'users'],
  PutActions: ['personalize-events', 'actions'],
  PutActionInteractions: ['personalize-events', 'action-interactions'],
};

/** The path and headers of a request that names an account and a region, where they are given. It is not signed. */
export function requestTo(operation, { account, region }) {
  const path = otherPaths[operation]?.[1] ?? '';
  const headers = path
    ? { 'Content-Type': 'application/json' }
    : { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `AmazonPersonalize.${operation}` };
  if (account || region) {
    const scope = `${account || 'console'}/20260101/${region || 'us-east-1'}/personalize/aws4_request`;
    headers.Authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  }
  return { path: `/${path}`, headers };
}

/**
 * A request of a service, as a client sends it: `{output, why, id}`. `owner` is the account and region that it names,
 * by default those of the tenant picker.
 */
export async function service(operation, input, owner = tenant) {
  const { path, headers } = requestTo(operation, owner);
  const answer = await send(path, { method: 'POST', headers, body: JSON.stringify(input) });
  const text = await answer.text();
  const value = parsed(text);
  const why = answer.headers.get('x-personalize-local-why') ?? '';
  if (answer.ok) return { output: value, why, id: answer.headers.get('x-amzn-requestid') };
  const name = (answer.headers.get('x-amzn-errortype') ?? value.__type ?? '').replace(/[:#].*$/, '');
  throw new ServerError(value.message ?? value.Message ?? `The server answered ${answer.status}.`, {
    status: answer.status,
    name,
    why,
  });
}

export const resourceOf = (arn) => control('GET', 'resource', { query: { arn }, account: '' });
