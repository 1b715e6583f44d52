import assert from 'node:assert/strict';
import { copilotChat } from '../../src/readers/copilot-chat.ts';
import type { Machine } from '../../src/readers/reader.ts';
import { pathOfUri } from '../../src/readers/vscode-data.ts';

describe("The places of VS Code's data", () => {
  const dirs = (machine: Machine) => [...new Set(copilotChat.logs(machine).map(({ dir }) => dir))];

  it('are the User folders of every kind of VS Code', () => {
    assert.deepEqual(dirs({ home: '/home/ada', platform: 'linux', env: {} }), [
      '/home/ada/.config/Code/User',
      '/home/ada/.config/Code - Insiders/User',
      '/home/ada/.config/Code - Exploration/User',
      '/home/ada/.config/Code - OSS/User',
      '/home/ada/.config/VSCodium/User',
      '/home/ada/.config/Cursor/User',
      '/home/ada/.config/Windsurf/User',
      '/home/ada/.config/Positron/User',
      '/home/ada/.config/Antigravity/User',
      '/home/ada/.vscode-server/data/User',
      '/home/ada/.vscode-server-insiders/data/User',
      '/home/ada/.vscode-remote/data/User',
      '/home/ada/.vscodium-server/data/User',
      '/home/ada/.cursor-server/data/User',
      '/home/ada/.windsurf-server/data/User',
      '/home/ada/.local/share/code-server/User',
    ]);
  });

  it('are where each system keeps them, and where the environment says', () => {
    const mac = dirs({ home: '/Users/ada', platform: 'darwin', env: {} });
    assert.ok(mac.includes('/Users/ada/Library/Application Support/Code - Insiders/User'));
    const windows = dirs({ home: 'C:\\Users\\ada', platform: 'win32', env: { APPDATA: 'D:\\Roaming' } });
    assert.ok(windows.includes('D:/Roaming/Cursor/User') && windows.includes('C:/Users/ada/.vscode-server/data/User'));
    const env = { XDG_CONFIG_HOME: '/x', XDG_DATA_HOME: '/y', VSCODE_PORTABLE: '/z' };
    const linux = dirs({ home: '/home/ada', platform: 'linux', env });
    for (const dir of [
      '/x/Code/User',
      '/y/code-server/User',
      '/z/user-data/User',
      '/workspace/.vscode-server/data/User',
    ])
      assert.ok(linux.includes(dir), dir);
  });

  it("have Windows' folders among them in WSL alone, and enter nothing else there", () => {
    const linux = { home: '/home/ada', platform: 'linux', env: { WSL_DISTRO_NAME: 'Ubuntu' } } as const;
    const places = copilotChat.logs(linux).filter(({ dir }) => dir === '/mnt/c/Users');
    assert.deepEqual(
      places.map(({ kind }) => kind),
      ['lines', 'document'],
    );
    const place = places[0] ?? assert.fail();
    const data = 'Ada/AppData/Roaming/Code/User';
    for (const file of [
      `${data}/workspaceStorage/1a2b/chatSessions/5e55.jsonl`,
      `${data}/workspaceStorage/1a2b/GitHub.copilot-chat/debug-logs/5e55/main.jsonl`,
      `${data}/globalStorage/emptyWindowChatSessions/5e55.jsonl`,
    ]) {
      assert.ok(place.files.test(file), file);
      const folders = file.split('/').slice(0, -1);
      for (const [i] of folders.entries()) assert.ok(place.enter?.test(folders.slice(0, i + 1).join('/')), file);
    }
    for (const folder of [
      'Public',
      'Default User',
      'Ada/Documents',
      'Ada/AppData/Local',
      'Ada/AppData/Roaming/npm',
      `${data}/History`,
      `${data}/workspaceStorage/1a2b/ms-python.python`,
      `${data}/globalStorage/other`,
    ])
      assert.ok(!place.enter?.test(folder), folder);
    assert.ok(!dirs({ ...linux, env: {} }).includes('/mnt/c/Users'));
  });

  it('have paths behind their addresses', () => {
    assert.equal(pathOfUri('untitled:1'), undefined);
    assert.equal(pathOfUri('file:///a%'), '/a%');
    assert.equal(pathOfUri('vscode-remote://ssh-remote%2Bhost/srv/x'), '/srv/x');
  });
});
