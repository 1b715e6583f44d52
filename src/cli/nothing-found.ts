import type { Ledger } from '../ledger/ledger.ts';
import { survey, type ToolSurvey } from '../ledger/survey.ts';
import { readersOn } from '../readers/index.ts';
import type { Machine } from '../readers/reader.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { placeLines } from './places.ts';
import type { Terminal } from './terminal.ts';
import { wrap } from './terminal-text.ts';

/** Tools whose places are named even where they are not there. */
const best: readonly ToolId[] = ['claude-code', 'codex', 'gemini-cli', 'opencode'];

const paragraphs = {
  noLogs: 'No AI coding session was found here yet.',
  noUsage: 'The AI coding tools have left logs here, but none of them tells of a request to a model yet.',
  how: 'Tokenboard counts what AI coding tools note down in their own log files on this machine. It looked in these places:',
  last: "Use one of these tools and run tokenboard again: it finds its logs by itself, without an account. Are they in another home folder? Then name it: tokenboard --home DIR. 'tokenboard doctor' tells more.",
};

/** What to say on a machine where nothing was ever counted: what was looked for, where, and what was there. */
export function nothingFound(ledger: Ledger, machine: Machine, { width }: Terminal): string[] {
  const tools = survey(ledger, machine, readersOn());
  const hasLogs = tools.some(({ places }) => places.some((place) => place.files > 0));
  const named = tools.filter((tool) => best.includes(tool.tool) || isHere(tool, machine.home));
  const others = tools.filter((tool) => !named.includes(tool)).map(({ title }) => title);
  return [
    ...wrap(hasLogs ? paragraphs.noUsage : paragraphs.noLogs, width),
    '',
    ...wrap(paragraphs.how, width),
    ...named.flatMap(({ title, places }) => ['', title, ...placeLines(places, machine.home, width)]),
    ...(others.length === 0
      ? []
      : ['', ...wrap(`It looked as well for ${others.join(', ')}: none of them is here.`, width)]),
    '',
    ...wrap(paragraphs.last, width),
  ];
}

/** Whether a tool has left a folder of its own. */
function isHere({ places }: ToolSurvey, home: string): boolean {
  return places.some(({ dir, exists, files }) => files > 0 || (exists && dir !== home));
}
