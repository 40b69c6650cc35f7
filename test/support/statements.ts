import type { CompiledQuery, KyselyPlugin } from "kysely";
import type { Engine } from "../../src/store/engines/engine.ts";

/** The engine, noting every statement that it is asked to run. */
export function recording(engine: Engine, asked: CompiledQuery[]): Engine {
  const noting: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      asked.push(engine.db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  return { ...engine, db: engine.db.withPlugin(noting) };
}
