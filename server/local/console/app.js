// The frame of the page: its panes, the bar above them, and which pane the address names.
import { announce, control, fill, h, place, scheme, setText, stream } from './kit.js';
import { ClockBar } from './clock_bar.js';
import { DataPane } from './data.js';
import { EventsPane } from './events.js';
import { RecommendPane } from './recommend.js';
import { RequestsPane } from './requests.js';
import { RulesPane } from './rules.js';
import { SnapshotPane } from './snapshot.js';
import { tenantPicker } from './tenant_picker.js';
import { TimePane } from './time.js';
import { WorldPane } from './world.js';

/** Each pane has an `element`, and `enter(argument, parameters)` and `leave()`, called as it is shown and left. */
const panes = [
  { name: 'world', title: 'World', make: () => new WorldPane() },
  { name: 'requests', title: 'Requests', make: () => new RequestsPane() },
  { name: 'rules', title: 'Rules', make: () => new RulesPane() },
  { name: 'recommendations', title: 'Recommendations', make: () => new RecommendPane() },
  { name: 'events', title: 'Events', make: () => new EventsPane() },
  { name: 'data', title: 'Data', make: () => new DataPane() },
  { name: 'time', title: 'Time', make: () => new TimePane() },
  { name: 'snapshot', title: 'Snapshot', make: () => new SnapshotPane() },
];

const main = document.getElementById('main');
let shown = null;

function show() {
  const { pane: name, argument, parameters } = place();
  const pane = panes.find((each) => each.name === name) ?? panes[0];
  const isNew = pane !== shown;
  if (isNew) {
    shown?.view.leave();
    pane.view ??= pane.make();
    fill(main, pane.view.element);
    document.title = `${pane.title} · personalize-local`;
    markCurrent(pane);
  }
  pane.view.enter(argument, parameters);
  // The first page that is shown takes no focus. Later ones do, so that a reader knows where it is.
  if (isNew && shown) main.focus({ preventScroll: true });
  shown = pane;
}

function markCurrent(pane) {
  for (const { name, link } of panes) {
    if (name === pane.name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

function fillNav() {
  for (const pane of panes) {
    pane.link = h('a', { href: `#/${pane.name}` }, pane.title);
    document.getElementById('nav').append(pane.link);
  }
}

function fillScheme() {
  const labels = { '': 'System', light: 'Light', dark: 'Dark' };
  const select = h('select', {
    'aria-label': 'Colour scheme',
    onchange: () => scheme.choose(select.value),
  });
  for (const [value, label] of Object.entries(labels)) {
    select.append(h('option', { value, selected: value === scheme.value }, label));
  }
  document.getElementById('scheme').append(select);
}

const words = { connecting: 'connecting', live: 'live', gone: 'no server' };

function showLink(state) {
  const link = document.getElementById('link');
  link.dataset.state = state;
  setText(link, words[state]);
}

async function readVersion() {
  const { version } = await control('GET', 'health', { account: '' });
  setText(document.getElementById('version'), version);
}

/** What no part of the page has caught, such as a server that goes away in the middle of an answer. */
addEventListener('unhandledrejection', (event) => {
  announce(event.reason?.message ?? 'Something went wrong.');
  console.error(event.reason);
});

scheme.restore();
fillNav();
fillScheme();
document.getElementById('tenant').append(tenantPicker());
document.getElementById('clock').append(new ClockBar().element);
stream.on('state', showLink);
stream.on('again', () => readVersion().catch(() => {}));
stream.start();
readVersion().catch(() => {});
addEventListener('hashchange', show);
show();
