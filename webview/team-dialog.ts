import { el } from './dom.ts';
import { t } from './l10n.ts';
import { sentenceOf } from './team-words.ts';
import { button } from './ui.ts';

export interface DialogOptions {
  readonly title: string;
  readonly words: readonly string[];
  /** Between the words and the buttons. */
  readonly content?: readonly Node[];
  readonly confirm: string;
  readonly cancel?: string;
  /** What is missing before it can be done, as a sentence; undefined where nothing is. */
  readonly missing?: () => string | undefined;
  /** Does it; its failure is told in the dialog, which stays. */
  readonly act: () => Promise<void>;
}

/** Asks once before something is done. Escape and the second button do nothing. */
export function confirmDialog({ title, words, content = [], confirm, cancel, missing, act }: DialogOptions): void {
  const opener = document.activeElement;
  const told = el('p', { class: 'tb-dialog-problem', role: 'alert' });
  const heading = el('h2', { class: 'tb-dialog-title', id: 'dialog-title' }, title);
  const no = button({ text: cancel ?? t('Cancel'), onClick: () => dialog.close() });
  const yes = button({ text: confirm, look: 'primary', onClick: () => void run() });
  no.setAttribute('autofocus', '');
  const dialog = el(
    'dialog',
    { class: 'tb-dialog', 'aria-labelledby': 'dialog-title' },
    heading,
    ...words.map((line) => el('p', {}, line)),
    ...content,
    told,
    el('div', { class: 'tb-dialog-foot' }, yes, no),
  );
  let running = false;

  async function run(): Promise<void> {
    if (running) return;
    told.textContent = missing?.() ?? '';
    if (told.textContent !== '') return;
    running = true;
    try {
      await act();
      dialog.close();
    } catch (error) {
      told.textContent = sentenceOf(error);
    }
    running = false;
  }

  dialog.addEventListener('close', () => {
    dialog.remove();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  });
  // The drawer behind it would close as well.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  (document.querySelector('.tb-page') ?? document.body).append(dialog);
  dialog.showModal();
}
