// `node --import …`: writes a line for each module of a package that the process loads.
import { registerHooks } from "node:module";
import { writeSync } from "node:fs";

registerHooks({
  load(url, context, nextLoad) {
    if (url.includes("/node_modules/")) writeSync(2, `loaded ${url}\n`);
    return nextLoad(url, context);
  },
});
