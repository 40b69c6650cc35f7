import type { Kysely } from "kysely";
import type { ColumnWords } from "../engine.ts";

/** What each numbered file beside this one exports; frozen once it has shipped. */
export type Up = (db: Kysely<unknown>, words: ColumnWords) => Promise<void>;
