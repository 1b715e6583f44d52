import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { CounterView } from '../../../src/editor/counter-view.ts';
import type { TokenboardApi } from '../../../src/extension.ts';

/** The counter of the running extension. */
export interface RunningCounter {
  readonly view: CounterView | undefined;
  /** Waits until it shows a text. */
  shows(text: string, patience?: number): Promise<void>;
}

/** The counter, once something has activated the extension. */
export async function runningCounter(): Promise<RunningCounter> {
  const extension = vscode.extensions.getExtension<TokenboardApi>('tokenboard.tokenboard');
  assert.ok(extension, 'the extension is not installed');
  const deadline = Date.now() + 40_000;
  while (!extension.isActive && Date.now() < deadline) await sleep(50);
  assert.ok(extension.isActive, 'nothing has activated the extension');
  const { exports: api } = extension;
  return {
    get view() {
      return api.counter;
    },
    async shows(text, patience = 40_000) {
      const end = Date.now() + patience;
      while (api.counter?.text !== text && Date.now() < end) await sleep(10);
      assert.equal(api.counter?.text, text);
    },
  };
}

/** Changes a setting of the person's, as the settings editor does; undefined takes it back. */
export async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('tokenboard').update(name, value, vscode.ConfigurationTarget.Global);
}
