import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { startSandbox } from "../../src/sandbox/server.ts";
import { openStore, type StoreOptions } from "../../src/store/store.ts";
import { ben, shop, shopNumber, shopSeed } from "../support/people.ts";
import { startInstance, type Instance } from "../support/processes.ts";
import { openTestStore, type EngineName } from "../support/stores.ts";
import { postSigned, textForm } from "../support/twilioForms.ts";
import { visit } from "../support/visitor.ts";

const textsPerRound = 40;
const pair = { twilioNumber: shopNumber, target: ben };

/** Where the crashing instance keeps its data; nothing else has it open meanwhile. */
async function storage(engine: EngineName): Promise<{ options: StoreOptions; remove: () => Promise<void> }> {
  if (engine === "postgres") {
    const opened = await openTestStore(engine);
    return { options: opened.options, remove: () => opened.close() };
  }
  const dataDir = await mkdtemp(join(tmpdir(), "parley-crash-"));
  const remove = () => rm(dataDir, { recursive: true, force: true });
  return { options: { dataDir, secret: "a secret of the tests" }, remove };
}

/** Posts the texts at once and kills the instance after some answers; returns those without an answer. */
async function killWhile(instance: Instance, texts: Record<string, string>[], answersBefore: number) {
  let answers = 0;
  let killed: Promise<unknown> | undefined;
  const unanswered: Record<string, string>[] = [];
  async function post(text: Record<string, string>): Promise<void> {
    const status = await postSigned(instance.url, text).then(
      (response) => response.status,
      () => undefined,
    );
    if (status === undefined) return void unanswered.push(text);
    expect(status).toBe(200);
    if ((answers += 1) === answersBefore) killed = instance.end("SIGKILL");
  }
  await Promise.all(texts.map(post));
  await killed;
  return unanswered;
}

test.each<[EngineName, number]>([
  ["sqlite", 6],
  ["postgres", 2],
])(
  "on %s, killed %i times while texts arrive, every answered text is kept, and repeats come once",
  async (engine, kills) => {
    const sandbox = await startSandbox({ seed: shopSeed() });
    const { options, remove } = await storage(engine);
    const instance = await startInstance({
      DATA_DIR: options.dataDir,
      DATABASE_URL: options.databaseUrl ?? "",
      SESSION_SECRET: options.secret,
      TWILIO_API_URL: sandbox.url,
    });
    try {
      await visit(instance.url).signIn(shop);
      const answered: string[] = [];
      let again: Record<string, string>[] = [];
      for (let kill = 0; kill < kills; kill += 1) {
        const fresh = Array.from({ length: textsPerRound - again.length }, (_, index) =>
          textForm({ Body: `Text ${kill}.${index}` }),
        );
        const texts = [...again, ...fresh];
        again = await killWhile(instance, texts, 1 + ((kill * 11) % 30));
        answered.push(
          ...texts.filter((text) => !again.includes(text)).map(({ MessageSid = "" }) => MessageSid),
        );
        await instance.start();
      }
      await instance.end("SIGKILL");
      const store = await openStore(options);
      expect((await store.messages.known(shop.accountSid, answered)).size).toBe(answered.length);
      const kept = await store.messages.thread(shop.accountSid, pair, { limit: 10_000 });
      expect(new Set(kept.map(({ body }) => body)).size).toBe(kept.length);
      expect(await store.conversations.find(shop.accountSid, pair)).toMatchObject({ unread: kept.length });
      await store.close();
    } finally {
      await instance.end("SIGKILL");
      await sandbox.close();
      await remove();
    }
  },
  60_000,
);

test("killed with texts of ours waiting for their turn, it says soon after that they were not sent", async () => {
  const sandbox = await startSandbox({ seed: shopSeed() });
  const { options, remove } = await storage("sqlite");
  const variables = {
    DATA_DIR: options.dataDir,
    SESSION_SECRET: options.secret,
    TWILIO_API_URL: sandbox.url,
  };
  const instance = await startInstance(variables, { quickPollMs: 200, checkDelays: [50] });
  const visitor = visit(instance.url);
  const chat = `/chat/${encodeURIComponent(shopNumber)}/${encodeURIComponent(ben)}`;
  const state = async (body: string) => {
    const { text } = await visitor.get(chat);
    return text.split(`class="bubble">${body}<`)[1]?.split("</li>")[0] ?? "";
  };
  try {
    await visitor.signIn(shop);
    await visitor.submit("/chat", "/targets", { phoneNumber: ben, twilioNumber: shopNumber });
    sandbox.world.faults.add({ kind: "hang", times: 1, path: "POST" });
    const handed = once(sandbox.world.events, "faults");
    const send = (body: string) =>
      visitor.submit(chat, `${chat}/messages`, { formId: `form-${body}`, body }).catch(() => undefined);
    const sending = [send("handed")];
    await handed;
    sending.push(send("waiting"));
    while (!(await state("waiting")).includes("Sending")) await wait(20);
    await instance.end("SIGKILL");
    await Promise.all(sending);
    await instance.start();
    while (!(await state("waiting")).includes("before it could hand this message to Twilio")) await wait(100);
    while (!(await state("handed")).includes("does not have it in its log")) await wait(100);
    expect(sandbox.world.messages(shop.accountSid).filter(({ to }) => to === ben)).toEqual([]);
  } finally {
    await instance.end("SIGKILL");
    await sandbox.close();
    await remove();
  }
});
