import type { ToolId } from '../usage/tool-id.ts';
import { aider } from './aider.ts';
import { amp } from './amp.ts';
import { antigravityCli } from './antigravity-cli.ts';
import { augment } from './augment.ts';
import { claudeCode } from './claude-code.ts';
import { claudeDesktop } from './claude-desktop.ts';
import { cline } from './cline.ts';
import { codebuff } from './codebuff.ts';
import { codex } from './codex.ts';
import { continueDev } from './continue-dev.ts';
import { copilotChat } from './copilot-chat.ts';
import { copilotCli } from './copilot-cli.ts';
import { costrict } from './costrict.ts';
import { crush } from './crush.ts';
import { cursor } from './cursor.ts';
import { deepseekHarness } from './deepseek-harness.ts';
import { droid } from './droid.ts';
import { everyCode } from './every-code.ts';
import { geminiCli } from './gemini-cli.ts';
import { goose } from './goose.ts';
import { gptme } from './gptme.ts';
import { grok } from './grok.ts';
import { hermes } from './hermes.ts';
import { kiloCli } from './kilo-cli.ts';
import { kiloCode } from './kilo-code.ts';
import { kimi } from './kimi.ts';
import { mimoCode } from './mimo-code.ts';
import { mistralVibe } from './mistral-vibe.ts';
import { mux } from './mux.ts';
import { openclaw } from './openclaw.ts';
import { opencode } from './opencode.ts';
import { openhands } from './openhands.ts';
import { pi } from './pi.ts';
import { qwenCode } from './qwen-code.ts';
import type { AnyReader } from './reader.ts';
import { reasonix } from './reasonix.ts';
import { rooCode } from './roo-code.ts';
import { zcode } from './zcode.ts';
import { zed } from './zed.ts';
import { zooCode } from './zoo-code.ts';

/** All readers, in the order in which tools are listed to people. */
export const readers: readonly AnyReader[] = [
  claudeCode,
  codex,
  everyCode,
  copilotChat,
  copilotCli,
  cursor,
  cline,
  rooCode,
  zooCode,
  costrict,
  kiloCode,
  kiloCli,
  geminiCli,
  deepseekHarness,
  reasonix,
  zcode,
  opencode,
  pi,
  openclaw,
  goose,
  zed,
  crush,
  continueDev,
  qwenCode,
  amp,
  droid,
  kimi,
  grok,
  claudeDesktop,
  mistralVibe,
  codebuff,
  mux,
  augment,
  antigravityCli,
  hermes,
  aider,
  openhands,
  mimoCode,
  gptme,
];

/** The readers that are used without being asked for, and those asked for: what is unverified waits until it is. */
export function readersOn(asked: readonly ToolId[] = []): readonly AnyReader[] {
  return readers.filter(({ id, evidence }) => evidence !== 'unverified' || asked.includes(id));
}

/** The name of a tool as people know it: `Claude Code`; its id where no reader is known. */
export function toolTitle(tool: ToolId): string {
  return readers.find(({ id }) => id === tool)?.title ?? tool;
}
