// Outlives the process that started nodes, however that one ends, then kills the nodes it left and removes their data.
//
// A child of that process, reading its standard input: each line is `{"dir", "pid"}`, a node's data and the process
// that runs on it (none while it is stopped), `{"netns"}`, a network namespace, or either with `"gone": true`. The input
// ends when the parent is dead.

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const nodes = new Map();
const namespaces = new Set();

for await (const line of createInterface({ input: process.stdin })) {
  const { dir, pid, netns, gone } = JSON.parse(line);
  if (netns) namespaces[gone ? 'delete' : 'add'](netns);
  else if (gone) nodes.delete(dir);
  else nodes.set(dir, pid);
}

for (const pid of nodes.values()) {
  try {
    if (pid) process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
for (const dir of nodes.keys()) rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
for (const name of namespaces) spawnSync('ip', ['netns', 'del', name], { stdio: 'ignore' });
