import type { Page } from 'playwright-core';

/** Notes from now on what the window tells: a message goes away by itself. */
export async function watchMessages(page: Page): Promise<Page> {
  await page.evaluate(`{
    const told = (window.toldMessages = new Set());
    const look = () => {
      for (const item of document.querySelectorAll('.notification-toast .notification-list-item-message')) told.add(item.textContent);
    };
    look();
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  }`);
  return page;
}

/** What these windows have told of tokens, together. */
export async function told(...pages: readonly Page[]): Promise<readonly string[]> {
  const all = await Promise.all(pages.map((page) => page.evaluate<string[]>('[...window.toldMessages]')));
  return all.flat().filter((text) => text.startsWith('Tokenboard: '));
}
