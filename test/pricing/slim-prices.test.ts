import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import { slimPrices } from '../workbench/slim-prices.ts';

type Library = typeof import('@pydantic/genai-prices');

const require = createRequire(import.meta.url);
const path = require.resolve('@pydantic/genai-prices');
const code = readFileSync(path, 'utf8');

describe('the bundled price table', () => {
  it('gives every model the prices that the whole one gives', () => {
    const slim = slimPrices(code);
    assert.ok(slim.length < code.length * 0.7, `${slim.length} of ${code.length} characters`);
    const module = { exports: {} as Library };
    runInThisContext(`(function (module, exports, require) {${slim}\n})`)(module, module.exports, require);
    const whole = require(path) as Library;
    const tokens = {
      input_tokens: 300_000,
      cache_read_tokens: 90_000,
      cache_write_tokens: 20_000,
      output_tokens: 7000,
    };
    let priced = 0;
    const ids = new Set(Array.from(code.matchAll(/\bid: ?"([^"]+)"/g), ([, id]) => String(id)));
    for (const id of ids) {
      for (const providerId of [undefined, 'openrouter', 'aws', 'google', 'azure']) {
        const timestamp = new Date(providerId === undefined ? '2024-06-01T03:00:00Z' : '2026-09-01T17:00:00Z');
        const asked = { timestamp, ...(providerId && { providerId }) };
        const [found, expected] = [module.exports, whole].map((library) => {
          const price = library.calcPrice(tokens, id, asked);
          return price && [price.provider.id, price.model.id, price.model_price, price.total_price];
        });
        assert.deepEqual(found, expected);
        if (expected) priced++;
      }
    }
    assert.ok(priced > 1000, `${priced} prices`);
  });

  it('is refused where it is built in another way', () => {
    assert.throws(() => slimPrices('var prices = {}'), /no list of providers/);
  });
});
