// jsii puts a second Node process between Python and the one that does the work, so that what that one
// prints does not get between its answers: each request and answer is then copied once more, 0.3 s in a
// stack of 500 resources. Here the one process talks to Python itself. It asks for descriptor 3, which
// stands for standard input and output; what it prints goes to standard error, packed as jsii packs it.
"use strict";

const fs = require("node:fs");
const { isMainThread } = require("node:worker_threads");

if (isMainThread) {
  const { readSync, writeSync } = fs;
  fs.readSync = (fd, ...rest) => readSync(fd === 3 ? 0 : fd, ...rest);
  fs.writeSync = (fd, ...rest) => writeSync(fd === 3 ? 1 : fd, ...rest);

  const write = process.stderr.write.bind(process.stderr);
  for (const name of ["stdout", "stderr"]) {
    process[name].write = (chunk, encoding, done) => {
      const text = Buffer.from(chunk, typeof encoding === "string" ? encoding : "utf8").toString("base64");
      return write(`${JSON.stringify({ [name]: text })}\n`, typeof encoding === "function" ? encoding : done);
    };
  }
}
