import assert from 'node:assert/strict';
import { httpSettings } from '../../../src/team/thread/network.ts';

describe('the way to a team’s server', () => {
  const usual = { proxy: '', proxies: true, noProxy: [], strict: true, systemCertificates: false };
  const proxyOf = (changes: Partial<typeof usual> | { noProxy: readonly string[] }, host = 'board.example.org') =>
    httpSettings({ ...usual, ...changes }, host, 'tokenboard/1.0.0').proxy;

  it('is that of the environment where the editor has none set, or what is set is no address', () => {
    assert.equal(proxyOf({}), 'environment');
    assert.equal(proxyOf({ proxy: 'nonsense' }), 'environment');
  });

  it('is the editor’s proxy, and none where it uses none', () => {
    assert.equal(proxyOf({ proxy: 'http://proxy.example.org:3128' }), 'http://proxy.example.org:3128');
    assert.equal(proxyOf({ proxy: 'http://proxy.example.org:3128', proxies: false }), 'none');
  });

  it('goes past the proxy to the hosts that are excepted', () => {
    const proxy = 'http://proxy.example.org:3128';
    for (const entry of [
      'board.example.org',
      '.example.org',
      '*.example.org',
      'EXAMPLE.org',
      '*',
      'board.example.org:443',
    ]) {
      assert.equal(proxyOf({ proxy, noProxy: [entry] }), 'none', entry);
    }
    for (const entry of ['', 'ample.org', 'other.example.org', 'board.example.org.evil.net']) {
      assert.equal(proxyOf({ proxy, noProxy: [entry] }), proxy, entry);
    }
  });
});
