/** Model ids that stand for no model at all. */
export const unknownModel = 'unknown';

const region = /^(?:global|us|us-gov|eu|apac|ap|jp|au|ca|sa|uk|in|me|af)\.(?=[a-z])/;
const bedrockVendor =
  /^(?:ai21|amazon|anthropic|cohere|google|meta|minimax|mistral|moonshot|moonshotai|nvidia|openai|qwen|writer|zai)\./;
/** Where and how a request is served, not by what: OpenRouter's variants that run the same weights. */
const servingVariant = /:(?:free|thinking|beta|nitro|floor|online|exacto)$/;
const bedrockRevision = /(?<!^claude)-v\d+:\d+(?::\d+k)?$/;
const claudeRevision = /(?<!^claude)-v\d$/;
const dateStamp = /-20\d\d(?:-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))$/;
const effort = /-(?:minimal|low|medium|high|xhigh)$/;
const claudeMode = /-(?:thinking|minimal|low|medium|high|xhigh|max)$/;

/**
 * One id for all the ways in which tools, clouds and routers write a model: `us.anthropic.claude-opus-4-5-20251101-v1:0`,
 * `anthropic/claude-opus-4.5`, `claude-opus-4-5@20251101` and `claude-4.5-opus-high-thinking` are `claude-opus-4-5`.
 * Different models stay different. A text that is no model id comes back in lower case; an empty one is `unknown`.
 */
export function normalModelId(model: string): string {
  const written = model.trim().toLowerCase().replace(/\s+/g, '-');
  if (written === '') return unknownModel;
  const id = written
    .replace(/\[1m\]$/, '')
    .replace(/\/+$/, '')
    .replace(/^.*\//, '')
    .replace(/@.*$/, '')
    .replace(region, '')
    .replace(bedrockVendor, '')
    .replace(/^deepseek\.(?=[rv]\d)/, 'deepseek-')
    .replace(servingVariant, '')
    .replace(bedrockRevision, '');
  if (id === '') return written;
  if (id.startsWith('claude-')) return claudeId(id);
  const dateless = id.replace(effortOf(id), '').replace(dateStamp, '');
  return dateless.replace(/^(gpt|gemini)-(\d)-(\d)(?=-|$)/, '$1-$2.$3');
}

/** Reasoning effort is appended to OpenAI's ids by some tools; elsewhere such an ending may be part of the name. */
function effortOf(id: string): RegExp | string {
  return /^(?:gpt-[5-9]|o\d|codex)/.test(id) ? effort : '';
}

/** Until Claude 3 the version stands before the family's name, since then behind it; some tools do otherwise. */
function claudeId(id: string): string {
  let bare = id.replace(/-latest$/, '');
  for (let before = ''; before !== bare; ) {
    before = bare;
    bare = bare.replace(claudeMode, '').replace(claudeRevision, '').replace(dateStamp, '');
  }
  const parts =
    /^claude-(?<family>[a-z]+)-(?<major>\d+)(?:[.-](?<minor>\d{1,2}))?(?<rest>(?:-[a-z].*)?)$/.exec(bare) ??
    /^claude-(?<major>\d+)(?:[.-](?<minor>\d{1,2}))?-(?<family>[a-z]+)(?<rest>(?:-.*)?)$/.exec(bare);
  if (parts?.groups === undefined) return bare;
  const { family = '', major = '', minor = '0', rest = '' } = parts.groups;
  const version = Number(minor) === 0 ? major : `${major}-${minor}`;
  return Number(major) <= 3 ? `claude-${version}-${family}${rest}` : `claude-${family}-${version}${rest}`;
}
