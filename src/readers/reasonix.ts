import { totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { count, field, type Json, number, text, time } from './json.ts';
import { dataFolders, foldersNamed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';

/** Reasonix appends a line a request to its statistics of the day; its sessions tell no counts. */
export const reasonix = reader<{ readonly session: string }, never, never>({
  id: 'reasonix',
  title: 'Reasonix',
  version: 1,
  evidence: 'source',
  note: 'Exact as told by the provider, where it kept statistics; neither sessions nor projects are in them.',
  logs,
  lines: {
    needle: '"model"',
    shape: {
      ts: true,
      model: true,
      prompt: true,
      completion: true,
      reasoning: true,
      cache_hit: true,
      cache_miss: true,
      cost_amount: true,
      cost_currency: true,
      cost_complete: true,
    },
    start: ({ relativePath }: LogFile) => ({ session: `statistics of ${relativePath.replace(/\.jsonl$/, '')}` }),
    line,
  },
});

function logs(machine: Machine): readonly LogPlace[] {
  const { home, own } = dataFolders(machine);
  const [state = machine.platform === 'win32' ? `${own}/reasonix` : `${home}/.reasonix`] = [
    ...foldersNamed(machine.env.REASONIX_STATE_HOME, machine),
    ...foldersNamed(machine.env.REASONIX_HOME, machine),
  ];
  return [{ dir: `${state}/stats`, files: /^\d{4}-\d\d-\d\d\.jsonl$/, kind: 'lines', depth: 0 }];
}

function line(value: Json, { session }: { readonly session: string }): readonly UsageEvent[] {
  const [written, model] = [text(field(value, 'ts')), text(field(value, 'model'))];
  const made = time(written);
  const of = (name: string) => count(field(value, name));
  const [cacheRead, output] = [of('cache_hit'), of('completion')];
  const tokens = {
    // The prompt holds what was cached; where the provider told what was not, that is right.
    input: of('cache_miss') || Math.max(0, of('prompt') - cacheRead),
    output,
    cacheRead,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    reasoning: Math.min(of('reasoning'), output),
  };
  if (made === undefined || model === undefined || totalTokens(tokens) === 0) return [];
  return [
    {
      kind: 'usage',
      // Requests have no id, but a time in nanoseconds.
      key: `reasonix:${written}:${model}:${tokens.input}.${cacheRead}.${output}`,
      time: made,
      model,
      provider: /^([^/]+)\//.exec(model)?.[1],
      tokens,
      session,
      reportedUSD: costOf(value),
    },
  ];
}

/** In other currencies it is no use, and one that is not complete would be too low. */
function costOf(value: Json): number | undefined {
  const cost = number(field(value, 'cost_amount'));
  const whole = field(value, 'cost_currency') === 'USD' && field(value, 'cost_complete') !== false;
  return whole && cost !== undefined && cost > 0 ? cost : undefined;
}
