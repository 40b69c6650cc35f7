// What `npm start` runs: the bundle, or the sources where none could be built.
import { existsSync } from "node:fs";

const isBundled = existsSync(`${import.meta.dirname}/../dist/main.js`);

await import(isBundled ? "../dist/main.js" : "../src/main.ts");
