// The place of the page in its address: `#/world/ARN?name=value`.

export function linkTo(pane, argument = '', parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given).toString();
  return `#/${pane}${argument ? `/${encodeURI(argument)}` : ''}${search ? `?${search}` : ''}`;
}

export function place() {
  const [path, search = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const slash = path.indexOf('/');
  const pane = slash < 0 ? path : path.slice(0, slash);
  let argument = slash < 0 ? '' : path.slice(slash + 1);
  try {
    argument = decodeURI(argument);
  } catch {}
  return { pane, argument, parameters: new URLSearchParams(search) };
}

export function goTo(pane, argument, parameters) {
  location.hash = linkTo(pane, argument, parameters);
}
