import { resolve } from 'node:path';
import type { Filters } from '../stats/report.ts';
import { type ToolId, toolIds } from '../usage/tool-id.ts';
import type { Arguments } from './arguments.ts';
import { nearest } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** The tests of `--tool`, `--model`, `--project` and `--branch`. `normalized` gives a model's normalised id. */
export function filtersAsked(asked: Arguments, normalized: (model: string) => string): Filters {
  const tools = toolsAsked(asked);
  const models = asked.values('model').map((name) => pattern(name.toLowerCase()));
  const projects = asked.values('project').map(projectTest);
  const branches = asked.values('branch').map(pattern);
  return {
    ...(tools.length > 0 && { tool: (tool: string) => tools.includes(tool as ToolId) }),
    ...(models.length > 0 && { model: (model: string) => models.some((one) => matchesModel(one, model, normalized)) }),
    ...(projects.length > 0 && { project: (project: string) => projects.some((one) => one(project)) }),
    ...(branches.length > 0 && { branch: (branch: string) => branches.some((one) => one.test(branch)) }),
  };
}

/** Whether a tally counts: with `--no-estimates` none that is estimated does, and a tally is so as a whole or not at all. */
export function countsAsked(asked: Arguments): (tally: { readonly estimatedTokens: number }) => boolean {
  const exactOnly = asked.is('no-estimates');
  return ({ estimatedTokens }) => !exactOnly || estimatedTokens === 0;
}

/** The tools of `--tool`, or of another flag, by id; an unknown one is a UsageError. */
export function toolsAsked(asked: Arguments, flag: 'tool' | 'with' = 'tool'): readonly ToolId[] {
  return asked.values(flag).map((typed) => {
    const name = typed.toLowerCase().replaceAll(' ', '-');
    const tool = toolIds.find((id) => id === name);
    if (tool !== undefined) return tool;
    const near = nearest(name, toolIds);
    throw new UsageError(
      `--${flag} '${typed}' is no tool that Tokenboard knows; ${near === undefined ? `it knows ${toolIds.join(', ')}.` : `did you mean '${near}'?`}`,
    );
  });
}

function matchesModel(wanted: RegExp, model: string, normalized: (model: string) => string): boolean {
  return wanted.test(model.toLowerCase()) || wanted.test(normalized(model).toLowerCase());
}

/** A project is meant by its folder (also one relative to here) or by the folder's last name. */
function projectTest(typed: string): (project: string) => boolean {
  const isPath = /[\\/]/.test(typed) || typed === '.' || typed === '..';
  const name = pattern(isPath ? folder(isAbsolute(typed) ? typed : resolve(typed)) : typed);
  return (project) => {
    const path = folder(project);
    return name.test(isPath ? path : path.slice(path.lastIndexOf('/') + 1));
  };
}

/** Paths of another platform may be in the logs, so this does not ask which one this is. */
function isAbsolute(path: string): boolean {
  return /^([a-z]:)?[\\/]|^\*/i.test(path);
}

function folder(path: string): string {
  const slashed = path.replaceAll('\\', '/').replace(/(?<=.)\/+$/, '');
  return /^[a-z]:/i.test(slashed) ? slashed.toLowerCase() : slashed;
}

/** `*` stands for any text. */
function pattern(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
