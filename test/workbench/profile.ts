import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a VS Code keeps what is its own, apart from any other on the machine. */
export interface Profile {
  readonly userData: string;
  readonly extensions: string;
  readonly config: string;
  readonly socket: string;
}

/** Quiet and without the network: what a test and a first look both want. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** A profile in a folder, made if it is not there; an existing one keeps its settings. */
export function makeProfile(folder: string, settings: Readonly<Record<string, unknown>> = {}): Profile {
  const profile = {
    userData: join(folder, 'user-data'),
    extensions: join(folder, 'extensions'),
    config: join(folder, 'config.yaml'),
    socket: join(folder, 'session.sock'),
  };
  mkdirSync(join(profile.userData, 'User'), { recursive: true });
  mkdirSync(profile.extensions, { recursive: true });
  writeFileSync(profile.config, 'cert: false\n');
  const file = join(profile.userData, 'User', 'settings.json');
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify({ ...quietSettings, ...settings }, undefined, 2)}\n`);
  return profile;
}

/** Has VS Code show itself in a language, of which it gets no word of its own: extensions have theirs. */
export function writeLanguagePack({ userData }: Profile, language: string): void {
  const words = join(userData, 'words.json');
  writeFileSync(words, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extensions = [{ extensionIdentifier: { id: 'test.words' }, version: '1.0.0' }];
  const pack = { hash: 'none', extensions, translations: { vscode: words }, label: language };
  writeFileSync(join(userData, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}
