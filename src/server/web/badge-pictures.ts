import { badgeBox, type Shape, smallBadgeShapes } from '../../../webview/badge-shapes.ts';
import type { WindowId } from '../../team/protocol/terms.ts';
import { type Html, html } from './html.ts';

type Look = Exclude<Parameters<typeof smallBadgeShapes>[1], 'locked'>;

const size = 24;
const looks: readonly Look[] = ['bronze', 'silver', 'gold', 'platinum', 'diamond'];

/** At most three small badges with their names. */
export function badgePictures(badges: readonly string[]): Html {
  return html`<span class="badges">${badges.slice(0, 3).map(badgePicture)}</span>`;
}

function badgePicture(id: string): Html {
  const { badge, look } = read(id);
  const name = look === undefined ? badgeName(badge) : `${badgeName(badge)}, ${look}`;
  const half = badgeBox / 2;
  return html`<span class="badge badge-${look ?? 'silver'}" role="img" aria-label="${name}" title="${name}"><svg viewBox="${-half} ${-half} ${badgeBox} ${badgeBox}" width="${size}" height="${size}" aria-hidden="true">${smallBadgeShapes(badge, look ?? 'silver').map(drawn)}</svg></span>`;
}

/** `Cache Wizard of the month` for each title of a row. */
export function titleWords(titles: readonly { readonly badge: string }[], window: WindowId): string {
  const period = { today: 'day', '7d': 'week', '30d': 'month', '90d': 'quarter' }[window];
  return titles.map(({ badge }) => `${badgeName(read(badge).badge)} of the ${period}`).join(', ');
}

/** `cache-wizard` is `Cache Wizard`. */
function badgeName(id: string): string {
  return id
    .split('-')
    .map((word) => (word === 'and' ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}

function drawn({ name, attributes }: Shape): Html {
  const told = Object.entries(attributes).map(([key, value]) => html` ${key}="${value}"`);
  return name === 'path' ? html`<path${told}></path>` : html`<circle${told}></circle>`;
}

/** A badge's id, with its tier at the end where it is shared. */
function read(id: string): { readonly badge: string; readonly look: Look | undefined } {
  const look = looks.find((one) => id.endsWith(`-${one}`));
  return { badge: look === undefined ? id : id.slice(0, -look.length - 1), look };
}
