import type { Budget } from '../dashboard/protocol/money.ts';
import type { DashboardSettings } from '../dashboard/protocol/settings.ts';
import { toolIds } from '../usage/tool-id.ts';
import { homeResolved } from './home-resolved.ts';

type Tell = (problem: string) => void;
type Fields = Readonly<Record<string, unknown>>;

const periods = ['day', 'week', 'month', 'year'] as const;
const units = ['tokens', 'usd'] as const;
const nano = 1e9;
const factors: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9 };
/** Beyond it, whole numbers are no longer exact. */
const mostNano = 2 ** 53;

/** The budgets in a setting's value. An entry that makes no sense, or says the same as one before, is left out. */
export function readBudgets(value: unknown, home: string, tell: Tell): readonly Budget[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    tell('tokenboard.budgets is no list; no budget is set.');
    return [];
  }
  const budgets = new Map<string, Budget>();
  for (const [index, entry] of value.entries()) {
    const found = budgetOf(entry, home);
    if (typeof found === 'string') tell(`tokenboard.budgets: entry ${index + 1} is passed over: ${found}.`);
    else budgets.set(found.id, found);
  }
  return [...budgets.values()];
}

/** The allowance in a setting's value; none where it is empty or makes no sense. */
export function readAllowance(value: unknown, tell: Tell): DashboardSettings['allowance'] {
  if (!isFields(value) || Object.keys(value).length === 0) return undefined;
  const unit = units.find((known) => known === (value.unit ?? 'usd'));
  const amount = unit === undefined ? undefined : amountOf(value.amount, unit);
  const startMonth = value.startMonth ?? 1;
  const isMonth = typeof startMonth === 'number' && Number.isInteger(startMonth) && startMonth >= 1 && startMonth <= 12;
  if (unit === undefined || amount === undefined || !isMonth) {
    const what = unit === undefined ? unitProblem : amount === undefined ? amountProblem : monthProblem;
    tell(`tokenboard.allowance is passed over: ${what}.`);
    return undefined;
  }
  return { unit, amount, startMonth };
}

const unitProblem = 'the unit is tokens or usd';
const amountProblem = 'the amount is a number above 0, such as 50 or "20M"';
const monthProblem = 'the start month is a number from 1 to 12';

/** An amount as a person writes it, as the setting holds it: `$50`, `50 USD`, `20M tokens`, `20M`; undefined where its unit cannot be told. */
export function amountAsWritten(text: string): { readonly unit: Budget['unit']; readonly amount: number } | undefined {
  const [, dollar, digits = '', factor = '', word = ''] =
    /^\s*(\$?)\s*(\d+(?:\.\d+)?)\s*([KMB]?)\s*(USD|\$|tokens?)?\s*$/i.exec(text) ?? [];
  const amount = Math.round(Number(digits) * (factors[factor.toUpperCase()] ?? 1) * 100) / 100;
  if (!(amount > 0)) return undefined;
  const isTokens = /^token/i.test(word);
  if (dollar === '$' || (word !== '' && !isTokens)) return isTokens ? undefined : { unit: 'usd', amount };
  return isTokens || factor !== '' ? { unit: 'tokens', amount: Math.round(amount) } : undefined;
}

/** A budget, or what is wrong with it. */
function budgetOf(entry: unknown, home: string): Budget | string {
  if (!isFields(entry)) return 'it is no object';
  const per = periods.find((known) => known === entry.per);
  if (per === undefined) return 'it is per day, week, month or year';
  const unit = units.find((known) => known === entry.unit);
  if (unit === undefined) return unitProblem;
  const amount = amountOf(entry.amount, unit);
  if (amount === undefined) return amountProblem;
  const tool = toolIds.find((known) => known === entry.tool);
  if (tool === undefined && isGiven(entry.tool)) return `there is no tool named ${JSON.stringify(entry.tool)}`;
  const project = isGiven(entry.project) ? homeResolved(entry.project, home) : undefined;
  if (project === undefined && isGiven(entry.project)) return 'the project is an absolute folder, or one below ~';
  return {
    id: JSON.stringify([per, unit, amount, tool ?? '', project ?? '']),
    per,
    unit,
    amount,
    ...(tool === undefined ? {} : { tool }),
    ...(project === undefined ? {} : { project }),
  };
}

/** Tokens, or nano-USD of an amount in USD: a number, or a text such as `20M`. */
function amountOf(value: unknown, unit: Budget['unit']): number | undefined {
  const amount = typeof value === 'string' ? amountInWords(value) : value;
  if (typeof amount !== 'number') return undefined;
  const whole = Math.round(unit === 'usd' ? amount * nano : amount);
  return whole > 0 && whole <= mostNano ? whole : undefined;
}

function amountInWords(text: string): number | undefined {
  const [, digits, factor = ''] = /^\s*\$?(\d+(?:\.\d+)?)\s*([KMB]?)\s*$/i.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (factors[factor.toUpperCase()] ?? 1);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
