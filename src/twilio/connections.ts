import http from "node:http";
import https from "node:https";

type Connect = http.Agent["createConnection"];
type Socket = NonNullable<ReturnType<Connect>>;

const longestConnectMs = 5_000;

const unconnected = new WeakSet<Error>();

/** Whether this failure, or the one it wraps, came before there was a connection: nothing can have been sent. */
export function neverConnected(error: unknown): boolean {
  return error instanceof Error && (unconnected.has(error) || neverConnected(error.cause));
}

/** Gives up a connection that does not come about in time, and remembers which failures came before there was one. */
export function limitConnecting<Agent extends http.Agent>(agent: Agent, deadlineMs: number): Agent {
  const connect: Connect = agent.createConnection.bind(agent);
  const connected = agent instanceof https.Agent ? "secureConnect" : "connect";
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    if (socket) watch(socket, connected, deadlineMs);
    return socket;
  };
  return agent;
}

/** Lets the SDK's HTTP client connect in time. Its own agent stays, because it knows of proxies and certificates; for plain http it brings none. */
export function useAgents(
  defaults: { httpAgent?: unknown; httpsAgent?: unknown },
  { timeoutMs, maxSockets }: { timeoutMs: number; maxSockets: number },
): void {
  const deadlineMs = Math.min(longestConnectMs, timeoutMs / 2);
  if (defaults.httpsAgent instanceof https.Agent) limitConnecting(defaults.httpsAgent, deadlineMs);
  const agent = new http.Agent({ keepAlive: true, maxSockets, timeout: timeoutMs });
  defaults.httpAgent = limitConnecting(agent, deadlineMs);
}

function watch(socket: Socket, connected: string, deadlineMs: number): void {
  const timer = setTimeout(() => socket.destroy(new Error("No connection in time")), deadlineMs);
  const fail = (error: Error) => unconnected.add(error);
  socket.once("error", fail);
  socket.once("close", () => clearTimeout(timer));
  socket.once(connected, () => {
    clearTimeout(timer);
    socket.off("error", fail);
  });
}
