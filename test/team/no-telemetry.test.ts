import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';

/** What opens a connection. */
const network =
  /from '(?:node:)?(?:https?|http2|net|tls|dgram|dns|dns\/promises|undici|axios|ws)'|\bfetch\(|sendBeacon|XMLHttpRequest|new WebSocket|createTelemetryLogger/;

describe('20: there is no telemetry', () => {
  it('nothing but sharing with a team ever opens a connection', () => {
    const sources = globSync(['src/**/*.ts', 'webview/**/*.ts'], { exclude: ['src/server/**'] });
    assert.ok(sources.length > 300);
    const reach = sources
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => network.test(readFileSync(path, 'utf8')))
      .sort();
    assert.deepEqual(reach, ['src/team/http.ts', 'src/team/thread/network.ts']);
  });

  it('no library for it is among the dependencies', () => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
    const known = /telemetry|analytics|sentry|applicationinsights|segment|posthog|mixpanel|amplitude|datadog|newrelic/;
    const found = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => known.test(name));
    assert.deepEqual(found, []);
  });
});
