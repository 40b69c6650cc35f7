import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSandbox } from "../../src/sandbox/server.ts";
import { offers } from "../support/pages.ts";
import { ben, newcomer, shop, shopNumber } from "../support/people.ts";
import { startInstance } from "../support/processes.ts";
import { shopSeed } from "../support/people.ts";
import { postForm, postSigned, textForm } from "../support/twilioForms.ts";
import { visit } from "../support/visitor.ts";

test("what matters to safety is logged with its request and address, and no secret, text or number is", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "parley-audit-"));
  const sandbox = await startSandbox({ seed: shopSeed() });
  const secret = "a session secret that must not be seen";
  const instance = await startInstance({
    DATA_DIR: dataDir,
    SESSION_SECRET: secret,
    TWILIO_API_URL: sandbox.url,
    LOG_LEVEL: "trace",
    TRUST_PROXY: "1",
  });
  try {
    const visitor = visit(instance.url);
    visitor.agent.set("X-Forwarded-For", "203.0.113.9");
    const refused = await visitor.signIn({ ...shop, authToken: "a wrong token" });
    await visitor.signIn(shop);
    const chat = `/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(ben)}`;
    await visitor.submit("/chat", "/targets", {
      phoneNumber: ben,
      twilioNumber: shopNumber,
      name: "Ben Private",
    });
    await visitor.submit(chat, `${chat}/messages`, { body: "A private text", formId: "form-audit" });
    await postSigned(instance.url, textForm({ Body: "Another private text" }));
    await postForm(`${instance.url}/sms`, textForm({ Body: "A forged text" }), "forged");
    await visitor.post(`${chat}/messages`, { body: "A private text", formId: "form-forged" });
    await visitor.get("/chat").set("Host", "evil.example");
    await visitor.get("/export");
    await visitor.submit("/logout", "/logout", { confirmed: "yes" });
    await visitor.signIn(newcomer);
    const [phoneNumber = ""] = offers((await visitor.get("/admin?country=GB")).text);
    await visitor.submit("/admin", "/admin/numbers", { country: "GB", phoneNumber });
    await visitor.submit("/logout", "/sign-out", {});
    await instance.end();
    const lines = instance.log
      .split("\n")
      .filter((line) => line.includes('"audit":'))
      .map((line) => JSON.parse(line) as { audit: string; requestId: string; address: string });
    // Status callbacks of the text come after the logout, too.
    const events = lines.map(({ audit }) => audit);
    expect(events.indexOf("webhook refused")).toBe(2);
    expect(events.filter((event) => event !== "webhook refused")).toEqual([
      ...["sign-in refused", "sign-in", "form refused", "host refused", "export"],
      ...["logout", "sign-out", "sign-in", "purchase", "sign-out"],
    ]);
    expect(lines[0]).toMatchObject({ address: "203.0.113.9", requestId: refused.headers["x-request-id"] });
    const secrets = [
      shop.authToken,
      newcomer.authToken,
      "a wrong token",
      secret,
      "private text",
      "forged text",
    ];
    for (const hidden of [...secrets, "Ben Private", ben, phoneNumber, shop.accountSid])
      expect(instance.log.includes(hidden), hidden).toBe(false);
    expect(instance.log).toContain('"msg":"Twilio"');
  } finally {
    await instance.end("SIGKILL");
    await sandbox.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});
