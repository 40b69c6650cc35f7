import { constants } from "node:zlib";
import compression from "compression";

// Every page is drawn for one person once, so a little larger and soon is better.
const quick = { [constants.BROTLI_PARAM_QUALITY]: 3 };

/** Pages, in the smallest form that the browser takes. The live stream says `no-transform`, and is left as it is. */
export const compressed = compression({ level: 4, brotli: { params: quick } });
