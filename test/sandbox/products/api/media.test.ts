import { describe, expect, test } from "vitest";
import { serve } from "../../../support/localServer.ts";
import { anna, beginner, shop, shopNumber, shopSeed } from "../../../support/people.ts";
import { authorization, useSandbox, type Caller } from "../../useSandbox.ts";
import { unknown } from "../wire.ts";

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

describe("the pictures of a message", () => {
  const png = { contentType: "image/png", content: Buffer.from("89504e47", "hex") };
  const received = async (count: number) => {
    const media = Array.from({ length: count }, () => png);
    return (await use.sandbox.world.phoneTexts({ from: anna, to: shopNumber, body: "", media })).message;
  };

  test("are told with their message, and where they are, without their bytes", async () => {
    const message = await received(1);
    const { body } = await use.call("GET", `Messages/${message.sid}/Media.json`);
    const [sid] = message.media.map((each) => each.sid);
    expect(body.media_list).toEqual([
      {
        ...{ sid, account_sid: shop.accountSid, parent_sid: message.sid, content_type: "image/png" },
        ...{ date_created: expect.any(String) as string, date_updated: expect.any(String) as string },
        uri: `/2010-04-01/Accounts/${shop.accountSid}/Messages/${message.sid}/Media/${sid}.json`,
      },
    ]);
  });

  test("come page by page, and one that is deleted leaves the others, and the count of before", async () => {
    const message = await received(3);
    const path = `Messages/${message.sid}/Media`;
    const first = (await use.call("GET", `${path}.json?PageSize=2`)).body;
    expect([
      first.media_list,
      (await use.call("GET", String(first.next_page_uri))).body.media_list,
    ]).toMatchObject([[{}, {}], [{}]]);
    expect((await use.call("DELETE", `${path}/${message.media[0]?.sid}.json`)).status).toBe(204);
    expect((await use.call("GET", `${path}.json`)).body.media_list).toHaveLength(2);
    expect((await use.call("GET", `Messages/${message.sid}.json`)).body.num_media).toBe("3");
  });

  test("are nobody else's, and not found under another message", async () => {
    const [one, other] = [await received(1), await received(1)];
    const foreign = `Messages/${one.sid}/Media/${one.media[0]?.sid}.json`;
    expect((await use.call("GET", foreign, {}, beginner)).code).toBe(20404);
    expect((await use.call("GET", `Messages/${one.sid}/Media/${other.media[0]?.sid}.json`)).code).toBe(20404);
    expect((await use.call("DELETE", `Messages/${one.sid}/Media/${unknown("ME")}.json`)).code).toBe(20404);
    expect((await use.call("GET", `Messages/${unknown("MM")}/Media.json`)).code).toBe(20404);
  });

  test.each([
    [302, true, 401],
    [307, false, 307],
    [302, false, 302],
  ] as const)(
    "lead on with %i; credentials asked for: %s",
    async (mediaRedirect, mediaNeedsCredentials, status) => {
      await use.reopen({ seed: { ...shopSeed(), unverified: { mediaRedirect, mediaNeedsCredentials } } });
      const { sid, media } = await received(1);
      const path = `${use.sandbox.url}/2010-04-01/Accounts/${shop.accountSid}/Messages/${sid}/Media/${media[0]?.sid}`;
      expect((await fetch(path, { redirect: "manual" })).status).toBe(status);
      const headers = { Authorization: authorization(shop) };
      expect((await fetch(path, { headers, redirect: "manual" })).status).toBe(mediaRedirect);
    },
  );

  test("that were uploaded as pages cannot run as such, and are gone when they are deleted", async () => {
    const script = { contentType: "text/html", content: Buffer.from("<script>alert(1)</script>") };
    const { message } = await use.sandbox.world.phoneTexts({
      from: anna,
      to: shopNumber,
      body: "",
      media: [script],
    });
    const path = `/2010-04-01/Accounts/${shop.accountSid}/Messages/${message.sid}/Media/${message.media[0]?.sid}`;
    const headers = { Authorization: authorization(shop) };
    const { headers: answered } = await fetch(use.sandbox.url + path, { headers, redirect: "manual" });
    const signed = use.sandbox.url + (answered.get("location") ?? "");
    expect((await fetch(signed)).headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    expect((await fetch(signed, { method: "POST" })).status).toBe(401);
    expect((await fetch(signed.replace(/until=\d+/, `until=${Date.now() + 99_999_999}`))).status).toBe(403);
    await use.call("DELETE", `Messages/${message.sid}/Media/${message.media[0]?.sid}.json`);
    expect((await fetch(signed)).status).toBe(403);
  });
});
