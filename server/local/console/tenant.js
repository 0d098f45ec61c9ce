// Which account and region the page is about, and its colours: what the browser remembers from visit to visit.

const store = {
  get: (name) => {
    try {
      return localStorage.getItem(`personalize-local.${name}`) ?? '';
    } catch {
      return ''; // a browser may forbid it
    }
  },
  set: (name, value) => {
    try {
      localStorage.setItem(`personalize-local.${name}`, value);
    } catch {}
  },
};

/** The account and region of the tenant picker; empty for all. `changed` is fired when one of them changes. */
class Tenant extends EventTarget {
  account = store.get('account');
  region = store.get('region');

  choose(change) {
    Object.assign(this, change);
    for (const [name, value] of Object.entries(change)) store.set(name, value);
    this.dispatchEvent(new Event('changed'));
  }
}

export const tenant = new Tenant();

const schemes = ['', 'light', 'dark'];

export const scheme = {
  get value() {
    return document.documentElement.dataset.scheme ?? '';
  },
  choose(value) {
    if (value) document.documentElement.dataset.scheme = value;
    else delete document.documentElement.dataset.scheme;
    store.set('scheme', value);
  },
  restore() {
    const kept = store.get('scheme');
    if (schemes.includes(kept)) this.choose(kept);
  },
};
