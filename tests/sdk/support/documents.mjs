// The pages for users, README.md and docs/*.md, as text, blocks, headings and links.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const top = fileURLToPath(new URL('../../..', import.meta.url));
export const textOf = (page) => readFileSync(join(top, page), 'utf8');

/** The path of every page for users, from the root of the repository. */
const names = readdirSync(join(top, 'docs')).filter((name) => name.endsWith('.md'));
export const pages = ['README.md', ...names.map((name) => `docs/${name}`)];

const headingOrBlock = /^#{1,6} (?<heading>.*)$|^```(?<language>.*)\n(?<text>[^]*?)^```$/gm;

/** The fenced blocks of a page in order: `{page, heading, language, text}`. `heading` is the nearest one above. */
export function blocksOf(page) {
  const blocks = [];
  let heading = '';
  for (const { groups } of textOf(page).matchAll(headingOrBlock)) {
    if (groups.heading !== undefined) heading = groups.heading;
    else blocks.push({ page, heading, language: groups.language, text: groups.text });
  }
  return blocks;
}

const withoutBlocks = (page) => textOf(page).replace(/^```.*\n[^]*?^```$/gm, '');

/** The anchors of a page: GitHub creates one for each heading. Of two equal headings only the first is supported. */
export function anchorsOf(page) {
  const headings = [...withoutBlocks(page).matchAll(/^#{1,6} (.*)$/gm)].map(([, heading]) => heading);
  const plain = (heading) => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '');
  return headings.map((heading) => plain(heading).replaceAll(' ', '-'));
}

/** The links of a page to files and anchors of this repository: `{link, path, anchor}`. `anchor` may be undefined. */
export function linksOf(page) {
  const links = [...withoutBlocks(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
  return links
    .filter((link) => !/^https?:/.test(link))
    .map((link) => {
      const [path, anchor] = link.split('#');
      return { link, path: path === '' ? page : normalize(join(dirname(page), path)), anchor };
    });
}
