import { describe, expect, test } from "vitest";
import { serve } from "../../../support/localServer.ts";
import { anna, beginner, shop, shopNumber } from "../../../support/people.ts";
import { authorization, useSandbox, type Caller } from "../../useSandbox.ts";

const use = useSandbox();

describe("pictures", () => {
  const picture = Buffer.from("89504e470d0a1a0a", "hex");

  test("are behind a signed address that refuses credentials", async () => {
    const media = [{ contentType: "image/png", content: picture }];
    const { message } = await use.sandbox.world.phoneTexts({ from: anna, to: shopNumber, body: "", media });
    const path = `/2010-04-01/Accounts/${shop.accountSid}/Messages/${message.sid}/Media/${message.media[0]?.sid}`;
    const asked = (caller: Caller) =>
      fetch(use.sandbox.url + path, {
        headers: { Authorization: authorization(caller) },
        redirect: "manual",
      });
    expect((await fetch(use.sandbox.url + path, { redirect: "manual" })).status).toBe(401);
    expect((await asked(beginner)).status).toBe(404);
    const { status, headers } = await asked(shop);
    expect(status).toBe(307);
    const signed = use.sandbox.url + (headers.get("location") ?? "");
    const bytes = await fetch(signed);
    expect(bytes.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await bytes.arrayBuffer())).toEqual(picture);
    expect((await fetch(signed, { headers: { Authorization: authorization(shop) } })).status).toBe(400);
    expect((await fetch(signed.replace(/signature=.*/, "signature=forged"))).status).toBe(403);
  });

  test("are fetched from the sender's address before the message leaves", async () => {
    const url = await serve((request, response) => {
      response.writeHead(request.url === "/a.png" ? 200 : 404, { "Content-Type": "image/png" });
      response.end(picture);
    });
    const good = await use.send(anna, "", { MediaUrl: `${url}/a.png` });
    expect(good.body).toMatchObject({ num_media: "1", sid: expect.stringMatching(/^MM/) as string });
    await expect.poll(() => use.statusOf(good.body.sid)).toBe("delivered");
    const bad = await use.send(anna, "", { MediaUrl: `${url}/missing.png` });
    await expect.poll(() => use.statusOf(bad.body.sid)).toBe("failed");
  });
});
