import { normalModelId, unknownModel } from '../usage/model-id.ts';

/** One way to ask the price table. */
export interface Candidate {
  readonly model: string;
  readonly provider: string | undefined;
}

/** Models run on the own machine: what they cost is on no list. */
const localProvider = /ollama|lm-?_?studio|llama[._-]?cpp|llamafile|vllm|sglang|mlx|local|koboldcpp|gpt4all|^oss$/;
const localModel = /:\d+(?:\.\d+)?b\b|:latest$|\.gguf$/;

/** Sold by their vendor alone, so that the vendor's price is the list price whoever passes the request on. */
const vendors: readonly (readonly [RegExp, string])[] = [
  [/^claude-/, 'anthropic'],
  [/^(?:gpt-(?!oss)|chatgpt-|codex-|o\d)/, 'openai'],
  [/^gemini-/, 'google'],
  [/^grok-/, 'x-ai'],
  [/^composer-/, 'cursor'],
];

/** Names of providers that the price table knows by another name, or whose models it lists under several. */
const providerNames: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^z[.-]?ai/, ['zai', 'zhipuai']],
  [/^kimi/, ['moonshotai']],
  [/^minimax/, ['minimax']],
  [/^(?:fireworks|accounts$)/, ['fireworks']],
  [/^together/, ['together']],
  [/^azure/, ['azure']],
  [/vertex/, ['google']],
];

/** The ways to look up a logged model, the most exact first; none for what has no list price. */
export function candidates(model: string, provider: string | undefined): readonly Candidate[] {
  const logged = model
    .trim()
    .toLowerCase()
    .replace(/\[1m\]$/, '');
  const said = provider?.trim().toLowerCase() || providerOf(logged);
  if (logged === '' || logged === unknownModel || logged.startsWith('<')) return [];
  if (localModel.test(logged) || (said !== undefined && localProvider.test(said))) return [];

  const normal = normalModelId(logged);
  const vendor = vendors.find(([ids]) => ids.test(normal))?.[1];
  const written = [logged, logged.replace(/^[^/]*\//, ''), logged.replace(/^.*\//, '')];
  // A free variant that is not on the list must not be taken for the paid model.
  const names = logged.endsWith(':free') ? written : [...written, normal, dotted(normal)];

  const found = new Map<string, Candidate>();
  const providers = [...(said === undefined ? [] : tableNames(said)), ...lastResort(said, vendor, normal)];
  for (const asked of providers) {
    for (const name of names) found.set(`${asked} ${name}`, { model: name, provider: asked });
  }
  return [...found.values()];
}

/** Open models cost something else at every host, so only the host that served the request can be asked. */
function lastResort(
  said: string | undefined,
  vendor: string | undefined,
  normal: string,
): readonly (string | undefined)[] {
  if (vendor !== undefined) return [vendor];
  return said === undefined && !normal.startsWith('gpt-oss') ? [undefined] : [];
}

function tableNames(provider: string): readonly string[] {
  return providerNames.find(([names]) => names.test(provider))?.[1] ?? [provider];
}

/** The provider that an id names: `openrouter/…`, `arn:aws:bedrock:…`, `us.anthropic.…`. */
function providerOf(model: string): string | undefined {
  if (/^arn:aws|(?:^|[./])anthropic\.claude/.test(model)) return 'bedrock';
  return /^([^/@]+)\//.exec(model)?.[1];
}

/** The table writes some versions as `4.5`, where the normal id has `4-5`. */
function dotted(normal: string): string {
  return normal.replace(/(\d)-(\d{1,2})$/, '$1.$2');
}
