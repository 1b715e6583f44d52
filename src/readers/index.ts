import type { ToolId } from '../usage/tool-id.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { geminiCli } from './gemini-cli.ts';
import { opencode } from './opencode.ts';
import type { AnyReader } from './reader.ts';

/** All readers, in the order in which tools are listed to people. */
export const readers: readonly AnyReader[] = [claudeCode, codex, geminiCli, opencode];

/** The name of a tool as people know it: `Claude Code`; its id where no reader is known. */
export function toolTitle(tool: ToolId): string {
  return readers.find(({ id }) => id === tool)?.title ?? tool;
}
