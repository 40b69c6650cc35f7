import { expect, test } from "vitest";
import twilio from "twilio";
import { shop, shopNumber } from "../../../support/people.ts";
import { webhook } from "../../../support/webhook.ts";
import { useSandbox } from "../../useSandbox.ts";

const use = useSandbox();
const secondary = "/accounts/v1/AuthTokens/Secondary";
const promote = "/accounts/v1/AuthTokens/Promote";
const statusWith = async (authToken: unknown) =>
  (await use.call("GET", "Messages.json", {}, { ...shop, authToken: String(authToken) })).status;

test("a second token is good for calls at once, beside the first, until it is deleted", async () => {
  const { status, body } = await use.call("POST", secondary);
  expect([status, body]).toMatchObject([
    201,
    {
      account_sid: shop.accountSid,
      secondary_auth_token: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      url: "https://accounts.twilio.com/v1/AuthTokens/Secondary",
    },
  ]);
  expect([await statusWith(body.secondary_auth_token), await statusWith(shop.authToken)]).toEqual([200, 200]);
  expect((await use.call("DELETE", secondary)).status).toBe(204);
  expect(await statusWith(body.secondary_auth_token)).toBe(401);
});

test("promoted, it is the only one, and signs", async () => {
  const hook = await webhook();
  Object.assign(use.shop.numberFor(shopNumber)?.settings ?? {}, { SmsUrl: hook.url });
  const { body } = await use.call("POST", secondary);
  await use.text("Signed by the first");
  const promoted = await use.call("POST", promote);
  expect([promoted.status, promoted.body.auth_token]).toEqual([200, body.secondary_auth_token]);
  await use.text("Signed by the second");
  expect([await statusWith(shop.authToken), await statusWith(body.secondary_auth_token)]).toEqual([401, 200]);
  const isSignedBy = (token: string) =>
    hook.received.map(({ headers, form }) =>
      twilio.validateRequest(
        token,
        String(headers["x-twilio-signature"]),
        hook.url,
        Object.fromEntries(form),
      ),
    );
  expect([isSignedBy(shop.authToken), isSignedBy(String(body.secondary_auth_token))]).toEqual([
    [true, false],
    [false, true],
  ]);
  await hook.close();
});

test("neither token is in the log of calls", async () => {
  const { body } = await use.call("POST", secondary);
  await use.call("POST", promote);
  await expect.poll(() => use.sandbox.world.log.list().length).toBe(2);
  expect(JSON.stringify(use.sandbox.world.log.list())).not.toContain(String(body.secondary_auth_token));
});

test("they are made and promoted, never shown", async () => {
  for (const path of [secondary, promote])
    expect((await use.call("GET", path)).body).toMatchObject({ status: 405, code: 20004 });
});
