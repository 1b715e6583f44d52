import type { ToolId } from '../usage/tool-id.ts';
import { claudeCode } from './claude-code.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { copilotChat } from './copilot-chat.ts';
import { geminiCli } from './gemini-cli.ts';
import { kiloCode } from './kilo-code.ts';
import { opencode } from './opencode.ts';
import type { AnyReader } from './reader.ts';
import { rooCode } from './roo-code.ts';

/** All readers, in the order in which tools are listed to people. */
export const readers: readonly AnyReader[] = [
  claudeCode,
  codex,
  copilotChat,
  cline,
  rooCode,
  kiloCode,
  geminiCli,
  opencode,
];

/** The name of a tool as people know it: `Claude Code`; its id where no reader is known. */
export function toolTitle(tool: ToolId): string {
  return readers.find(({ id }) => id === tool)?.title ?? tool;
}
