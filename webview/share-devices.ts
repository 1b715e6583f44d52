import type { ShareView } from '../src/dashboard/protocol/team.ts';
import type { Device } from '../src/team/protocol/me.ts';
import { el } from './dom.ts';
import { t } from './l10n.ts';
import { linkLine } from './owner-invites.ts';
import { confirmDialog } from './team-dialog.ts';
import { panel } from './team-explain.ts';
import { sentenceOf } from './team-words.ts';
import { button } from './ui.ts';
import type { ViewContext } from './view.ts';

export interface DevicesOptions {
  readonly context: ViewContext;
  readonly view: ShareView;
  readonly take: (view: ShareView) => void;
}

/** The link that was made last, when by this machine's clock, which may not be the server's, and with how many machines. */
let made:
  | { readonly link: string; readonly expiresAt: number; readonly at: number; readonly machines: number }
  | undefined;
/** It is told once, and kept while it may be needed. */
const keptMs = 15 * 60_000;

/** One's machines, whose counts add up: take one away, or add another. */
export function devicesPanel({ context, view, take }: DevicesOptions): HTMLElement {
  const { formats } = context;
  const told = el('p', { class: 'tb-join-sentence', role: 'status' });
  const place = el('div', { class: 'tb-new-link' });

  async function add(): Promise<void> {
    try {
      const { link, expiresAt } = await context.askTeam({ ask: 'addMachine' });
      made = { link, expiresAt, at: Date.now(), machines: view.devices.length };
      drawLink();
      told.textContent = '';
    } catch (error) {
      told.textContent = sentenceOf(error);
    }
  }

  function drawLink(): void {
    if (made === undefined || made.machines !== view.devices.length || Math.abs(Date.now() - made.at) > keptMs) return;
    const words = t('Open it on the other machine by {0}. It works once.', formats.time(made.expiresAt));
    place.replaceChildren(linkLine(made.link, words, (text) => context.act({ act: 'copy', text })));
  }

  drawLink();

  function remove({ id }: Device, name: string): void {
    confirmDialog({
      title: t('Remove {0}?', name),
      words: [t('It is signed out, and its counts are taken off the board. What is counted on it stays on it.')],
      confirm: t('Remove'),
      act: async () => take(await context.askTeam({ ask: 'removeDevice', device: id })),
    });
  }

  const more = button({ text: t('Add a machine'), icon: 'add', onClick: () => void add() });
  more.dataset.key = 'add machine';
  return panel(
    { title: t('Your machines'), name: 'devices', note: t('their counts add up') },
    el(
      'ul',
      { class: 'tb-plain-rows tb-tall-rows' },
      ...view.devices.map((device) => {
        const added = formats.day(device.addedDay, 'long');
        const name = device.current ? t('This machine') : t('Machine added {0}', added);
        const synced =
          device.lastSyncDay === null ? t('never synced') : t('last sync {0}', formats.day(device.lastSyncDay));
        return el(
          'li',
          {},
          el(
            'span',
            { class: 'tb-row-ends' },
            el('span', { class: device.current && 'tb-strong' }, name),
            device.current ? undefined : removeButton(device, name),
          ),
          el('span', { class: 'tb-small tb-muted' }, device.current ? `${t('added {0}', added)} · ${synced}` : synced),
        );
      }),
    ),
    more,
    told,
    place,
  );

  function removeButton(device: Device, name: string): HTMLElement {
    return el(
      'button',
      {
        type: 'button',
        class: 'tb-link-button',
        'data-key': `remove ${device.id}`,
        'aria-label': t('Remove {0}', name),
        onclick: () => remove(device, name),
      },
      t('Remove'),
    );
  }
}
