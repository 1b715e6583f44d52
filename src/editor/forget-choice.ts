import * as vscode from 'vscode';
import type { ForgetWhat, Forgotten } from '../ledger/forget.ts';
import { addDays, isDay } from '../usage/days.ts';
import { compact, exact } from '../usage/format.ts';
import type { Counting } from './counting.ts';

const { t } = vscode.l10n;

/** Lets a person choose what the ledger is to forget, and asks once more before it does. */
export async function forgetByChoice(counting: Counting): Promise<void> {
  const chosen = await choose(counting);
  if (chosen === undefined) return;
  const { forgotten: found } = await counting.ask({ ask: 'forgettable', what: chosen.what });
  if (found.requests === 0) {
    void vscode.window.showInformationMessage(t('Nothing was counted of {0}.', chosen.name));
    return;
  }
  const forget = t('Forget');
  const sure = await vscode.window.showWarningMessage(
    t('Forget {0}?', chosen.name),
    {
      modal: true,
      detail: [
        t('These are {0}.', inWords(found)),
        t('They cannot be brought back, not even by counting again. The logs of the tools stay as they are.'),
      ].join(' '),
    },
    forget,
  );
  if (sure !== forget) return;
  const { forgotten } = await counting.ask({ ask: 'forget', what: chosen.what });
  await counting.refresh();
  void vscode.window.showInformationMessage(t('Tokenboard forgot {0}.', inWords(forgotten)));
}

function inWords({ requests, tokens }: Forgotten): string {
  return requests === 1
    ? t('1 request with {0} tokens', compact(tokens))
    : t('{0} requests with {1} tokens', exact(requests), compact(tokens));
}

interface Choice {
  readonly name: string;
  readonly what: ForgetWhat;
}

async function choose(counting: Counting): Promise<Choice | undefined> {
  const project = t('A project…');
  const time = t('A time…');
  const everything = t('Everything');
  const kind = await vscode.window.showQuickPick([project, time, everything], {
    title: t('What is Tokenboard to forget?'),
  });
  if (kind === project) return await chooseProject(counting);
  if (kind === time) return await chooseTime(counting);
  return kind === everything ? { name: t('everything that was ever counted'), what: { everything: true } } : undefined;
}

async function chooseProject(counting: Counting): Promise<Choice | undefined> {
  const { projects } = await counting.ask({ ask: 'projects' });
  const project = await vscode.window.showQuickPick([...projects], { title: t('Which project is to be forgotten?') });
  return project === undefined ? undefined : { name: project, what: { project } };
}

async function chooseTime(counting: Counting): Promise<Choice | undefined> {
  const { zone } = counting.current;
  const today = zone.dayOf(Date.now());
  const first = await askDay(t('From which day on? (YYYY-MM-DD)'), today);
  const last = first === undefined ? undefined : await askDay(t('Up to and including which day? (YYYY-MM-DD)'), today);
  if (first === undefined || last === undefined) return undefined;
  return {
    name: t('{0} to {1}', first, last),
    what: { since: zone.startOfDay(first), until: zone.startOfDay(addDays(last, 1)) },
  };
}

async function askDay(prompt: string, value: string): Promise<string | undefined> {
  return await vscode.window.showInputBox({
    prompt,
    value,
    validateInput: (text) => (isDay(text) ? undefined : t('Please write a day like 2026-05-12.')),
  });
}
