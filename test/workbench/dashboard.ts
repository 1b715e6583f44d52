import type { Frame, FrameLocator, Page } from 'playwright-core';

/** The dashboard's page within a window; VS Code puts two frames around it. */
export function dashboardOf(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

/** The same as a frame, for what is evaluated in it. */
export async function dashboardFrame(page: Page): Promise<Frame> {
  const body = await dashboardOf(page).locator('body').elementHandle();
  const frame = await body?.ownerFrame();
  if (frame === null || frame === undefined) throw new Error('the dashboard has no frame');
  return frame;
}

/** Waits until the Overview shows a total. */
export async function dashboardDrawn(page: Page): Promise<void> {
  await dashboardOf(page).locator('.tb-headline').waitFor();
}
