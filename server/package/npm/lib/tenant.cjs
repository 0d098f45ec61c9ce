'use strict';
// What tests do to a server, or to one account of it, by calls under /_local/.
const { control } = require('./control.cjs');

/** A duration as the server writes it. A number is in milliseconds. */
const durationOf = (by) => (typeof by === 'number' ? `${Math.round(by)}ms` : by);
const momentOf = (now) => (now instanceof Date ? now.toISOString() : now);

const settingOf = (call, path) => ({
  get: () => call('GET', path),
  set: (body) => call('PUT', path, { body }),
});

const clockOf = (call) => ({
  ...settingOf(call, 'clock'),
  freeze: (now) => call('PUT', 'clock', { body: { mode: 'frozen', now: momentOf(now) } }),
  run: (speed = 1) => call('PUT', 'clock', { body: { mode: 'real', speed } }),
  advance: (by) => call('POST', 'clock/advance', { body: { by: durationOf(by) } }),
  advanceUntilIdle: () => call('POST', 'clock/advance', { body: { until: 'idle' } }),
});

const rulesOf = (call) => {
  const listed = async (answer) => (await answer).rules;
  const several = (rules) => ({ body: { rules: [rules].flat() } });
  return {
    list: () => listed(call('GET', 'rules')),
    add: (rules) => listed(call('POST', 'rules', several(rules))),
    replace: (rules) => listed(call('PUT', 'rules', several(rules))),
    remove: (id) => call('DELETE', `rules/${encodeURIComponent(id)}`).then(() => undefined),
    clear: () => call('DELETE', 'rules').then(() => undefined),
  };
};

const stateOf = (call) => ({
  get: (query) => call('GET', 'state', { query }),
  replace: (document) => call('PUT', 'state', { body: document }),
  add: (document) => call('POST', 'state', { body: document }),
});

const dataOf = (call) => {
  const sent = (dataset, rows) =>
    typeof rows === 'string'
      ? { query: { dataset }, body: rows, headers: { 'content-type': 'text/csv' } }
      : { query: { dataset }, body: { rows } };
  return {
    get: (dataset, query) => call('GET', 'data', { query: { dataset, ...query } }),
    replace: (dataset, rows) => call('PUT', 'data', sent(dataset, rows)),
    add: (dataset, rows) => call('POST', 'data', sent(dataset, rows)),
  };
};

const eventsOf = (call) => ({
  list: async (query) => (await call('GET', 'events', { query })).events,
  clear: () => call('DELETE', 'events').then(() => undefined),
});

/** One account of a server, or all of it. */
class Tenant {
  #endpoint;
  #account;

  /** `account` narrows the calls. `home` is the account of ARNs. */
  constructor({ endpoint, region, home, account }) {
    this.#endpoint = endpoint;
    this.#account = account;
    const call = (method, path, { query, ...rest } = {}) =>
      control(endpoint, method, path, { query: { ...query, account }, ...rest });
    Object.assign(this, { endpoint, region, account: account ?? home, call });
    this.clock = clockOf(call);
    this.rules = rulesOf(call);
    this.lifecycle = settingOf(call, 'lifecycle');
    this.quotas = settingOf(call, 'quotas');
    this.state = stateOf(call);
    this.data = dataOf(call);
    this.events = eventsOf(call);
  }

  get clientConfig() {
    const credentials = { accessKeyId: this.#account ?? 'local', secretAccessKey: 'local' };
    return { endpoint: this.#endpoint, region: this.region, credentials };
  }

  get env() {
    const { credentials } = this.clientConfig;
    return {
      AWS_ENDPOINT_URL_PERSONALIZE: this.#endpoint,
      AWS_ENDPOINT_URL_PERSONALIZE_EVENTS: this.#endpoint,
      AWS_ENDPOINT_URL_PERSONALIZE_RUNTIME: this.#endpoint,
      AWS_REGION: this.region,
      AWS_DEFAULT_REGION: this.region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    };
  }

  arn(resource) {
    return `arn:aws:personalize:${this.region}:${this.account}:${resource}`;
  }

  health() {
    return this.call('GET', 'health');
  }

  wait(arn, { status, timeout } = {}) {
    return this.call('GET', 'wait', { query: { arn, status, timeout: durationOf(timeout) } });
  }

  transition(arn, { to, failureReason, force } = {}) {
    return this.call('POST', 'transition', { body: { arn, to, failureReason, force } });
  }

  async history(arn) {
    return (await this.call('GET', 'history', { query: { arn } })).history;
  }

  train(arn) {
    return this.call('POST', 'train', { body: { arn } });
  }

  explain(question) {
    return this.call('POST', 'explain', { body: question });
  }

  requests(query) {
    return this.call('GET', 'requests', { query });
  }

  clearRequests() {
    return this.call('DELETE', 'requests').then(() => undefined);
  }

  reset({ fixtures } = {}) {
    return this.call('POST', 'reset', { query: { fixtures } });
  }
}

module.exports = { Tenant };
