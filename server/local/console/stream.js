// What happens on the server, as it happens. The connection is made again whenever it is lost, so that the page goes on
// after a restart.
import { controlPath } from './api.js';
import { tenant } from './tenant.js';

const kinds = ['resource', 'request', 'clock', 'rules', 'reset'];
const retryMs = 1000;

/**
 * Fires each kind of event with its value as `detail`, and `state` when the connection changes. `again` says that
 * events may have been missed, so what is shown must be read again: after a lost connection, and after an overflow.
 */
class Stream extends EventTarget {
  state = 'connecting'; // then live or gone
  #source;
  #retry;
  #wasLost = false;

  start() {
    this.#open();
    tenant.addEventListener('changed', () => this.#open());
  }

  #open() {
    clearTimeout(this.#retry);
    this.#source?.close();
    const source = new EventSource(controlPath('stream'));
    this.#source = source;
    source.onopen = () => this.#opened();
    source.onerror = () => this.#lost(source);
    source.addEventListener('overflow', () => this.#lost(source));
    for (const kind of kinds) {
      source.addEventListener(kind, ({ data }) => this.#fire(kind, JSON.parse(data)));
    }
  }

  #opened() {
    this.#become('live');
    if (this.#wasLost) this.#fire('again');
    this.#wasLost = false;
  }

  #lost(source) {
    source.close();
    if (source !== this.#source) return;
    this.#wasLost = true;
    this.#become('gone');
    this.#retry = setTimeout(() => this.#open(), retryMs);
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.#fire('state', state);
  }

  #fire(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  /** Calls `listener` with each event of a kind until the returned function is called. */
  on(kind, listener) {
    const call = ({ detail }) => listener(detail);
    this.addEventListener(kind, call);
    return () => this.removeEventListener(kind, call);
  }
}

export const stream = new Stream();
