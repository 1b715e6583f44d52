const name = 'statusLine';

/**
 * Claude Code's settings with another status line, or with none, else as they were to the letter. Throws where they are no
 * JSON object.
 */
export function withStatusLine(settings: string, statusLine: unknown): string {
  const text = settings.trim() === '' ? '{\n}\n' : settings;
  const parsed: unknown = JSON.parse(text);
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) throw new Error('not a JSON object');
  const members = membersOf(text);
  const member = members.findLast(({ key }) => key === name);
  if (statusLine === undefined) return member === undefined ? text : without(text, members.indexOf(member), members);
  const indent = indentOf(text);
  const value = JSON.stringify(statusLine, null, indent).replaceAll('\n', `\n${indent}`);
  if (member !== undefined) return text.slice(0, member.value) + value + text.slice(member.end);
  const last = members.at(-1);
  const end = last?.end ?? text.indexOf('{') + 1;
  const rest = text.slice(end);
  const close = rest.trimStart().startsWith('}') && !rest.startsWith('}') ? rest : `\n${rest}`;
  return `${text.slice(0, end)}${last === undefined ? '' : ','}\n${indent}"${name}": ${value}${close}`;
}

/** The status line that the settings have; undefined where they have none or are unreadable. */
export function statusLineIn(settings: string): unknown {
  try {
    return (JSON.parse(settings) as { readonly statusLine?: unknown } | null)?.statusLine;
  } catch {
    return undefined;
  }
}

/** A member of the outermost object, by positions in the text. */
interface Member {
  readonly key: string;
  readonly start: number;
  readonly value: number;
  readonly end: number;
}

/** The members of the outermost object of a text that is a JSON object. */
function membersOf(text: string): readonly Member[] {
  const members: Member[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
  let depth = 0;
  let open: { key: string; start: number; value: number } | undefined;
  let end = 0;
  const close = (): void => {
    if (open !== undefined) members.push({ ...open, end });
    open = undefined;
  };
  for (const { 0: part, index } of text.matchAll(token)) {
    if (part === '}' || part === ']') depth--;
    if (depth === 1 && part === ',') close();
    else if (depth === 0 && part === '}') close();
    else if (depth === 1 && part !== ':') {
      if (open === undefined) open = { key: String(JSON.parse(part)), start: index, value: -1 };
      else if (open.value < 0) open.value = index;
    }
    if (part === '{' || part === '[') depth++;
    end = index + part.length;
  }
  return members;
}

/** A member goes with the comma before it, or, if it is the first, with the one after it. */
function without(text: string, index: number, members: readonly Member[]): string {
  const { start, end } = members[index] ?? { start: 0, end: 0 };
  const before = members[index - 1];
  const after = members[index + 1];
  if (before !== undefined) return text.slice(0, before.end) + text.slice(end);
  if (after !== undefined) return text.slice(0, start) + text.slice(after.start);
  return text.slice(0, start).trimEnd() + text.slice(end);
}

function indentOf(text: string): string {
  return /^\s*\{\r?\n([ \t]+)/.exec(text)?.[1] ?? '  ';
}
