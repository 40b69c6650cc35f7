import { connect } from "node:net";

/** Resolves when somebody takes a connection there in time; rejects with the system's error, or ETIMEDOUT. */
export async function tryConnecting(url: string, ms: number): Promise<void> {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  const socket = connect({ host, port: Number(port || (protocol === "https:" ? 443 : 80)), timeout: ms });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve).once("error", reject);
      socket.once("timeout", () => reject(Object.assign(new Error("No connection"), { code: "ETIMEDOUT" })));
    });
  } finally {
    socket.destroy();
  }
}
