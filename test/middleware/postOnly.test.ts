import { expect, test } from "vitest";
import { startParley } from "../support/parley.ts";

test("whoever opens a webhook's address hears what it is for", async () => {
  const parley = await startParley();
  for (const path of ["/sms", "/sms/status"])
    for (const method of ["GET", "PUT", "DELETE"]) {
      const answer = await fetch(parley.url + path, { method, redirect: "manual" });
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
      expect(await answer.text()).toContain("for Twilio's webhooks");
    }
  await parley.close();
});
