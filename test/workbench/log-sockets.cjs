const { appendFileSync } = require('node:fs');
const net = require('node:net');
const { isMainThread } = require('node:worker_threads');

/** A thread does not see its process's arguments; it runs in the extension host where it was begun by one of its scripts. */
const isHost = !isMainThread || process.argv.includes('--type=extensionHost');

const file = process.env.TOKENBOARD_SOCKET_LOG;
const connect = net.Socket.prototype.connect;

/** Preloaded into an extension host, writes down each connection that it or one of its threads opens to somewhere. */
net.Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (file && isHost && options?.port !== undefined) {
    const line = {
      host: options.host ?? 'localhost',
      port: Number(options.port),
      thread: isMainThread ? 'host' : 'worker',
    };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  }
  return connect.apply(this, args);
};
