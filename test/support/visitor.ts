import supertest, { type Response } from "supertest";

export type Visitor = ReturnType<typeof visit>;

/** Somebody with a browser that keeps cookies and sends each form with its CSRF token, but runs no JavaScript. */
export function visit(base: string) {
  const agent = supertest.agent(base);
  const get = (path: string) => agent.get(path);
  /** A form without its page, as a program might send it. */
  const post = (path: string, fields: Record<string, string>) => agent.post(path).type("form").send(fields);

  async function submit(from: string, action: string, fields: Record<string, string>): Promise<Response> {
    const page = await agent.get(from);
    return agent
      .post(action)
      .type("form")
      .send({ _csrf: tokenOf(page.text), ...fields });
  }
  async function signIn(credentials: { accountSid: string; authToken: string }): Promise<Response> {
    return submit("/login", "/login", { ...credentials });
  }
  /** The session cookie, to be sent by hand. */
  function cookie(): string {
    const url = new URL(base);
    const found = agent.jar.getCookies({ domain: url.hostname, path: "/", secure: false, script: false });
    return found.map(({ name, value }) => `${name}=${value}`).join("; ");
  }
  return { agent, get, post, submit, signIn, cookie };
}

/** The value of a hidden field, e.g. a composer's one-time id. */
export function hidden(html: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
}

function tokenOf(html: string): string {
  return hidden(html, "_csrf");
}
