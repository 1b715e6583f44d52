import { readFileSync } from 'node:fs';
import { cpus, release, type as system, totalmem } from 'node:os';

/** The machine in a sentence: processor, cores, memory, system, Node. */
export function machineInWords(): string {
  const processors = cpus();
  const model = processors[0]?.model.replaceAll(/\s+/g, ' ').trim() || 'an unnamed processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${model}, ${processors.length} cores, ${memory} GB of memory, ${distribution()}, Node ${process.versions.node}`;
}

function distribution(): string {
  try {
    const name = /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
    if (name) return `${name}, ${system()} ${release()}`;
  } catch {
    // Not every system has that file.
  }
  return `${system()} ${release()}`;
}
