// The picker of account and region in the bar.
import { choice, control, h, setOptions, settled, stream, tenant } from './kit.js';

export function tenantPicker() {
  let accounts = [];
  const account = choice([['', 'All accounts']], { 'aria-label': 'Account', id: 'account' });
  const region = choice([['', 'All regions']], { 'aria-label': 'Region', id: 'region' });

  const show = () => {
    const known = accounts.map((each) => each.account).filter(Boolean);
    const all = tenant.account && !known.includes(tenant.account) ? [...known, tenant.account] : known;
    setOptions(account, [['', 'All accounts'], ...all.map((each) => [each, labelOf(each)])]);
    account.value = tenant.account;
    const mine = accounts.filter((each) => !tenant.account || each.account === tenant.account);
    const regions = new Set(mine.flatMap((each) => each.regions));
    if (tenant.region) regions.add(tenant.region);
    setOptions(region, [['', 'All regions'], ...[...regions].sort()]);
    region.value = tenant.region;
  };
  const labelOf = (id) => {
    const own = accounts.find((each) => each.account === id)?.own ?? [];
    return own.length > 0 ? `${id} (own ${own.join(', ')})` : id;
  };
  const read = async () => {
    try {
      ({ accounts } = await control('GET', 'accounts', { account: '' }));
    } catch {}
    show();
  };

  account.addEventListener('change', () => tenant.choose({ account: account.value, region: '' }));
  region.addEventListener('change', () => tenant.choose({ region: region.value }));
  tenant.addEventListener('changed', show);
  const readLater = settled(1000, read);
  for (const kind of ['resource', 'clock', 'rules']) stream.on(kind, (event) => seen(event) || readLater());
  for (const kind of ['reset', 'again']) stream.on(kind, read);
  const seen = (event) => !event.account || accounts.some((each) => each.account === event.account);
  read();
  return h('div.row', account, region);
}
