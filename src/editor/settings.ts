import * as vscode from 'vscode';
import type { ScannerSettings } from '../ledger/scanner-protocol.ts';
import { readersOn } from '../readers/index.ts';
import { addDays, type Zone, zoneOf } from '../usage/days.ts';
import { type ToolId, toolIds } from '../usage/tool-id.ts';

export type Shown = 'tokens' | 'fresh' | 'cost';
export type Period = 'today' | '7days' | '30days' | 'month';
export type CostSource = 'list' | 'reported';

/** The settings, checked: what makes no sense is as if it were not set. */
export interface Settings {
  readonly shown: Shown;
  readonly period: Period;
  readonly side: 'left' | 'right';
  readonly zone: Zone;
  /** The zone that is set but does not exist. */
  readonly badZone: string | undefined;
  readonly costSource: CostSource;
  /** Whether what is estimated counts. */
  readonly estimates: boolean;
  readonly scanner: ScannerSettings;
}

export function readSettings(): Settings {
  const values = vscode.workspace.getConfiguration('tokenboard');
  const zoneName = values.get<string>('timeZone', '').trim();
  const zone = zoneIfAny(zoneName);
  const tools = values.get<Partial<Record<ToolId, boolean>>>('tools', {});
  return {
    shown: oneOf(values.get('statusBar.show'), ['tokens', 'fresh', 'cost']),
    period: oneOf(values.get('statusBar.period'), ['today', '7days', '30days', 'month']),
    side: oneOf(values.get('statusBar.side'), ['left', 'right']),
    zone: zone ?? zoneOf(),
    badZone: zone === undefined ? zoneName : undefined,
    costSource: oneOf(values.get('cost.source'), ['list', 'reported']),
    estimates: values.get('estimates') !== false,
    scanner: {
      withoutTools: toolIds.filter((id) => tools[id] === false || (tools[id] !== true && isUnverified(id))),
      folders: values.get<readonly unknown[]>('logFolders', []).filter((folder) => typeof folder === 'string'),
    },
  };
}

/** Such a tool's logs are read only where a person says so. */
function isUnverified(id: ToolId): boolean {
  return !readersOn().some((reader) => reader.id === id);
}

/** The first instant of a period that ends now. */
export function startOf(period: Period, zone: Zone, now: number): number {
  const today = zone.dayOf(now);
  const days = {
    today: today,
    '7days': addDays(today, -6),
    '30days': addDays(today, -29),
    month: `${today.slice(0, 8)}01`,
  };
  return zone.startOfDay(days[period]);
}

function zoneIfAny(name: string): Zone | undefined {
  try {
    return zoneOf(name === '' ? undefined : name);
  } catch {
    return undefined;
  }
}

/** The first of the allowed values is the default. */
function oneOf<Value extends string>(value: unknown, allowed: readonly [Value, ...Value[]]): Value {
  return allowed.find((candidate) => candidate === value) ?? allowed[0];
}
