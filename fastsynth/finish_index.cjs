// Lets jsii finish the index of a package it has just unpacked. jsii builds it in a worker thread,
// 3 s for AWS, and throws the work away when the programme ends before. Lazily loaded programmes
// always do, so that each run would read the package's whole description again: 1 s and 300 MB.
// Python waits 5 s for Node to end, then ends it: a slower build is left to the next run.
"use strict";

const threads = require("node:worker_threads");

if (threads.isMainThread) {
  const exit = process.exit;
  const building = new Set();
  let leave;

  threads.Worker = class extends threads.Worker {
    constructor(filename, options) {
      super(filename, options);
      if (!/[\\/]runtime-index-worker\.js$/.test(String(filename))) return;
      building.add(this);
      this.once("exit", () => {
        building.delete(this);
        if (leave && building.size === 0) leave();
      });
    }
  };

  process.exit = (code) => {
    if (building.size === 0) exit.call(process, code);
    leave = () => exit.call(process, code);
  };
}
