import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tiersOf } from '../../src/badges/rule.ts';
import { badgeRules } from '../../src/badges/rules.ts';
import { type BadgeLook, badgeBox, badgeShapes, type Shape, smallBadgeShapes } from '../../webview/badge-shapes.ts';

const folder = 'media/badges';

/** Colours outside the editor, which has its theme's: of each tier's rim in the light and in the dark. */
const rims: Readonly<Record<BadgeLook, readonly [light: string, dark: string]>> = {
  locked: ['#767676', '#8c8c8c'],
  bronze: ['#b4541c', '#d98550'],
  silver: ['#6b6b6b', '#a8a8a8'],
  gold: ['#bf8803', '#cca700'],
  platinum: ['#0b4c94', '#9cc9ff'],
  diamond: ['#1f1f1f', '#ffffff'],
};
const papers = ['#ffffff', '#1f1f1f'];
const inks = ['#1f1f1f', '#ffffff'];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const rule of badgeRules)
  for (const look of ['locked', ...tiersOf(rule)] as const)
    writeFileSync(`${folder}/${rule.id}-${look}.svg`, fileOf(rule.id, look));

/** One file for all sizes: as a picture it shows fewer parts where it is shown small. */
function fileOf(id: string, look: BadgeLook): string {
  const half = badgeBox / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-half} ${-half} ${badgeBox} ${badgeBox}" width="${badgeBox}" height="${badgeBox}">`,
    `<style>${styleOf(look)}</style>`,
    `<g class="large">${badgeShapes(id, look).map(written).join('')}</g>`,
    `<g class="small">${smallBadgeShapes(id, look).map(written).join('')}</g>`,
    '</svg>\n',
  ].join('\n');
}

function written({ name, attributes }: Shape): string {
  return `<${name} ${Object.entries(attributes)
    .map(([key, value]) => `${key}="${value}"`)
    .join(' ')}/>`;
}

function styleOf(look: BadgeLook): string {
  const colours = (tone: 0 | 1) =>
    `svg{--rim:${rims[look][tone]};--ink:${look === 'locked' ? rims.locked[tone] : inks[tone]};--paper:${papers[tone]}}`;
  return [
    colours(0),
    `@media(prefers-color-scheme:dark){${colours(1)}}`,
    '.badge-rim,.badge-locked{fill:none;stroke:var(--rim)}.badge-plate{fill:var(--rim)}',
    '.badge-plate-bronze{fill-opacity:.08}.badge-plate-silver{fill-opacity:.12}.badge-plate-gold{fill-opacity:.16}',
    '.badge-plate-platinum,.badge-plate-diamond{fill-opacity:.22}.badge-stud{fill:var(--rim);stroke:var(--paper)}',
    '.badge-small-bronze{fill-opacity:0}.badge-small-silver{fill-opacity:.14}.badge-small-gold{fill-opacity:.34}',
    '.badge-glyph,.badge-cut{fill:none;stroke:var(--ink);stroke-linecap:round;stroke-linejoin:round}',
    '.badge-cut{stroke:var(--paper)}.small{display:none}',
    '@media(max-width:39px){.large{display:none}.small{display:inline}}',
  ].join('');
}
