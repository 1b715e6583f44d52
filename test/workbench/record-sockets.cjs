// Loaded into an extension host and each of its threads: writes down whom they talk to.
const { appendFileSync } = require('node:fs');
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');
const { isMainThread } = require('node:worker_threads');

const file = process.env.TOKENBOARD_TEST_SOCKETS;

function record(what) {
  appendFileSync(file, `${JSON.stringify(what)}\n`);
}

/** Has a method write down what it is called with, before it does what it does. */
function watch(owner, name, tell) {
  const before = owner[name];
  owner[name] = function (...args) {
    const told = tell(args);
    if (told !== undefined) record(told);
    return before.apply(this, args);
  };
}

if (file !== undefined) {
  record(isMainThread ? 'extension host' : 'thread');
  watch(net.Socket.prototype, 'connect', ([first]) => {
    const options = Array.isArray(first) ? first[0] : first;
    if (typeof options === 'number') return `localhost:${options}`;
    // A pipe leads nowhere but to this machine.
    if (typeof options !== 'object' || options === null || typeof options.path === 'string') return undefined;
    return `${options.host ?? 'localhost'}:${options.port}`;
  });
  watch(dgram.Socket.prototype, 'send', () => 'datagram');
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) watch(dns, name, ([host]) => `name ${host}`);
}
