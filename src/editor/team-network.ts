import * as vscode from 'vscode';
import type { NetworkSettings } from '../team/thread/thread-protocol.ts';

/** How the person has set the editor to reach the network; what a workspace says of it does not count. */
export function readNetworkSettings(): NetworkSettings {
  const values = vscode.workspace.getConfiguration('http');
  const told = (name: string): unknown => {
    const found = values.inspect(name);
    return found?.globalValue ?? found?.defaultValue;
  };
  const noProxy = told('noProxy');
  return {
    proxy: String(told('proxy') ?? '').trim(),
    proxies: told('proxySupport') !== 'off',
    noProxy: Array.isArray(noProxy) ? noProxy.map(String) : [],
    strict: told('proxyStrictSSL') !== false,
    systemCertificates: told('systemCertificates') !== false,
  };
}
