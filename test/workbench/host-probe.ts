import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packagePreloading } from './preloading-extension.ts';

/** What an extension host, or a thread in it, held at a moment, after its garbage was collected. */
export interface HostSample {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly pid: number;
  /** `host`, or the name of the thread's script: `scanner.js`. */
  readonly thread: string;
  /** Bytes of its own heap, and of what that holds outside. */
  readonly heap: number;
  /** Bytes that its heap takes up, room that is free included. */
  readonly committed: number;
  /** Bytes of the whole process. */
  readonly rss: number;
  /** Open files of the whole process. */
  readonly files: number;
  /** What keeps the thread's event loop going, by kind. */
  readonly handles: Readonly<Record<string, number>>;
  /** Of the host: by how many milliseconds a timer of 10 ms was late since the sample before. */
  readonly delays?: { readonly p50: number; readonly p99: number; readonly max: number };
}

/** An extension that measures the host that it runs in. */
export interface HostProbe {
  /** Its package. */
  readonly vsix: string;
  /** What the extension host's environment must have. */
  readonly env: Readonly<Record<string, string>>;
  /** All that was measured so far. */
  samples(): readonly HostSample[];
}

/** Packages the probe in a folder of its own; it measures every so many milliseconds. */
export async function packageHostProbe(folder: string, everyMs: number): Promise<HostProbe> {
  const vsix = await packagePreloading(folder, 'host-probe', resolve('test/workbench/probe-host.cjs'));
  const file = join(folder, 'samples.jsonl');
  return {
    vsix,
    env: { TOKENBOARD_TEST_PROBE: file, TOKENBOARD_TEST_PROBE_MS: String(everyMs) },
    samples() {
      const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
      return lines.map((line) => JSON.parse(line) as HostSample);
    },
  };
}
