import type { UploadPreview } from '../src/dashboard/protocol/team.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';
import { jsonView } from './team-json.ts';
import { daysWords } from './team-words.ts';

export interface UploadOptions {
  readonly title: string;
  readonly formats: Formats;
  /** What is said where nothing would be sent. */
  readonly nothing: string;
  readonly copy: (text: string) => void;
}

/** The bytes of an upload as JSON and in words. */
export function uploadPart({ title, formats, nothing, copy }: UploadOptions) {
  const bytes = el('span', { class: 'tb-card-note' });
  const body = el('div', { class: 'tb-card-body' });
  let shown: UploadPreview | undefined;
  const copyButton = el(
    'button',
    {
      type: 'button',
      class: 'tb-icon-button',
      'aria-label': t('Copy the JSON'),
      title: t('Copy the JSON'),
      onclick: () => copy(shown?.json ?? ''),
    },
    icon('copy'),
  );
  const element = el(
    'section',
    { class: 'tb-card tb-upload', 'aria-label': title },
    el(
      'div',
      { class: 'tb-card-head' },
      el('h2', { class: 'tb-card-title' }, title),
      el('div', { class: 'tb-card-controls' }, bytes, copyButton),
    ),
    body,
  );

  function show(preview: UploadPreview): void {
    element.removeAttribute('aria-busy');
    if (preview.json === shown?.json && preview.more === shown.more) return;
    shown = preview;
    const encoded = new TextEncoder().encode(preview.json);
    bytes.textContent = t('{0} bytes', formats.exact(encoded.length));
    const hash = el('span', {});
    const empty = preview.json === '';
    const json = empty ? el('p', { class: 'tb-muted' }, t('There is nothing to send yet.')) : jsonView(preview.json);
    json.dataset.key = 'json';
    copyButton.hidden = empty;
    replaceKeepingFocus(
      body,
      json,
      ...(empty ? [] : [legend()]),
      el(
        'p',
        { class: 'tb-upload-words' },
        el('strong', { class: 'tb-strong' }, t('In words.')),
        ` ${inWords(preview, formats) ?? nothing}`,
      ),
      ...(empty ? [] : [el('p', { class: 'tb-footnote' }, sameBytes(preview, formats), hash)]),
    );
    void hashOf(encoded).then((hex) => {
      if (hex !== undefined) hash.textContent = ` · SHA-256 ${hex.slice(0, 12)}…${hex.slice(-6)}`;
    });
  }

  return {
    element,
    show,
    /** Another upload is on its way; what is shown is of the choice before. */
    wait: () => element.setAttribute('aria-busy', 'true'),
  };
}

function sameBytes({ more, json }: UploadPreview, formats: Formats): string {
  const same = json.includes('\n')
    ? t('These bytes and no others, spaces included')
    : t('These bytes and no others; line breaks are only drawn');
  if (more === 0) return same;
  return more === 1
    ? `${same} · ${t('1 more request of this kind follows')}`
    : `${same} · ${t('{0} more requests of this kind follow', formats.exact(more))}`;
}

function legend(): HTMLElement {
  const fields: readonly (readonly [string, string])[] = [
    ['in, out', t('input and output tokens')],
    ['req', t('number of requests')],
    ['cr, cw', t('cache reads and writes')],
    ['usd', t('list price, millionths of a dollar')],
    ['cw1', t('cache writes kept one hour')],
    ['est', t('some of it estimated')],
    ['rs', t('reasoning, part of output')],
    ['pv, rev', t('price list, revision')],
  ];
  return el(
    'dl',
    { class: 'tb-legend-fields' },
    ...fields.map(([name, words]) => el('div', {}, el('dt', {}, name), el('dd', {}, words))),
  );
}

interface SentCell {
  readonly tool?: string;
  readonly req?: number;
  readonly usd?: number | null;
}

function inWords({ json, cells, tokens, since, until }: UploadPreview, formats: Formats): string | undefined {
  if (cells === 0 || since === undefined || until === undefined) return undefined;
  const byTool = new Map<string, number>();
  let usd = 0;
  for (const { tool = '', req = 0, usd: price } of cellsIn(json)) {
    byTool.set(tool, (byTool.get(tool) ?? 0) + req);
    usd += price ?? 0;
  }
  const list = new Intl.ListFormat(formats.locale, { type: 'conjunction' });
  const made = [...byTool].map(([tool, requests], i) =>
    i > 0
      ? t('{0} with {1}', formats.exact(requests), toolTitle(tool))
      : requests === 1
        ? t('1 request with {0}', toolTitle(tool))
        : t('{0} requests with {1}', formats.exact(requests), toolTitle(tool)),
  );
  const amounts = [list.format(made), formats.exact(tokens), formats.money(usd * 1000)] as const;
  const days = since === until ? formats.day(since, 'long') : daysWords(since, until, formats);
  return t('On {0} you made {1}: {2} tokens, list price {3}.', days, ...amounts);
}

function cellsIn(json: string): readonly SentCell[] {
  try {
    const { cells } = JSON.parse(json) as { readonly cells?: readonly SentCell[] };
    return cells ?? [];
  } catch {
    return [];
  }
}

const odd: Readonly<Record<string, string>> = { opencode: 'OpenCode', openclaw: 'OpenClaw', pi: 'pi', cli: 'CLI' };

/** A tool's id as words: `claude-code` is Claude Code. */
export function toolTitle(id: string): string {
  const word = (text: string) => odd[text] ?? text.charAt(0).toUpperCase() + text.slice(1);
  return id.split('-').map(word).join(' ');
}

/** Undefined where the page may not compute one. */
async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const digest = await globalThis.crypto?.subtle?.digest('SHA-256', bytes).catch(() => undefined);
  if (digest === undefined) return undefined;
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
