/** Runs the suites; VS Code calls this in its extension host. The results go to a file, failures make it reject. */
export async function run(): Promise<void> {
  // Mocha is no part of this bundle: it is found in the checkout's node_modules.
  const { default: Mocha } = await import('mocha');
  const output = process.env.TOKENBOARD_TEST_RESULTS;
  const mocha = new Mocha({ ui: 'bdd', timeout: 90_000, reporter: 'json', reporterOptions: { output } });
  mocha.suite.emit('pre-require', globalThis, null, mocha);
  if (process.env.TOKENBOARD_TEST_WINDOW === 'settings') {
    await import('./settings.suite.ts');
    await import('./cost.suite.ts');
  } else {
    await import('./counter.suite.ts');
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
