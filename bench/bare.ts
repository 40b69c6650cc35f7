// What rows compare with: the least that could answer the same. `node bench/bare.ts PORT`; tokens are those of the tests.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import express from "express";
import twilio from "twilio";
import { shop } from "../test/support/people.ts";

const port = Number(process.argv[2]);
const url = `http://127.0.0.1:${port}/sms`;
const streams = new Set<ServerResponse>();
const app = express();

app.get("/healthz", (_request, response) => response.send("ok"));
app.post("/sms", express.urlencoded({ extended: false }), (request, response) => {
  const form = request.body as Record<string, string>;
  if (!twilio.validateRequest(shop.authToken, request.get("x-twilio-signature") ?? "", url, form))
    return void response.status(403).end();
  response.type("text/xml").send("<Response/>");
  for (const stream of streams) stream.write(`data: ${form.Body}\n\n`);
});
// The page that somebody else has drawn: what the same bytes cost in the same Express.
app.post("/page", express.text({ limit: "1mb" }), (request, response) => {
  app.locals.page = request.body as string;
  response.end();
});
app.get("/page", (_request, response) => void response.type("html").send(app.locals.page as string));

// What node:http alone can do: read a form, and answer it.
function least(request: IncomingMessage, response: ServerResponse): void {
  request.resume().on("end", () => {
    response.writeHead(200, { "Content-Type": "text/xml", "Content-Length": 11 });
    response.end("<Response/>");
  });
}

createServer((request, response) => {
  if (request.url === "/least") return least(request, response);
  if (request.url !== "/events") return void app(request, response);
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  response.write(": here\n\n");
  streams.add(response);
  response.on("close", () => streams.delete(response));
}).listen(port, "127.0.0.1");
