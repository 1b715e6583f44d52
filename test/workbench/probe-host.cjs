// Loaded into an extension host and each of its threads: writes down every now and then what they hold.
const { appendFileSync, readdirSync } = require('node:fs');
const { basename } = require('node:path');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const v8 = require('node:v8');
const vm = require('node:vm');
const { isMainThread } = require('node:worker_threads');

const { TOKENBOARD_TEST_PROBE: file, TOKENBOARD_TEST_PROBE_MS: everyMs = '5000' } = process.env;
const resolutionMs = 10;

function openFiles() {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}

function counted(names) {
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

if (file !== undefined) {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc');
  const delays = isMainThread ? monitorEventLoopDelay({ resolution: resolutionMs }) : undefined;
  const late = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolutionMs);
  delays?.enable();
  const look = () => {
    // What is done here holds the thread up by itself.
    delays?.disable();
    const told = delays && {
      p50: late(delays.percentile(50)),
      p99: late(delays.percentile(99)),
      max: late(delays.max),
    };
    collect();
    const { heapUsed, heapTotal, external, rss } = process.memoryUsage();
    const sample = {
      ...{ at: Date.now(), pid: process.pid, thread: isMainThread ? 'host' : basename(process.argv[1] ?? '') },
      ...{
        heap: heapUsed + external,
        committed: heapTotal,
        rss,
        files: openFiles(),
        handles: counted(process.getActiveResourcesInfo()),
      },
      delays: told,
    };
    appendFileSync(file, `${JSON.stringify(sample)}\n`);
    delays?.reset();
    delays?.enable();
  };
  setInterval(look, Number(everyMs)).unref();
}
