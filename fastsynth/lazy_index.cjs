// Preloaded into Node: a prebuilt provider's `lib/index.js` requires each of its resources at once;
// `lib/lazy-index.js` beside it exports the same names as getters. Only cdktf's own generated
// bindings use it, so whoever asks for the first is given the second, where there is one.
"use strict";

const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { fileURLToPath, pathToFileURL } = require("node:url");

const EAGER = /[\\/]@cdkt[fn][\\/]provider-[^\\/]+[\\/]lib[\\/]index\.js$/;

function lazyInsteadOf(file) {
  if (!EAGER.test(file)) return file;
  const lazy = path.join(path.dirname(file), "lazy-index.js");
  return fs.existsSync(lazy) ? lazy : file;
}

if (typeof Module.registerHooks === "function") {
  // Node 22.15 and later.
  Module.registerHooks({
    resolve(specifier, context, nextResolve) {
      const found = nextResolve(specifier, context);
      if (!found.url.startsWith("file:") || !EAGER.test(found.url)) return found;
      return { ...found, url: pathToFileURL(lazyInsteadOf(fileURLToPath(found.url))).href };
    },
  });
} else {
  const resolveFilename = Module._resolveFilename;
  Module._resolveFilename = function (...args) {
    return lazyInsteadOf(resolveFilename.apply(this, args));
  };
}
