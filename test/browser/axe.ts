import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { dashboardFrame } from '../workbench/dashboard.ts';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe-core finds serious or critical in the dashboard as it is on the screen, one line each. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  const frame = await dashboardFrame(page);
  await frame.evaluate(source);
  const violations = (await frame.evaluate(
    'axe.run(document.body, { resultTypes: ["violations"] }).then(({ violations }) => JSON.parse(JSON.stringify(violations)))',
  )) as readonly Violation[];
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary.split('\n')[1]?.trim() ?? ''}`),
    );
}
