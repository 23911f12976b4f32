// Preloaded into Node: cdktf requires `archiver`, 150 files, half of what it loads, for the archives that
// a TerraformAsset makes. It is loaded when the first one is made.
"use strict";

const Module = require("node:module");

const ARCHIVES = /[\\/]cdkt[fn][\\/]lib[\\/]private[\\/]fs\.js$/;
const load = Module._load;

Module._load = function (...args) {
  const [request, parent] = args;
  if (request !== "archiver" || !ARCHIVES.test(parent?.filename ?? "")) return load.apply(this, args);
  return (...given) => load.apply(this, args)(...given);
};
