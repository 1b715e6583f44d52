import { elements, entries, field, type Json, number, text } from './json.ts';
import type { LogFile } from './reader.ts';
import { parseJson } from './vscode-data.ts';

/** A model that was in use from a time on, epoch milliseconds. */
export interface ModelMark {
  readonly time: number;
  readonly model: string;
  readonly provider: string | undefined;
}

/**
 * The models of a task, in their order, from the files beside it: Cline lists them, Roo Code and Kilo Code tell the
 * model the model's own name in each of its messages.
 */
export function modelMarks(log: LogFile): readonly ModelMark[] {
  const folder = log.path.slice(0, log.path.lastIndexOf('/'));
  const listed = elements(field(parseJson(log.read(`${folder}/task_metadata.json`)), 'model_usage')).flatMap(
    (usage) => {
      const model = text(field(usage, 'model_id'));
      const provider = text(field(usage, 'model_provider_id'));
      return model === undefined ? [] : [{ time: number(field(usage, 'ts')) ?? 0, model, provider }];
    },
  );
  return listed.length > 0 ? listed : taggedModels(log.read(`${folder}/api_conversation_history.json`));
}

/** The model of a request: the last one named before the next request is made, else the first. */
export function modelBefore(marks: readonly ModelMark[], next: number): ModelMark | undefined {
  return marks.findLast((mark) => mark.time < next) ?? marks[0];
}

/** The project folder of a task, from the files beside it. */
export function taskFolder(task: string, log: LogFile): string | undefined {
  const folder = log.path.slice(0, log.path.lastIndexOf('/'));
  const own = text(field(parseJson(log.read(`${folder}/history_item.json`)), 'workspace'));
  if (own !== undefined) return own;
  const root = folder.replace(/\/[^/]+\/[^/]+$/, '');
  const listed = elements(parseJson(log.read(`${root}/state/taskHistory.json`))).find(
    (item) => String(field(item, 'id')) === task,
  );
  return text(field(listed, 'cwdOnTaskInitialization')) ?? text(field(listed, 'shadowGitConfigWorkTree'));
}

function taggedModels(history: string | undefined): readonly ModelMark[] {
  if (history === undefined || !history.includes('<model>')) return [];
  const asked = elements(parseJson(history)).filter((message) => field(message, 'role') === 'user');
  return asked.flatMap((message) =>
    textsIn(field(message, 'content'))
      .flatMap((written) => written.split('<environment_details>').slice(1))
      .flatMap((block): ModelMark[] => {
        const model = /<model>\s*([^<]+?)\s*<\/model>/.exec(block.split('</environment_details>')[0] ?? '')?.[1];
        return model === undefined ? [] : [{ time: number(field(message, 'ts')) ?? 0, model, provider: undefined }];
      }),
  );
}

/** A message is a text, or a list of parts, each with a text or with parts of its own. */
function textsIn(content: Json | undefined): readonly string[] {
  if (typeof content === 'string') return [content];
  return elements(content).flatMap((part) =>
    entries(part).flatMap(([name, value]) => (name === 'text' || name === 'content' ? textsIn(value) : [])),
  );
}
