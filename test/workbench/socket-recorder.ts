import { resolve } from 'node:path';
import { packagePreloading } from './preloading-extension.ts';

/**
 * An extension that has the extension host, and every thread that is started in it, write down whom they talk to, in the file
 * that `TOKENBOARD_TEST_SOCKETS` names. Gives the path of its package.
 */
export async function packageSocketRecorder(folder: string): Promise<string> {
  return await packagePreloading(folder, 'socket-recorder', resolve('test/workbench/record-sockets.cjs'));
}
