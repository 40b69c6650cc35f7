import { Wire, type Asked } from "./wire.ts";

const pauseMs = 2;

/** Asks for these all the while, each over a connection of its own; the answer ends it, with how long the slowest answer took, in milliseconds. */
export function watchStalls(url: string, everything: Asked[]): () => Promise<number> {
  let isOver = false;
  async function watch(asked: Asked): Promise<number> {
    const wire = new Wire(url);
    let slowest = 0;
    while (!isOver) {
      const askedAt = performance.now();
      const { status } = await wire.ask(asked);
      slowest = Math.max(slowest, performance.now() - askedAt);
      if (status !== 200) throw new Error(`${asked.path} was answered ${status}`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    wire.close();
    return slowest;
  }
  const watching = Promise.all(everything.map(watch));
  return async () => {
    isOver = true;
    return Math.max(...(await watching));
  };
}
