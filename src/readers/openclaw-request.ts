import type { UsageEvent } from '../usage/usage-event.ts';
import { at, type Json, text } from './json.ts';
import { dataFolders, foldersNamed } from './paths.ts';
import { type PiPlace, piRequest } from './pi-messages.ts';
import type { Machine } from './reader.ts';

/** OpenClaw's folder, and those of its old names. */
const folders = ['.openclaw', '.clawdbot', '.moltbot', '.moldbot'];
const variables = ['OPENCLAW_STATE_DIR', 'OPENCLAW_DIR', 'CLAWDBOT_STATE_DIR', 'MOLTBOT_STATE_DIR'];

/** The folders that may be OpenClaw's. */
export function openclawFolders(machine: Machine): readonly string[] {
  const { home } = dataFolders(machine);
  const named = variables.flatMap((name) => foldersNamed(machine.env[name], machine));
  return [...new Set([...folders.map((folder) => `${home}/${folder}`), ...named])];
}

/** What OpenClaw writes on the reply that it takes over from Codex, whose own rollout tells all of the turn's requests. */
const mirrored = /^codex-app-server:([^:]+):([^:]+)/;

/** The request behind an entry, wherever it is kept. */
export function openclawRequest(entry: Json, place: PiPlace): UsageEvent | undefined {
  const request = piRequest('openclaw', entry, place);
  const mirror = mirrored.exec(text(at(entry, 'message', 'idempotencyKey')) ?? '');
  return request === undefined || mirror === null
    ? request
    : { ...request, key: mirrorKey(mirror[1] ?? '', mirror[2] ?? '') };
}

/**
 * Names what OpenClaw tells of a Codex turn; Codex's rollout takes it back. A newer version of a reader outweighs an older
 * one's word, so the versions of both readers are raised together.
 */
export function mirrorKey(thread: string, turn: string): string {
  return `openclaw:codex:${thread}:${turn}`;
}
