/**
 * Words of which vendors make the public ids of models. The price table finds some models by the beginning of their id, so
 * `gemini-2.5-pro-acme` has a price as well: what names a customer or a project must not pass for a public id.
 */
const words = new Set(
  `amazon anthropic audio auto babbage base beta chat chatgpt chocolatine claude code coder codestral codex cohere command
  composer computer cursor davinci deep deepseek dev devstral dbrx distill embed embedding ernie exp experimental falcon fable
  fast flash fp8 free gemini gemma glm google gpt granite grok haiku hermes high image instant instruct it jamba kimi large latest
  light lite live llama long low magistral max maverick medium meta mini minimax ministral mistral mixtral moonshot multi multimodal
  mythos nano native nemo nemotron non nova omni open openai opus oss phi pixtral plus preview premier pro qvq qwen qwq r reasoner
  reasoning realtime research scout search sonar sonnet small spark speech standard super text think thinking tiny tool transcribe
  tts turbo ultra use v vision vl voice with xai yi`.split(/\s+/),
);
const number = /^(?:[a-z]{0,2}\d+(?:[a-z]|bit)?|\d+x\d+[bm]|[a-z])$/;

/** Whether nothing but vendors' words and version numbers makes up a normalised id. */
export function isPublicName(id: string): boolean {
  return id.split(/[-._:/]/).every((part) => number.test(part) || wordsOf(part));
}

/** A word, with or without a version behind it: `qwen3`, `gpt`. */
function wordsOf(part: string): boolean {
  return words.has(part) || words.has(part.replace(/\d+[a-z]?$/, ''));
}
