// Validates workflows and actions with GitHub's own language service: schema, expressions, needs, events.
// Arguments: files. Prints a line for each finding as path:line: message.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

// The package imports its schemas in the way of bundlers.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context),
});
const { validate } = await import("@actions/languageservice");
const { TextDocument } = await import("vscode-languageserver-textdocument");

for (const file of process.argv.slice(2)) {
  const uri = pathToFileURL(resolve(file)).href;
  const found = await validate(TextDocument.create(uri, "yaml", 0, readFileSync(file, "utf8")));
  for (const { range, message } of found) console.log(`${file}:${range.start.line + 1}: ${message}`);
}
