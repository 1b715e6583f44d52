#!/usr/bin/env node
import nodeModule from 'node:module';
import { codeCacheDir } from './code-cache-dir.ts';

// Node keeps the command's compiled code from its first run on, which saves a tenth of an answer. Threads and processes that
// the command starts are told by the environment. A Node before 22.1 does not know of it, and is told so by the command.
process.env.NODE_COMPILE_CACHE ??= codeCacheDir();
nodeModule.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
void import('#command');
